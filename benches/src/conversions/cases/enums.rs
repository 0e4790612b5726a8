//! The union of six types, each of which it is once, and the enum with a tag.

use crate::conversions::assets::{Asset, PyO3Asset};
use crate::conversions::case::{Case, Scene, leak, success};
use crate::conversions::records;
use crate::conversions::tagged::{self, DICT, Event, PyO3Event};
use crate::conversions::union::{PyO3Union, Union, UnionByHand};
use crate::measure::Contender;

fn event_to_dict<'py>(scene: &Scene<'py>) -> Vec<Contender<'py>> {
    let event = Event::Key { code: 65, text: "A".to_owned(), repeat: false };
    scene.make_as(leak(event.clone()), leak(PyO3Event::from(event)))
}

pub const CASES: &[Case] = &[
    success("union of 6 <- 1st, int", |scene| scene.extract_as::<Union, PyO3Union>(c"7")),
    success("union of 6 <- 2nd, float", |scene| scene.extract_as::<Union, PyO3Union>(c"2.5")),
    success("union of 6 <- 3rd, str", |scene| {
        scene.extract_as::<Union, PyO3Union>(c"'abcdefghij'")
    }),
    success("union of 6 <- 4th, dict of 3", |scene| {
        scene.extract_as::<Union, PyO3Union>(c"{'one': 1, 'two': 2, 'three': 3}")
    }),
    success("union of 6 <- 5th, tuple", |scene| {
        scene.extract_as::<Union, PyO3Union>(c"(7, 'abcdefghij')")
    }),
    success("union of 6 <- last, list of 3", |scene| {
        scene.extract_as::<Union, PyO3Union>(c"[1, 2, 3]")
    }),
    success("union of 6 by hand <- 1st, int", |scene| {
        scene.extract_as::<UnionByHand, PyO3Union>(c"7")
    }),
    success("union of 6 by hand <- 3rd, str", |scene| {
        scene.extract_as::<UnionByHand, PyO3Union>(c"'abcdefghij'")
    }),
    success("union of 6 by hand <- last, list of 3", |scene| {
        scene.extract_as::<UnionByHand, PyO3Union>(c"[1, 2, 3]")
    }),
    success("union of structs <- 2nd, dict of 10", |scene| {
        scene.extract_as::<Asset, PyO3Asset>(records::DICT)
    }),
    success("tagged enum <- dict", |scene| scene.extract_as::<Event, PyO3Event>(DICT)),
    success("tagged enum <- dict, parsed", |scene| {
        scene.extract_as::<Event, PyO3Event>(tagged::PARSED)
    }),
    success("&tagged enum -> dict", event_to_dict),
];
