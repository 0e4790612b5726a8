//! The cases, a file for each kind. `<-` makes a Rust value, `->` a Python object.

mod failures;
mod maps;
mod numbers;
mod records;
mod sequences;
mod text;

use super::case::Case;

pub const ALL: &[&[Case]] =
    &[numbers::CASES, text::CASES, sequences::CASES, maps::CASES, records::CASES, failures::CASES];
