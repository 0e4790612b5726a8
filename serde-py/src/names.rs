//! Names of fields as Python strings: made once, and found by their address.

use convert_core::types::PyString;
use convert_core::{Bound, Py, PyOnceLock, Python};

/// So many names have a place; a name that finds its place taken is made each time.
const PLACES: usize = 1024;

struct Place {
    name: &'static str,
    string: Py<PyString>,
}

static CACHE: [PyOnceLock<Place>; PLACES] = [const { PyOnceLock::new() }; PLACES];

/// The name as an interned string.
#[inline]
pub fn interned<'py>(py: Python<'py>, name: &'static str) -> Bound<'py, PyString> {
    let address = name.as_ptr().addr();
    // Names lie one behind the other, so the address itself spreads them well.
    let place = &CACHE[(address ^ (address >> 10)) % PLACES];
    let made = || Place { name, string: PyString::intern(py, name).unbind() };
    let found = place.get_or_init(py, made);
    if std::ptr::eq(found.name, name) {
        found.string.bind(py).clone()
    } else {
        PyString::intern(py, name)
    }
}
