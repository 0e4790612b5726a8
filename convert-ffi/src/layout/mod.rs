//! The memory layouts that are read directly, one module each, beside the public functions that do
//! the same where the layout is not known: the stable ABI, free-threaded builds, 32-bit platforms,
//! and versions of CPython this crate was not tested with. `build.rs` decides which
//! (`cfg(direct_layouts)`); both ways pass the same tests.
//!
//! | module | what is read | where CPython says so |
//! |---|---|---|
//! | `int` | sign and 30-bit digits; the ints that CPython shares | `Include/cpython/longintrepr.h` (before 3.12 `Include/longintrepr.h`) |
//! | `str` | ASCII text, cached UTF-8, code points; new strings are filled | `Include/cpython/unicodeobject.h`, PEP 393 |
//! | `bytes` | its length and content | `Include/cpython/bytesobject.h` |
//! | `list`, `tuple` | the item array | `Include/cpython/listobject.h`, `tupleobject.h` |
//! | `dict` | the number of entries | `PyDict_GET_SIZE` in `Include/cpython/dictobject.h` |
//! | `class` | its version; CPython's own `_PyType_Lookup` finds what it defines | `Include/cpython/object.h`, `Objects/typeobject.c` |
//! | `attribute` | nothing: CPython's own `_PyObject_LookupAttr` makes no exception for a missing attribute | `Include/cpython/object.h`; from 3.13 on `PyObject_GetOptionalAttr` |
//! | `datetime` | the fields of dates, times and timedeltas | `Include/datetime.h` |
//! | `set` | the number of items; the next comes from CPython's own `_PySet_NextEntry` | `Objects/setobject.c` |
//! | `slot` | what a class keeps in its `__slots__` | `PyMemberDef` in `Include/structmember.h` (public) |
//! | `refcount` | the count of 3.12 and 3.13 | `Include/object.h`, PEP 683 |

pub(crate) mod attribute;
pub(crate) mod bytes;
#[cfg(any(type_lookup, direct_layouts))]
pub(crate) mod class;
pub(crate) mod datetime;
pub(crate) mod dict;
pub(crate) mod int;
pub(crate) mod list;
pub(crate) mod refcount;
pub(crate) mod set;
#[cfg(direct_layouts)]
pub(crate) mod slot;
pub(crate) mod str;
pub(crate) mod tuple;

/// Whether the running interpreter is laid out as this build expects it.
///
/// # Safety
/// The thread is attached.
#[cfg(direct_layouts)]
pub(crate) unsafe fn check() -> Result<(), &'static str> {
    // SAFETY: attached, by the caller's word.
    if unsafe { int::has_expected_digits() } {
        Ok(())
    } else {
        Err("this CPython was configured with ints of other than 30-bit digits, which this build \
             cannot read: build with the feature `abi3-py39`")
    }
}

/// Whether the running interpreter is laid out as this build expects it: nothing is read directly.
///
/// # Safety
/// The thread is attached.
#[cfg(not(direct_layouts))]
pub(crate) unsafe fn check() -> Result<(), &'static str> {
    Ok(())
}
