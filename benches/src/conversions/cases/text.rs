//! Text.

use std::borrow::Cow;

use crate::conversions::case::{Case, leak, success};

const CYRILLIC: &str = "Съешь же ещё этих мягких булок, да выпей";
const LATIN_1: &str = "déjà vu: le coeur a ses raisons, français élève";
const EMOJI: &str = "naïve café: 日本語 🦀 text with emoji";

pub const CASES: &[Case] = &[
    success("String <- ASCII 10 B", |scene| scene.extract::<String>(c"'abcdefghij'")),
    success("String <- ASCII 1 KiB", |scene| scene.extract::<String>(c"'x' * 1024")),
    success("String <- Cyrillic, cached", |scene| {
        scene.extract::<String>(c"'Съешь же ещё этих мягких булок, да выпей'")
    }),
    success("String <- Cyrillic, first time", |scene| scene.extract_fresh::<String>(CYRILLIC)),
    success("String <- Latin-1, first time", |scene| scene.extract_fresh::<String>(LATIN_1)),
    success("String <- emoji, first time", |scene| scene.extract_fresh::<String>(EMOJI)),
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    success("&str <- ASCII 10 B", |scene| scene.extract::<&str>(c"'abcdefghij'")),
    success("Cow<str> <- ASCII 10 B", |scene| scene.extract::<Cow<str>>(c"'abcdefghij'")),
    success("&str -> ASCII 10 B", |scene| scene.make("abcdefghij")),
    success("&str -> ASCII 1 KiB", |scene| scene.make(leak("x".repeat(1024)).as_str())),
    success("&str -> Cyrillic", |scene| scene.make(CYRILLIC)),
    success("&str -> Latin-1", |scene| scene.make(LATIN_1)),
    success("&str -> emoji", |scene| scene.make(EMOJI)),
    success("char <- ASCII", |scene| scene.extract::<char>(c"'x'")),
    success("char -> ASCII", |scene| scene.make('x')),
];
