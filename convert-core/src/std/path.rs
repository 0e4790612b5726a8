//! | Rust | Python out | also accepted | losses |
//! |---|---|---|---|
//! | `OsString`; `&OsStr`, `Cow<OsStr>`, `Box<OsStr>` out only | `str` | subclasses; on Unix also `bytes`, as `os.fsencode` takes them | none: what is no text is kept as surrogates (PEP 383) |
//! | `PathBuf`; `&Path`, `Cow<Path>`, `Box<Path>` out only | `pathlib.Path` | `str`, anything with `__fspath__`; on Unix also `bytes` | into Python what `pathlib` leaves out: `.`, doubled and trailing slashes; nothing at all is `.` |
//!
//! Text is encoded as Python encodes names of files (`os.fsencode`, `os.fsdecode`), so that any
//! name comes back as it was. Elsewhere than on Unix, names that are no text are a `ValueError`.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
#[cfg(unix)]
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use convert_ffi::exceptions::PyTypeError;
#[cfg(unix)]
use convert_ffi::types::PyBytes;
use convert_ffi::types::{PyAny, PyInt, PyString, PyType};
use convert_ffi::{
    Borrowed, Bound, ConversionError, Leaf, Py, PyOnceLock, PyOnceObject, Python, TypeHint, intern,
};

use super::into_py_leaf;
use super::strict::exact;
use crate::methods::PyAnyMethods;
use crate::{FromPyObject, IntoPy};

const STR: TypeHint = TypeHint::name("str");
const PATH: TypeHint = TypeHint::name("Path");

/// What the operating system calls a file, of a `str`.
#[inline]
fn of_text(text: &Bound<'_, PyString>) -> Result<OsString, ConversionError> {
    #[cfg(unix)]
    match text.to_ascii() {
        // The same in every encoding that files have.
        Some(text) => Ok(text.to_owned().into()),
        None => Ok(of_bytes(&text.encode_fs()?)),
    }
    #[cfg(not(unix))]
    Ok(text.to_text_owned()?.into())
}

#[cfg(unix)]
#[inline]
fn of_bytes(bytes: &Bound<'_, PyBytes>) -> OsString {
    OsString::from_vec(bytes.as_bytes().to_vec())
}

/// What the operating system calls a file, of a `str` or `bytes`; `None` for all else.
#[inline]
fn os_string(object: &Bound<'_, PyAny>) -> Result<Option<OsString>, ConversionError> {
    if let Some(text) = object.try_cast::<PyString>() {
        return of_text(text).map(Some);
    }
    #[cfg(unix)]
    if let Some(bytes) = object.try_cast::<PyBytes>() {
        return Ok(Some(of_bytes(bytes)));
    }
    Ok(None)
}

impl<'a, 'py> FromPyObject<'a, 'py> for OsString {
    const EXPECTED: TypeHint = STR;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        os_string(&object)?.ok_or_else(Self::wrong_type)
    }

    exact!(PyString);
}

impl<'a, 'py> FromPyObject<'a, 'py> for PathBuf {
    const EXPECTED: TypeHint = TypeHint::union(&[STR, TypeHint::name("os.PathLike")]);

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        if let Some(text) = object.try_cast_exact::<PyString>() {
            return Ok(of_text(text)?.into());
        }
        if object.is_exact_instance_of::<PyInt>() || object.is_none() {
            return Err(Self::wrong_type());
        }
        extract_path_like(object)
    }

    /// Only of the class of `pathlib` whose instances a call of `Path` makes.
    fn extract_strict(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, ConversionError> {
        static MADE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let py = object.py();
        let made = MADE.get_or_try_init(py, || {
            Ok::<_, ConversionError>(Path::new(".").into_py(py)?.get_type().unbind())
        })?;
        match object.get_type().is(made.bind(py)) {
            true => extract_path_like(object),
            false => Err(ConversionError::new(const { &Leaf::wrong_type(PATH) })),
        }
    }
}

/// From what `__fspath__` gives; a `str` or `bytes` stands for itself (`PyOS_FSPath`).
fn extract_path_like(object: Borrowed<'_, '_, PyAny>) -> Result<PathBuf, ConversionError> {
    let py = object.py();
    match object.fspath() {
        Ok(name) => match os_string(&name) {
            Ok(Some(name)) => Ok(name.into()),
            Ok(None) => Err(PathBuf::wrong_type().of(name.as_borrowed())),
            Err(error) => Err(error.of(name.as_borrowed())),
        },
        Err(error)
            if error.is_instance_of::<PyTypeError>(py)
                && object.get_type().definition(intern!(py, "__fspath__"))?.is_none() =>
        {
            Err(PathBuf::wrong_type())
        }
        Err(error) => Err(error.into()),
    }
}

impl<'py> IntoPy<'py> for &OsStr {
    type Target = PyString;
    const PRODUCES: TypeHint = STR;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyString>, ConversionError> {
        #[cfg(unix)]
        {
            Ok(PyString::decode_fs(py, self.as_bytes())?)
        }
        #[cfg(not(unix))]
        match self.to_str() {
            Some(text) => text.into_py(py),
            None => Err(ConversionError::custom("a name that is not valid Unicode is no str")),
        }
    }
}

/// `pathlib.Path`.
fn path_class(py: Python<'_>) -> Result<&Bound<'_, PyAny>, ConversionError> {
    static PATH: PyOnceObject<PyAny> = PyOnceObject::new();
    Ok(PATH.import(py, "pathlib", "Path")?)
}

impl<'py> IntoPy<'py> for &Path {
    type Target = PyAny;
    const PRODUCES: TypeHint = PATH;

    fn into_py(self, py: Python<'py>) -> Result<Bound<'py, PyAny>, ConversionError> {
        Ok(path_class(py)?.call1((self.as_os_str(),))?)
    }
}

into_py_leaf! {
    [] OsString => PyString, STR, |value, py| value.as_os_str().into_py(py);
    [] Box<OsStr> => PyString, STR, |value, py| (**value).into_py(py);
    ['s] Cow<'s, OsStr> => PyString, STR, |value, py| (**value).into_py(py);
    [] PathBuf => PyAny, PATH, |value, py| value.as_path().into_py(py);
    [] Box<Path> => PyAny, PATH, |value, py| (**value).into_py(py);
    ['s] Cow<'s, Path> => PyAny, PATH, |value, py| (**value).into_py(py);
}
