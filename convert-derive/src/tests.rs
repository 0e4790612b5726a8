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
        ("alias = \"x\", alias = \"y\", skip_none, strict", &[]),
        ("rename(from_py = \"x\", into_py = \"y\"), with = \"m::n\"", &[]),
        ("from_py_with = m::f, into_py_with = \"m::g\"", &[]),
        ("renam = \"x\"", &["did you mean `rename`?"]),
        ("itm", &["did you mean `item`?"]),
        ("serialize_with", &["unknown attribute `serialize_with`; known on a field are"]),
        ("type = 3, match(4, 5), another", &["`type`", "`match`", "`another`"]),
        (
            "rename = 3, rename",
            &["expected a string literal; write `rename = \"name\"`", "write `rename = "],
        ),
        ("rename(\"x\")", &["write `rename = \"name\"`"]),
        ("rename()", &["write `rename = \"name\"`"]),
        ("rename(to = \"x\")", &["write `rename = \"name\"`"]),
        ("default(3)", &["write `default` or"]),
        ("skip = 3, flatten(x)", &["write `skip`", "write `flatten`"]),
        ("item = \"k\"", &["write `item` or"]),
        ("item(\"a\", \"b\"), attribute(3)", &["write `item` or", "write `attribute` or"]),
        ("item x, rename = \"\"", &["expected `,`; write `item`", "cannot be empty"]),
        ("item(\"a\\0\")", &["cannot contain NUL"]),
        ("alias = \"\"", &["cannot be empty"]),
        ("default, default = 3", &["`default` is given twice"]),
        ("item, attribute", &["exclude each other"]),
        ("with = \"5\"", &["write `with = \"module\"`"]),
        ("with = m, from_py_with = f", &["`with` names the functions for both"]),
        ("strict, from_py_with = f", &["what is accepted is up to the function"]),
        (
            "skip, rename = \"x\", flatten",
            &["neither read nor written", "neither read nor written"],
        ),
        ("flatten, alias = \"x\", default", &["no key of its own", "no key of its own"]),
        ("alias = \"a\"", &["`a` is `a` on the Python side already"]),
        ("tag = \"x\", other", &["write it on a struct or an enum", "write it on a variant"]),
        ("3", &["expected a word; known on a field are"]),
    ];
    for (words, expected) in cases {
        for derive in [FromPyObject, IntoPy] {
            // A further name is for reading.
            let is_read = words.contains("alias = \"a\"");
            let expected = if is_read && derive == IntoPy { &[] } else { *expected };
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
    mistakes(FromPyObject, "struct S(#[py(item, rename = \"x\")] i64);", &["newtype", "newtype"]);
    mistakes(IntoPy, "struct S(#[py(default)] i64, i64);", &["by position"]);
}

#[test]
fn words_on_containers() {
    let named = "struct S { a: i64 }";
    let cases: &[(&str, &str, &[&str])] = &[
        ("rename_all = \"camelCase\", rename = \"T\", deny_unknown, default, strict", named, &[]),
        ("rename_all(into_py = \"camelCase\"), bound = \"T: A, U: B\"", named, &[]),
        ("transparent, crate = \"a::b\", from = \"Vec<T>\", into = \"X\"", named, &[]),
        ("tag = \"t\", content = \"c\"", "enum E { A, B(i64, i64) }", &[]),
        ("int", "enum E { A = 3, #[py(other)] B(i64) }", &[]),
        ("item, x", named, &["write it on a field", "unknown attribute `x`"]),
        ("rename_all = \"camel\"", named, &["no known case; write one of `lowercase`"]),
        ("from = \"3\"", named, &["write `from = \"Type\"`"]),
        ("untagged", "enum E { A(i64) }", &["what an enum is without"]),
        ("transparent, tuple", "struct S { a: i64 }", &["exclude each other"]),
        ("transparent", "struct S { a: i64, b: i64 }", &["for a struct of one field"]),
        ("tuple", "struct S(i64, i64);", &["is a tuple already"]),
        ("tag = \"t\", int", named, &["exclude each other", "is for enums", "is for enums"]),
        ("items, attributes", named, &["exclude each other"]),
        ("attributes, deny_unknown", named, &["is about keys"]),
        ("from = \"A\", try_from = \"B\"", named, &["exclude each other"]),
        ("from = \"A\", default", named, &["says what is read instead"]),
        ("content = \"c\"", "enum E { A(i64) }", &["add `tag"]),
        ("tag = \"t\", content = \"t\"", "enum E { A(i64) }", &["has this key"]),
        ("rename_all_fields = \"camelCase\"", named, &["write `rename_all`"]),
        ("deny_unknown, rename_all = \"camelCase\"", "struct S(i64);", &["newtype", "newtype"]),
        ("tuple, default", "struct S { a: i64 }", &["by position"]),
        ("tuple, default", "enum E { A }", &["is for structs", "on the fields of a variant"]),
        ("tag = \"t\"", "enum E { A(i64, i64) }", &["add `content"]),
        ("int", "enum E { A(i64), B { a: i64 } }", &["are numbers", "are numbers"]),
        ("int", "enum E { #[py(rename = \"x\")] A }", &["is a number"]),
        ("", "enum E { #[py(other)] A, #[py(other)] B, C }", &["`other` already"]),
        ("", "enum E { #[py(other)] A(i64, i64), C }", &["for a unit variant, or"]),
        ("", "enum E { #[py(alias = \"x\")] A(i64) }", &["no name in Python"]),
        ("", "enum E { #[py(item)] A(i64) }", &["write it on a field"]),
        ("", "enum E { A, #[py(rename = \"A\")] B }", &["variants `A` and `B` are both `A`"]),
        ("tag = \"t\"", "enum E { A { t: i64 } }", &["the tag and `t` are both `t`"]),
        ("", "enum E { A { a: i64, #[py(rename = \"a\")] b: i64 } }", &["are both `a`"]),
        ("", "enum E { A(#[py(default)] i64) }", &["the variant is its only field"]),
    ];
    for (words, input, expected) in cases {
        for derive in [FromPyObject, IntoPy] {
            mistakes(derive, &format!("#[py({words})] {input}"), expected);
        }
    }
}

#[test]
fn cases() {
    use crate::attr::Case;
    for (ident, kebab, camel) in [
        ("first", "first", "first"),
        ("first_name", "first-name", "firstName"),
        ("_id", "id", "id"),
        ("url_2", "url-2", "url2"),
        ("FirstName", "first-name", "firstName"),
        ("HTTPServer", "http-server", "httpServer"),
        ("Utf8", "utf8", "utf8"),
        ("ÄrgerNis", "ärger-nis", "ärgerNis"),
    ] {
        assert_eq!(Case::Kebab.apply(ident), kebab);
        assert_eq!(Case::Camel.apply(ident), camel);
    }
}

#[test]
fn shapes() {
    for (input, expected) in
        [("enum S {}", "without variants"), ("union S { a: i64 }", "works on structs and enums")]
    {
        for derive in [FromPyObject, IntoPy] {
            mistakes(derive, input, &[expected]);
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
        ("enum E<'a> { A(&'a str), B(i64, &'a [u8]) }", &[]),
        ("enum E<'a> { A { a: &'a str } }", &["write `String`, or `PyBackedStr`"]),
        ("#[py(external)] enum E<'a> { A(&'a [u8]) }", &["write `Vec<u8>`, or `PyBackedBytes`"]),
        (
            "struct S<'a> { #[py(skip)] a: Option<&'a str>, #[py(from_py_with = f)] b: Cow<'a, str> }",
            &[],
        ),
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
    bounds(FromPyObject, "enum E<T> { A(T), B }", &[borrowing]);
    bounds(FromPyObject, "enum E<T> { A(T), B { b: T } }", &[owned]);
    bounds(FromPyObject, "#[py(tag = \"t\", content = \"c\")] enum E<T> { A(T) }", &[owned]);
    bounds(FromPyObject, "struct S<T> { #[py(skip)] a: T }", &["T:::core::default::Default"]);
    bounds(FromPyObject, "struct S<T> { #[py(from_py_with = f)] a: T }", &[""]);
    bounds(FromPyObject, "#[py(bound = \"T: A\")] struct S<T> { a: T }", &["T:A"]);
    bounds(FromPyObject, "#[py(from = \"Vec<T>\")] struct S<T> { a: T }", &[owned]);
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
            (0..fields).map(|index| shape.1.replace('@', &format!("f{index}"))).collect();
        let input = shape.0.replace('@', &fields.join(", "));
        count(expand(&parse_str(&input).unwrap(), derive))
    };
    for derive in [FromPyObject, IntoPy] {
        let unions =
            [("enum E { @ }", "V@(i64)"), ("#[py(tag = \"t\")] enum E { @ }", "V@ { a: i64 }")];
        let structs = [("struct S { @ }", "@: i64"), ("struct S(@);", "i64")];
        for shape in structs.into_iter().chain(unions) {
            let sizes = [20, 40, 80].map(|fields| size(derive, shape, fields));
            assert_eq!(sizes[2] - sizes[1], 2 * (sizes[1] - sizes[0]));
        }
    }
}
