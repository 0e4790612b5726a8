//! Objects that lie, raise and change while they are read, by a script of bytes (`hostile.py`).

use std::collections::{BTreeMap, HashMap};

use convert_core::prelude::*;
use convert_core::{PyOnceObject, TypeHint};

use crate::{accept, namespace, nothing_is_raised};

/// The names that `hostile.py` defines.
pub(crate) fn oracle<'py>(py: Python<'py>) -> &'py Bound<'py, PyDict> {
    static NAMES: PyOnceObject<PyDict> = PyOnceObject::new();
    NAMES.get_or_init(py, || namespace(py, &[include_str!("../python/hostile.py")]))
}

/// A conversion; what it gives is dropped while the objects are still hostile.
type Attack = for<'py> fn(&Bound<'py, PyAny>) -> Result<(), ConversionError>;

macro_rules! attacks {
    ($($type:ty,)*) => { [$(|object| object.extract::<$type>().map(drop)),*] };
}

/// Attacks on what has a length, which must be that of the object once it is read.
macro_rules! attacks_on_length {
    ($($type:ty,)*) => { [$(|object| {
        let values: $type = object.extract()?;
        assert_all_there(object, values.len());
        Ok(())
    }),*] };
}

const SINGLE: [Attack; 15] = attacks![
    i64,
    u8,
    i128,
    f64,
    f32,
    bool,
    String,
    &[u8],
    (i64, Vec<i64>),
    [i64; 4],
    [Bound<'_, PyAny>; 3],
    Record,
    Sources,
    Option<Box<Tree>>,
    Option<Vec<Record>>,
];

const MANY: [Attack; 18] = attacks_on_length![
    Vec<i64>,
    Vec<f64>,
    Vec<u8>,
    Vec<u128>,
    Vec<bool>,
    Vec<String>,
    Vec<Py<PyAny>>,
    Vec<Option<i64>>,
    Vec<Vec<f64>>,
    Vec<Vec<u128>>,
    Vec<(i64, i128)>,
    Vec<HashMap<String, i64>>,
    Vec<Record>,
    HashMap<i64, i64>,
    HashMap<String, Py<PyAny>>,
    HashMap<i64, Vec<i64>>,
    HashMap<String, Record>,
    BTreeMap<i64, f64>,
];

/// A list, tuple or dict that was read without an error has as many items as were read, or it
/// changed size unnoticed.
fn assert_all_there(object: &Bound<'_, PyAny>, count: usize) {
    let exact = object.is_exact_instance_of::<PyList>()
        || object.is_exact_instance_of::<PyTuple>()
        || object.is_exact_instance_of::<PyDict>();
    if exact {
        assert_eq!(
            count,
            object.size().expect("a built-in has a size"),
            "values read of {object:?}"
        );
    }
}

/// Hostile objects on the way out: as items, and as keys, which are hashed and compared.
const OUT: [Attack; 2] = [
    |object| {
        let values: Vec<Bound<'_, PyAny>> = object.extract()?;
        (&values).into_py(object.py())?;
        values.into_py(object.py()).map(drop)
    },
    |object| {
        let keys: Vec<Bound<'_, PyAny>> = object.extract()?;
        let entries: BTreeMap<_, _> = keys.into_iter().enumerate().map(Key::entry).collect();
        (&entries).into_py(object.py())?;
        entries.into_py(object.py()).map(drop)
    },
];

#[derive(FromPyObject)]
#[allow(dead_code, reason = "only has to be made")]
struct Record {
    name: String,
    age: i64,
    value: Option<f64>,
    #[py(default)]
    inner: Vec<Py<PyAny>>,
}

#[derive(FromPyObject)]
#[allow(dead_code, reason = "only has to be made")]
struct Sources {
    #[py(item)]
    name: Py<PyAny>,
    #[py(item, default)]
    age: i64,
    #[py(attribute)]
    value: i64,
    #[py(attribute, default)]
    inner: Option<Vec<f64>>,
}

#[derive(FromPyObject)]
#[allow(dead_code, reason = "only has to be made")]
struct Tree {
    value: i64,
    #[py(default)]
    inner: Vec<Tree>,
    #[py(default)]
    name: Option<Box<Tree>>,
}

/// Any object as a key: in Rust by its number, in Python by what it answers.
struct Key<'py>(usize, Bound<'py, PyAny>);

impl<'py> Key<'py> {
    fn entry((index, key): (usize, Bound<'py, PyAny>)) -> (Self, Bound<'py, PyAny>) {
        (Key(index, key.clone()), key)
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Key<'_> {}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<'py> IntoPy<'py> for Key<'py> {
    type Target = PyAny;
    const PRODUCES: TypeHint = TypeHint::name("object");

    fn into_py(self, _: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        Ok(self.1)
    }
}

impl<'py> IntoPy<'py> for &Key<'py> {
    type Target = PyAny;
    const PRODUCES: TypeHint = TypeHint::name("object");

    fn into_py(self, _: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        Ok(self.1.clone())
    }
}

/// Hostile objects: nothing crashes, and an exception arrives as the object that was raised.
///
/// The first byte chooses the conversion, the rest is the script.
pub fn hostile(data: &[u8]) {
    let Some((choice, script)) = data.split_first() else { return };
    let attacks = || SINGLE.iter().chain(&MANY).chain(&OUT);
    let index = usize::from(*choice) % attacks().count();
    let attack = *attacks().nth(index).expect("the index is below the count");
    let about = || format!("conversion {index} of the script {script:?}");
    Python::attach(|py| {
        let get = |name: &str| oracle(py).as_any().get_item(name).expect("hostile.py defines it");
        let world =
            get("World").call1((PyBytes::new(py, script).expect("memory"),)).expect("a world");
        let outcome = attack(&world.call_method0("root").expect("an object"));
        nothing_is_raised(py);
        let exception = outcome.err().map(|error| {
            let known = error.failures();
            assert_eq!(known.is_empty(), error.is_exception());
            let _ = (error.to_string(), error.path(), error.expected());
            PyErr::from(error).into_value(py)
        });
        accept(world.call_method1("stop", (&exception,)), about);
        drop((exception, world));
        accept(get("settled").call0(), about);
        nothing_is_raised(py);
    });
}
