//! `uuid`, against Python's own.

use std::collections::HashMap;

use convert_core::Strict;
use convert_core::integrations::uuid::{bytes, int, text};
use convert_core::prelude::*;
use convert_tests::{eval, message, namespace, round_trip};
use uuid::Uuid;

convert_tests::tests! {
    every_version,
    made_ones_are_complete,
    subclasses,
    refused,
    tampered_with,
    as_text_bytes_and_int,
    texts_as_python_reads_them,
}

const NIL: &str = "__import__('uuid').UUID(int=0)";

fn every_version() {
    round_trip!(NIL, Uuid::nil());
    round_trip!("__import__('uuid').UUID(int=2**128 - 1)", Uuid::max());
    Python::attach(|py| {
        let code = "
import uuid
name = uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org')
x = [uuid.uuid1(), uuid.uuid3(name, 'a'), uuid.uuid4(), name]
x += [uuid.UUID(int=name.int & ~(15 << 76) | version << 76) for version in range(16)]
";
        for object in convert_tests::object(py, code).try_iter().unwrap() {
            let object = object.unwrap();
            let value: Uuid = object.extract().unwrap();
            assert_eq!(value.to_string(), object.str().unwrap().to_string());
            let version: Option<usize> = object.getattr("version").unwrap().extract().unwrap();
            assert_eq!(Some(value.get_version_num()), version);
            assert!((&value).into_py(py).unwrap().eq(&object).unwrap());
        }
    });
    convert_tests::proptest!(|(number: u128)| {
        Python::attach(|py| {
            let class = eval(py, "lambda n: __import__('uuid').UUID(int=n)");
            let object = class.call1((number,)).unwrap();
            assert_eq!(object.extract::<Uuid>().unwrap().as_u128(), number);
            assert!(Uuid::from_u128(number).into_py(py).unwrap().eq(&object).unwrap());
        });
    });
}

fn made_ones_are_complete() {
    Python::attach(|py| {
        let names = namespace(py, "import copy, pickle, uuid");
        let value = Uuid::from_u128(0x12345678_1234_5678_1234_567812345678);
        names.set_item("made", value).unwrap();
        let code = c"type(made) is uuid.UUID and made.is_safe is uuid.SafeUUID.unknown \
            and pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made \
            and {made: 1}[uuid.UUID(str(made))] and repr(made) and made.bytes and made.variant";
        assert!(py.eval(code, Some(&names), None).unwrap().is_truthy().unwrap());
    });
}

fn subclasses() {
    let subclass = "type('U', (__import__('uuid').UUID,), {})(int=7)";
    assert_eq!(convert_tests::read::<Uuid>(subclass), Uuid::from_u128(7));
    assert_eq!(message::<Strict<Uuid>>(subclass), "expected UUID, got U");
    assert_eq!(convert_tests::read::<Strict<Uuid>>(NIL), Strict(Uuid::nil()));
}

fn refused() {
    assert_eq!(message::<Uuid>("str(__import__('uuid').uuid4())"), "expected UUID, got str");
    assert_eq!(message::<Uuid>("bytes(16)"), "expected UUID, got bytes");
    assert_eq!(message::<Uuid>("0"), "expected UUID, got int");
    assert_eq!(message::<Uuid>("object()"), "expected UUID, got object");
    assert_eq!(
        message::<HashMap<String, Vec<Uuid>>>(&format!("{{'ids': [{NIL}, None]}}")),
        "[\"ids\"][1]: expected UUID, got None"
    );
}

fn tampered_with() {
    let tampered =
        |number: &str| format!("(lambda u: (object.__setattr__(u, 'int', {number}), u)[1])({NIL})");
    let range = "expected a UUID with a number in 0..2**128";
    assert_eq!(message::<Uuid>(&tampered("-1")), range);
    assert_eq!(message::<Uuid>(&tampered("2**128")), range);
    assert_eq!(message::<Uuid>(&tampered("'7'")), range);
    let emptied = format!("(lambda u: (object.__delattr__(u, 'int'), u)[1])({NIL})");
    assert!(message::<Uuid>(&emptied).starts_with("AttributeError"));
}

#[derive(FromPyObject, IntoPy, Debug, PartialEq)]
struct Ids {
    #[py(with = "text")]
    text: Uuid,
    #[py(with = "bytes")]
    bytes: Uuid,
    #[py(with = "int")]
    int: Uuid,
}

fn as_text_bytes_and_int() {
    convert_tests::proptest!(|(number: u128)| {
        let id = Uuid::from_u128(number);
        let of = |attribute| format!("__import__('uuid').UUID(int={number}).{attribute}");
        let fields = [("text", "__str__()"), ("bytes", "bytes"), ("int", "int")];
        let fields = fields.map(|(name, attribute)| format!("'{name}': {}", of(attribute)));
        round_trip!(&format!("{{{}}}", fields.join(", ")), Ids { text: id, bytes: id, int: id });
    });
    assert_eq!(
        message::<Ids>("{'text': '1-2', 'bytes': b'1', 'int': 2**128}"),
        "Ids: 3 errors\n  text: expected the text of a UUID, got \"1-2\"\n  \
         bytes: expected bytes of length 16, got bytes of length 1\n  \
         int: expected int in 0..2**128, got an int of 129 bits"
    );
    assert_eq!(
        message::<Ids>("{'text': b'', 'bytes': '', 'int': ''}"),
        "Ids: 3 errors\n  text: expected str, got bytes\n  bytes: expected bytes, got str\n  \
         int: expected int, got str"
    );
    assert!(message::<Ids>("{'text': '', 'bytes': b'', 'int': -1}").ends_with("got -1"));
}

/// What is read as a UUID, Python reads as the same.
fn texts_as_python_reads_them() {
    let text =
        "[{]?(urn:uuid:)?[0-9a-fA-F]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}[}]?";
    convert_tests::proptest!(|(text in text)| {
        Python::attach(|py| {
            let object = (&text).into_py(py).unwrap();
            if let Ok(id) = text::from_py(object.as_any()) {
                let python = eval(py, "__import__('uuid').UUID").call1((object,)).unwrap();
                assert_eq!(python.extract::<Uuid>().unwrap(), id);
            }
        });
    });
}
