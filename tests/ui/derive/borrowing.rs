// What cannot borrow: fields read by name, items of a mutable container, and from more than one object.
use convert_core::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(FromPyObject)]
struct Named<'a> {
    text: &'a str,
    bytes: Option<&'a [u8]>,
    cow: Cow<'a, str>,
    pair: (i64, &'a str),
    all: Vec<&'a str>,
    forever: &'static str,
}

#[derive(FromPyObject)]
struct Newtype<'a>(Vec<&'a str>);

#[derive(FromPyObject)]
struct Items<'a>(Option<Vec<&'a [u8]>>, [&'a str; 2], HashMap<String, Cow<'a, str>>, Vec<Newtype<'a>>);

#[derive(FromPyObject)]
struct Two<'a, 'b>(&'a str, &'b str);

#[derive(FromPyObject)]
struct TooLong<'py>(&'py str, &'static str, Cow<'py, [u8]>);

#[derive(FromPyObject)]
struct Handle<'a> {
    object: Bound<'a, PyAny>,
}

// These are right.
#[derive(FromPyObject, IntoPy)]
struct Right<'a>(&'a str, Option<&'a str>, (&'a str, i64), Cow<'a, str>);

#[derive(IntoPy)]
struct Written<'a, 'b> {
    text: &'a str,
    all: Vec<&'b str>,
}

fn main() {}
