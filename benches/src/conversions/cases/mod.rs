//! The cases, a file for each kind. `<-` makes a Rust value, `->` a Python object.

mod dates;
mod ecosystem;
mod enums;
mod failures;
mod library;
mod maps;
mod numbers;
mod records;
mod sequences;
mod sets;
mod text;

use super::case::Case;

pub const ALL: &[&[Case]] = &[
    numbers::CASES,
    text::CASES,
    sequences::CASES,
    maps::CASES,
    sets::CASES,
    library::CASES,
    dates::CASES,
    ecosystem::CASES,
    records::CASES,
    enums::CASES,
    failures::CASES,
];
