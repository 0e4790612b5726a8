//! What the hints of derived types say: enough to write stubs from.

use convert_core::prelude::*;
use convert_core::{Inside, Tagging};
use std::collections::HashMap;

convert_tests::tests! {
    fields,
    other_shapes,
    variants,
    what_a_dict_may_hold,
}

#[derive(FromPyObject, IntoPy)]
#[py(rename_all = "camelCase")]
#[allow(dead_code, reason = "only its hints are looked at")]
struct Page<T> {
    page_items: Vec<T>,
    #[py(default, alias = "remark")]
    note: Option<String>,
    #[py(skip)]
    cache: u8,
    #[py(flatten)]
    rest: HashMap<String, i64>,
    #[py(with = "text", skip_none)]
    text: String,
    next: Option<Box<Page<T>>>,
}

#[allow(dead_code, reason = "only the hints are looked at")]
mod text {
    use super::*;

    pub fn from_py(object: &Bound<'_, PyAny>) -> Result<String, ConversionError> {
        object.extract()
    }

    pub fn into_py<'py>(
        text: &String,
        py: Python<'py>,
    ) -> Result<Bound<'py, PyString>, ConversionError> {
        text.into_py(py)
    }
}

fn expected<T: for<'a, 'py> FromPyObject<'a, 'py>>() -> TypeHint {
    T::EXPECTED
}

/// The fields as they would stand in a class: a question mark is for what may be missing.
fn listed(hint: TypeHint) -> Vec<String> {
    match hint.as_derived().unwrap().inside() {
        Inside::Fields(fields) => fields
            .iter()
            .map(|field| {
                let optional = if field.is_optional() { "?" } else { "" };
                let aliases = field.aliases().collect::<Vec<_>>().join(", ");
                let flattened = if field.is_flattened() { "**" } else { "" };
                format!("{flattened}{}{optional}: {} {aliases}", field.name(), field.hint())
                    .trim()
                    .to_owned()
            })
            .collect(),
        Inside::Variants(_, variants) => {
            variants().iter().map(|one| format!("{}: {}", one.name(), one.hint())).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn fields() {
    let hint = expected::<Page<u8>>();
    assert_eq!(hint.to_string(), "Page[int]");
    assert_eq!(hint.as_derived().unwrap().name(), "Page");
    assert_eq!(hint.as_derived().unwrap().arguments().len(), 1);
    assert_eq!(
        listed(hint),
        [
            "pageItems: Sequence[int]",
            "note?: str | None remark",
            "**: dict[str, int]",
            "text?: object",
            "next: Page[int] | None",
        ]
    );
    let produced = <Page<u8> as IntoPy<'_>>::PRODUCES;
    assert_eq!(produced.to_string(), "Page[int]");
    assert_eq!(
        listed(produced),
        [
            "pageItems: bytes",
            "note: str | None",
            "**: dict[str, int]",
            "text?: object",
            "next: Page[int] | None",
        ]
    );
    let by_reference = <&Page<u8> as IntoPy<'_>>::PRODUCES;
    assert_eq!(listed(by_reference), listed(produced));
}

fn other_shapes() {
    #[derive(FromPyObject)]
    #[allow(dead_code, reason = "only its hints are looked at")]
    struct Pair(f64, Id);
    #[derive(FromPyObject)]
    #[allow(dead_code, reason = "only its hints are looked at")]
    struct Id(u32);
    #[derive(FromPyObject)]
    #[allow(dead_code, reason = "only its hints are looked at")]
    struct Ids(Vec<Id>);
    #[derive(FromPyObject)]
    #[py(from = "i64")]
    struct Made;
    impl From<i64> for Made {
        fn from(_: i64) -> Self {
            Made
        }
    }
    assert_eq!(expected::<Pair>().to_string(), "Pair");
    let Inside::Type(tuple) = expected::<Pair>().as_derived().unwrap().inside() else {
        panic!("{:?}", expected::<Pair>());
    };
    assert_eq!(tuple().to_string(), "tuple[float, int]");
    // A newtype goes by what it is.
    assert_eq!(expected::<Id>().to_string(), "int");
    assert_eq!(expected::<Vec<Id>>().to_string(), "Sequence[int]");
    assert_eq!(expected::<Ids>().to_string(), "Sequence[int]");
    assert_eq!(expected::<Id>().as_derived().unwrap().name(), "Id");
    assert_eq!(expected::<Made>().to_string(), "int");
}

fn variants() {
    #[derive(FromPyObject, IntoPy)]
    #[allow(dead_code, reason = "only its hints are looked at")]
    enum Untagged {
        Nothing,
        One(u8),
        Two(u8, String),
        Named { a: u8 },
    }
    #[derive(FromPyObject)]
    #[py(tag = "t", content = "c")]
    #[allow(dead_code, reason = "only its hints are looked at")]
    enum Tagged {
        Nothing,
        One(u8),
    }
    #[derive(FromPyObject)]
    #[py(int)]
    #[allow(dead_code, reason = "only its hints are looked at")]
    enum Numbers {
        One = 1,
        Less = -5,
    }
    let hint = expected::<Untagged>();
    assert_eq!(hint.to_string(), "Untagged");
    assert_eq!(
        listed(hint),
        ["Nothing: \"Nothing\"", "One: int", "Two: tuple[int, str]", "Named: Named"]
    );
    assert_eq!(listed(<Untagged as IntoPy<'_>>::PRODUCES), listed(hint));
    assert_eq!(listed(expected::<Tagged>()), ["Nothing: None", "One: int"]);
    let Inside::Variants(tagging, _) = expected::<Tagged>().as_derived().unwrap().inside() else {
        panic!("no variants");
    };
    assert_eq!(tagging, Tagging::Adjacent("t", "c"));
    assert_eq!(listed(expected::<Numbers>()), ["One: 1", "Less: -5"]);
}

fn what_a_dict_may_hold() {
    #[derive(FromPyObject)]
    #[py(tag = "kind")]
    #[allow(dead_code, reason = "only its hints are looked at")]
    enum Kind {
        A { a: u8 },
        B(Size),
    }
    #[derive(FromPyObject)]
    #[allow(dead_code, reason = "only its hints are looked at")]
    struct Size {
        #[py(alias = "w")]
        width: u8,
    }
    #[derive(FromPyObject)]
    #[allow(dead_code, reason = "only its hints are looked at")]
    struct Flat {
        id: u8,
        #[py(flatten)]
        kind: Option<Box<Kind>>,
    }
    let flat = expected::<Flat>();
    let known = ["id", "kind", "a", "width", "w", "x", "b"].map(|key| flat.knows(key));
    assert_eq!(known, [true, true, true, true, true, false, false]);
    assert!(flat.is_closed());
    assert!(!expected::<Page<u8>>().is_closed());
    assert!(!expected::<HashMap<String, u8>>().is_closed());
    assert!(expected::<Option<u8>>().accepts_none() && !expected::<u8>().accepts_none());
}
