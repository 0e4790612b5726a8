//! Tables of cases: a struct, and the mistakes or the bounds of its derive.

use crate::ast::Derive::{self, FromPyObject, IntoPy};
use crate::{checked, expand};
use proc_macro2::{TokenStream, TokenTree};
use syn::{DeriveInput, File, Item, ItemImpl, parse_str, parse2};

/// The mistakes of a derive; each message must contain the text in its place.
#[track_caller]
fn mistakes(derive: Derive, input: &str, expected: &[&str]) {
    let input: DeriveInput = parse_str(input).unwrap();
    let found = checked(&input, derive).err().into_iter().flatten();
    let found: Vec<String> = found.map(|mistake| mistake.to_string()).collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found:?} does not contain {expected:?}");
    }
}

/// The impls of a derive.
fn impls(derive: Derive, input: &str) -> Vec<ItemImpl> {
    let input: DeriveInput = parse_str(input).unwrap();
    let file: File = parse2(expand(&input, derive)).unwrap();
    let items = file.items.into_iter();
    items.filter_map(|item| if let Item::Impl(item) = item { Some(item) } else { None }).collect()
}

/// The bounds that a derive adds, for each of its impls.
#[track_caller]
fn bounds(derive: Derive, input: &str, expected: &[&str]) {
    let found = impls(derive, input).into_iter().map(|item| {
        let clause = item.generics.where_clause;
        let predicates = clause.into_iter().flat_map(|clause| clause.predicates);
        let predicates: Vec<String> = predicates.map(|one| text(&quote::quote!(#one))).collect();
        predicates.join(", ")
    });
    let found: Vec<String> = found.collect();
    assert_eq!(found, expected);
}

/// Tokens without spaces or the path to the crate.
fn text(tokens: &TokenStream) -> String {
    tokens.to_string().replace(' ', "").replace("::convert_core::", "").replace("'__", "'")
}

#[test]
fn words() {
    let cases: &[(&str, &[&str])] = &[
        ("rename = \"x\", default = 3, item(\"k\")", &[]),
        ("default = f::<A, B>(), attribute", &[]),
        ("default = |a, b| a + b,", &[]),
        ("", &[]),
        ("renam = \"x\"", &["did you mean `rename`?"]),
        ("itm", &["did you mean `item`?"]),
        ("flatten", &["unknown attribute `flatten`; known are"]),
        ("type = 3, match(4, 5), other", &["`type`", "`match`", "`other`"]),
        ("rename = 3, rename", &["expected a string literal", "write `rename = \"name\"`"]),
        ("rename(\"x\")", &["write `rename = \"name\"`"]),
        ("default(3)", &["write `default` or"]),
        ("item = \"k\"", &["write `item` or"]),
        ("item(\"a\", \"b\"), attribute(3)", &["write `item` or", "write `attribute` or"]),
        ("item x, rename = \"\"", &["expected `,`", "cannot be empty"]),
        ("item(\"a\\0\")", &["cannot contain NUL"]),
        ("default, default = 3", &["`default` is given twice"]),
        ("item, attribute", &["exclude each other"]),
        ("3", &["expected a word; known are"]),
    ];
    for (words, expected) in cases {
        for derive in [FromPyObject, IntoPy] {
            for name in ["py", "pyo3"] {
                mistakes(derive, &format!("struct S {{ #[{name}({words})] a: i64 }}"), expected);
            }
        }
    }
    mistakes(
        FromPyObject,
        "struct S { #[py] a: i64, #[py = 3] b: i64 }",
        &["parentheses", "parentheses"],
    );
    mistakes(
        FromPyObject,
        "#[py(item, x)] struct S { a: i64 }",
        &["write it on a field", "remove it"],
    );
    mistakes(FromPyObject, "struct S(#[py(item, rename = \"x\")] i64);", &["newtype", "newtype"]);
    mistakes(IntoPy, "struct S(#[py(default)] i64, i64);", &["by position"]);
}

#[test]
fn shapes() {
    for input in ["enum S {}", "union S { a: i64 }", "struct S;", "struct S();"] {
        for derive in [FromPyObject, IntoPy] {
            mistakes(derive, input, &["works on structs"]);
        }
        assert_eq!(impls(FromPyObject, input).len(), 1);
        assert_eq!(impls(IntoPy, input).len(), 2);
    }
}

#[test]
fn names() {
    let same = "struct S { r#type: i64, #[py(rename = \"type\")] kind: i64 }";
    mistakes(FromPyObject, same, &["`r#type` and `kind` are both `type`"]);
    mistakes(IntoPy, same, &["`r#type` and `kind` are both `type`"]);
    let read = "struct S { #[py(item(\"id\"))] a: i64, id: i64 }";
    mistakes(FromPyObject, read, &["`a` and `id` are both `id`"]);
    mistakes(IntoPy, read, &[]);
    let places =
        "struct S { #[py(item, rename = \"x\")] a: i64, #[py(attribute, rename = \"x\")] b: i64 }";
    mistakes(FromPyObject, places, &[]);
    mistakes(IntoPy, places, &["`a` and `b` are both `x`"]);
}

#[test]
fn borrows() {
    let by_name = "cannot borrow: the object it would borrow from may be gone; write ";
    let item = "items of a mutable container cannot be borrowed; write ";
    let long = "an object does not live for ";
    let cases: &[(&str, &[&str])] = &[
        ("struct S<'a>(&'a str);", &[]),
        (
            "struct S<'a, 'py>(&'a str, Option<Box<&'a [u8]>>, (Cow<'a, str>, i64), Borrowed<'a, 'py, PyAny>);",
            &[],
        ),
        ("struct S<'a>(Inner<'a>, PhantomData<Vec<&'a str>>);", &[]),
        (
            "struct S<'py> { a: Bound<'py, PyAny>, b: Vec<Bound<'py, PyAny>>, c: Cow<'static, str> }",
            &[],
        ),
        ("struct S<'a> { a: &'a str }", &[&format!("{by_name}`String`")]),
        ("struct S<'a> { a: &'a [u8] }", &[&format!("{by_name}`Vec<u8>`")]),
        ("struct S<'a> { a: Option<Cow<'a, [u8]>> }", &[&format!("{by_name}`Vec<u8>`")]),
        (
            "struct S<'a> { a: &'a Inner, b: Inner<'a> }",
            &[&format!("{by_name}`Inner`"), &format!("{by_name}an owned")],
        ),
        ("struct S { a: &'static str }", &[by_name]),
        ("struct S<'py> { a: &'py str, b: Cow<'py, str> }", &[by_name, by_name]),
        (
            "struct S<'a, 'py> { a: Borrowed<'a, 'py, PyAny> }",
            &[&format!("{by_name}`Bound<'py, …>`")],
        ),
        ("struct S<'a> { a: Vec<&'a str> }", &[&format!("{item}`String`")]),
        ("struct S<'a>(Vec<&'a str>);", &[&format!("{item}`String`")]),
        (
            "struct S<'a>(Option<Vec<Cow<'a, str>>>, [&'a [u8]; 2], &'a [&'a str]);",
            &[item, item, item],
        ),
        ("struct S<'a>(HashMap<String, (i64, Inner<'a>)>);", &[item]),
        ("struct S<'py>(&'py str, &'static str, Cow<'py, str>);", &[long, long, long]),
        ("struct S<'a>(Bound<'a, PyAny>);", &["`Bound` is the interpreter's; write `'py`"]),
        ("struct S<'a, 'b, 'py, 'c>(&'a str, &'b str);", &["one lifetime", "one lifetime"]),
    ];
    for (input, expected) in cases {
        mistakes(FromPyObject, input, expected);
        mistakes(IntoPy, input, &[]);
    }
}

#[test]
fn added_bounds() {
    let owned = "T:FromPyObjectOwned<'py>";
    let borrowing = "T:FromPyObject<'object,'py>";
    bounds(FromPyObject, "struct S<T> { a: T, b: Vec<T> }", &[owned]);
    bounds(FromPyObject, "struct S<T>(T, Option<Box<T>>, (T, i64));", &[borrowing]);
    bounds(FromPyObject, "struct S<T>(T, Vec<T>);", &[owned]);
    bounds(FromPyObject, "struct S<'a, T>(&'a str, T);", &["T:FromPyObject<'a,'py>"]);
    bounds(FromPyObject, "struct S<T> { a: PhantomData<T> }", &[""]);
    bounds(
        FromPyObject,
        "struct S<T> where T: Copy { a: Vec<S<T>> }",
        &["T:Copy, T:FromPyObjectOwned<'py>"],
    );
    bounds(FromPyObject, "struct S<T> { a: Vec<T::Item> }", &["T::Item:FromPyObjectOwned<'py>"]);
    bounds(
        FromPyObject,
        "struct S<T> { #[py(default)] a: T, #[py(default)] b: Vec<T>, #[py(default = 3)] c: i64 }",
        &["T:FromPyObjectOwned<'py>, T:::core::default::Default"],
    );
    bounds(IntoPy, "struct S<T> { a: T, b: Vec<T> }", &["T:IntoPy<'py>", "&'valueT:IntoPy<'py>"]);
    bounds(IntoPy, "struct S<'a, T>(&'a Vec<T>);", &["&'aT:IntoPy<'py>", "&'aT:IntoPy<'py>"]);
    bounds(
        IntoPy,
        "struct S<'a, T>(Vec<&'a T>);",
        &["&'aT:IntoPy<'py>", "&'value&'aT:IntoPy<'py>"],
    );
}

#[test]
fn the_code_grows_linearly() {
    fn count(tokens: TokenStream) -> usize {
        let of = |token| {
            if let TokenTree::Group(group) = token { count(group.stream()) } else { 1 }
        };
        tokens.into_iter().map(of).sum()
    }
    let size = |derive, shape: (&str, &str), fields| {
        let fields: Vec<String> =
            (0..fields).map(|index| shape.1.replace('#', &format!("f{index}"))).collect();
        let input = shape.0.replace('#', &fields.join(", "));
        count(expand(&parse_str(&input).unwrap(), derive))
    };
    for derive in [FromPyObject, IntoPy] {
        for shape in [("struct S { # }", "#: i64"), ("struct S(#);", "i64")] {
            let sizes = [20, 40, 80].map(|fields| size(derive, shape, fields));
            assert_eq!(sizes[2] - sizes[1], 2 * (sizes[1] - sizes[0]));
        }
    }
}
