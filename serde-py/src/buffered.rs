//! Native fields of what serde reads into a tree of its own first: `flatten`, untagged and
//! internally tagged enums.
//!
//! Such a tree holds the text that stands for a date or a UUID, not the object. So while
//! [`from_object`] reads, the thread remembers which object a text stood for; a native field makes
//! an object of its part of the tree, and puts the remembered ones back in.
//!
//! [`from_object`]: crate::from_object

use std::any::type_name;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use convert_core::prelude::*;
use convert_core::stack::StackGuard;
use convert_core::types::{PyList, PyString};

thread_local! {
    static OBJECTS: RefCell<HashMap<String, Py<PyAny>>> = RefCell::new(HashMap::new());
}

/// How many threads remember something, so that the others need not look at theirs.
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// Whether a visitor makes serde's own tree. By its name, since it is serde's secret; if serde
/// gives it another one, a native field in such a place has its own serde form.
#[inline]
pub fn is_tree<V>() -> bool {
    named::<V>("content::ContentVisitor")
}

/// Whether a deserializer reads serde's own tree.
#[inline]
pub fn reads_tree<D>() -> bool {
    named::<D>("content::ContentDeserializer") || named::<D>("content::ContentRefDeserializer")
}

/// Whether a type is called that in serde; what follows are its lifetimes and types.
#[inline]
fn named<T: ?Sized>(name: &str) -> bool {
    let path = type_name::<T>().split('<').next().unwrap_or_default();
    path.starts_with("serde") && path.ends_with(name)
}

/// Whether this thread remembers any object.
#[inline]
pub fn any_remembered() -> bool {
    THREADS.load(Ordering::Relaxed) != 0 && OBJECTS.with_borrow(|objects| !objects.is_empty())
}

/// Runs what remembers objects, and forgets them at the end of the outermost.
#[inline]
pub fn remembering<T>(read: impl FnOnce() -> T) -> T {
    let _forget = Forget { is_outermost: !any_remembered() };
    read()
}

struct Forget {
    is_outermost: bool,
}

impl Drop for Forget {
    #[inline]
    fn drop(&mut self) {
        if self.is_outermost && any_remembered() {
            // Dropped only afterwards: that may run Python code, which comes back here.
            let _objects = OBJECTS.take();
            THREADS.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// Remembers which object a text stands for.
#[cold]
pub fn remember(object: Borrowed<'_, '_, PyAny>, text: &Bound<'_, PyString>) {
    let text = text.to_string_lossy().into_owned();
    let (was_empty, _last) = OBJECTS.with_borrow_mut(|objects| {
        (objects.is_empty(), objects.insert(text, object.to_owned().unbind()))
    });
    if was_empty {
        THREADS.fetch_add(1, Ordering::Relaxed);
    }
}

/// The same made of `list`, `dict` and `str`, with the remembered objects in place of their texts.
///
/// # Errors
/// `RecursionError`, `MemoryError`, or what hashing a key raised.
pub fn restored<'py>(
    object: Borrowed<'_, 'py, PyAny>,
) -> Result<Bound<'py, PyAny>, ConversionError> {
    let py = object.py();
    if let Some(text) = object.try_cast_exact::<PyString>() {
        let remembered = OBJECTS.with_borrow(|objects| {
            objects.get(&*text.to_string_lossy()).map(|object| object.clone_ref(py).into_bound(py))
        });
        return Ok(remembered.unwrap_or_else(|| object.to_owned()));
    }
    let _level = StackGuard::enter(py)?;
    if let Some(list) = object.try_cast_exact::<PyList>() {
        let made = PyList::empty(py)?;
        list.walk(|_, item| Ok::<_, ConversionError>(made.append_object(&restored(item)?)?))?;
        Ok(made.into_any())
    } else if let Some(dict) = object.try_cast_exact::<PyDict>() {
        let made = PyDict::new(py)?;
        dict.walk(|key, value| {
            Ok::<_, ConversionError>(made.set(&restored(key)?, &restored(value)?)?)
        })?;
        Ok(made.into_any())
    } else {
        Ok(object.to_owned())
    }
}
