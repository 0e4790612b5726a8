//! [`PyObjectSeed`], [`PyObject`]: any serde format makes Python objects.

use std::fmt;

use convert_core::Segment;
use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::PyValue;

/// Makes Python objects of what any serde format reads.
///
/// What describes itself, as JSON does, becomes `None`, `bool`, `int`, `float`, `str`, `bytes`, `list`
/// and `dict`. Of keys that are equal the last one stays, as in `json.loads`.
///
/// ```
/// # use convert_core::prelude::*;
/// use serde::de::DeserializeSeed;
/// # Python::initialize();
/// Python::attach(|py| {
///     let mut json = serde_json::Deserializer::from_str(r#"{"x": [1, 2.5, null]}"#);
///     let object = serde_py::PyObjectSeed::new(py).deserialize(&mut json).unwrap();
///     assert_eq!(object.to_string(), "{'x': [1, 2.5, None]}");
/// });
/// ```
#[derive(Clone, Copy)]
pub struct PyObjectSeed<'py> {
    py: Python<'py>,
}

impl<'py> PyObjectSeed<'py> {
    /// One that makes objects of this interpreter.
    pub fn new(py: Python<'py>) -> Self {
        PyObjectSeed { py }
    }

    #[inline]
    fn object<T: IntoPy<'py>, E: de::Error>(self, value: T) -> Result<Bound<'py, PyAny>, E> {
        value.into_py(self.py).map(Bound::into_any).map_err(E::custom)
    }
}

impl<'de, 'py> DeserializeSeed<'de> for PyObjectSeed<'py> {
    type Value = Bound<'py, PyAny>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! leaves {
    ($($method:ident($type:ty);)*) => { $(
        #[inline]
        fn $method<E: de::Error>(self, value: $type) -> Result<Self::Value, E> {
            self.object(value)
        }
    )* };
}

impl<'de, 'py> Visitor<'de> for PyObjectSeed<'py> {
    type Value = Bound<'py, PyAny>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what a Python object can be made of")
    }

    leaves! {
        visit_bool(bool);
        visit_i64(i64);
        visit_i128(i128);
        visit_u64(u64);
        visit_u128(u128);
        visit_f64(f64);
        visit_char(char);
        visit_str(&str);
    }

    fn visit_bytes<E: de::Error>(self, value: &[u8]) -> Result<Self::Value, E> {
        PyBytes::new(self.py, value).map(Bound::into_any).map_err(E::custom)
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(self.py.none().to_owned().into_any())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let _level = StackGuard::enter(self.py).map_err(de::Error::custom)?;
        let mut made = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            made.push(item);
        }
        self.object(made)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let _level = StackGuard::enter(self.py).map_err(de::Error::custom)?;
        let dict = PyDict::new(self.py).map_err(de::Error::custom)?;
        while let Some(key) = entries.next_key_seed(self)? {
            let value = entries.next_value_seed(self)?;
            dict.set(&key, &value).map_err(|error| {
                let error = ConversionError::from(error).inside(Segment::in_key());
                de::Error::custom(error.inside(Segment::key(&key)))
            })?;
        }
        Ok(dict.into_any())
    }
}

/// An owned Python object as a type of serde's: any format writes it, as a [`PyValue`](crate::PyValue), and
/// reads it, as a [`PyObjectSeed`] does. Both attach to the interpreter, which must run.
#[derive(Debug)]
pub struct PyObject(pub Py<PyAny>);

impl Serialize for PyObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Python::attach(|py| PyValue::new(self.0.bind(py)).serialize(serializer))
    }
}

impl<'de> Deserialize<'de> for PyObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Python::attach(|py| {
            PyObjectSeed::new(py).deserialize(deserializer).map(|object| PyObject(object.unbind()))
        })
    }
}
