//! [`KnownClasses`]: where the instances of a class keep certain attributes.

use super::{PyAny, PyString};
#[cfg(direct_layouts)]
pub use direct::{Attributes, KnownClass, KnownClasses};
#[cfg(not(direct_layouts))]
pub use public::{Attributes, KnownClass, KnownClasses};

#[cfg(direct_layouts)]
mod direct {
    use std::sync::atomic::{AtomicU32, Ordering};

    use pyo3_ffi as ffi;

    use super::{PyAny, PyString};
    use crate::types::{DictCursor, PyDict, PyType};
    use crate::{Bound, Py, PyOnceLock, gate, layout};

    /// So many classes are remembered for one list of names. Each is kept alive.
    const MOST: usize = 4;
    /// For so many attributes of an instance its namespace is asked for: since 3.11 an instance has
    /// none until it is asked for, and making it takes as long as reading some attributes.
    const MANY: usize = 4;

    /// The first few classes whose instances were asked for attributes of certain names, always the
    /// same.
    ///
    /// A class is remembered if its instances have no keys, and if reading an attribute is left to
    /// `object.__getattribute__`.
    #[derive(Debug, Default)]
    pub struct KnownClasses(PyOnceLock<Box<[PyOnceLock<KnownClass>; MOST]>>);

    /// A class, and where its instances keep the attributes.
    #[derive(Debug)]
    pub struct KnownClass {
        class: Py<PyType>,
        /// Changes with whatever the class or a base defines; 0 is no version.
        version: AtomicU32,
        places: Box<[Place]>,
        /// Whether an instance's namespace is worth asking for.
        has_namespace: bool,
    }

    /// Where an attribute is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Place {
        /// In a slot of the class, at this offset.
        Slot(u32),
        /// In the instance, or else nowhere: looking there runs no code of the class.
        Instance,
        /// Only reading it will tell.
        Unknown,
    }

    impl KnownClasses {
        /// None yet.
        pub const fn new() -> Self {
            KnownClasses(PyOnceLock::new())
        }

        /// What is known of the object's class, which is remembered if it is new.
        #[inline]
        pub fn of(
            &'static self,
            object: &Bound<'_, PyAny>,
            names: &[Py<PyString>],
        ) -> Option<&'static KnownClass> {
            let py = object.py();
            let classes = self.0.get_or_init(py, || Box::new([const { PyOnceLock::new() }; MOST]));
            for place in classes.iter() {
                match place.get(py) {
                    Some(known) if !known.is_class_of(object) => {}
                    Some(known) if known.is_current(object) => return Some(known),
                    Some(known) => return known.is_renewed(object, names).then_some(known),
                    None => return learn(place, object, names),
                }
            }
            None
        }
    }

    #[cold]
    #[inline(never)]
    fn learn(
        place: &'static PyOnceLock<KnownClass>,
        object: &Bound<'_, PyAny>,
        names: &[Py<PyString>],
    ) -> Option<&'static KnownClass> {
        let (class, places) = (object.get_type(), places(object, names)?);
        // What was looked up gave the class a version.
        let version = AtomicU32::new(version(object));
        // SAFETY: a live object has a type, and that is live.
        let has_namespace = unsafe { (*ffi::Py_TYPE(object.as_ptr())).tp_dictoffset != 0 };
        let in_instance = places.iter().filter(|place| **place == Place::Instance).count();
        let has_namespace = has_namespace && in_instance >= MANY;
        let class = class.unbind();
        let known =
            place.get_or_init(object.py(), || KnownClass { class, version, places, has_namespace });
        known.is_class_of(object).then_some(known)
    }

    /// Where the object has the attributes; `None` where its class is not one to be remembered.
    fn places(object: &Bound<'_, PyAny>, names: &[Py<PyString>]) -> Option<Box<[Place]>> {
        // SAFETY: a live object has a type, and that is live.
        let reads = unsafe { (*ffi::Py_TYPE(object.as_ptr())).tp_getattro };
        let is_generic = reads.is_some_and(|reads| {
            std::ptr::fn_addr_eq(reads, ffi::PyObject_GenericGetAttr as ffi::getattrofunc)
        });
        if !is_generic || object.is_mapping() {
            return None;
        }
        let (py, class) = (object.py(), object.get_type());
        let place = |name: &Py<PyString>| {
            class
                .definition(name.bind(py))
                .map(|found| found.map_or(Place::Instance, |definition| place(&class, &definition)))
        };
        names.iter().map(place).collect::<Result<_, _>>().ok()
    }

    /// Where an attribute is, by what the class has under its name.
    fn place(class: &Bound<'_, PyType>, definition: &Bound<'_, PyAny>) -> Place {
        // SAFETY: attached, two live objects, of which one is a class; a live object has a type.
        let (offset, is_descriptor) = unsafe {
            let of_definition = ffi::Py_TYPE(definition.as_ptr());
            (
                layout::slot::offset(class.as_ptr(), definition.as_ptr()),
                (*of_definition).tp_descr_get.is_some(),
            )
        };
        match offset.map(u32::try_from) {
            Some(Ok(offset)) => Place::Slot(offset),
            _ if is_descriptor => Place::Unknown,
            _ => Place::Instance,
        }
    }

    /// The version of the object's class; 0 where it has none.
    #[inline(always)]
    fn version(object: &Bound<'_, PyAny>) -> u32 {
        // SAFETY: a live object has a type, and that is live.
        unsafe {
            let class = ffi::Py_TYPE(object.as_ptr());
            // Before 3.10 a class that was changed keeps its number; from 3.13 on none has the flag.
            #[cfg(not(Py_3_13))]
            if (*class).tp_flags & ffi::Py_TPFLAGS_VALID_VERSION_TAG == 0 {
                return 0;
            }
            (*class).tp_version_tag
        }
    }

    impl KnownClass {
        #[inline(always)]
        fn is_class_of(&self, object: &Bound<'_, PyAny>) -> bool {
            // SAFETY: a live object has a type.
            unsafe { ffi::Py_TYPE(object.as_ptr()).cast() == self.class.as_ptr() }
        }

        /// Whether the class has changed in nothing. One without a version may have.
        #[inline(always)]
        fn is_current(&self, object: &Bound<'_, PyAny>) -> bool {
            let known = self.version.load(Ordering::Relaxed);
            known != 0 && known == version(object)
        }

        /// Whether the class, of another version now, still keeps the attributes where it did.
        #[cold]
        #[inline(never)]
        fn is_renewed(&self, object: &Bound<'_, PyAny>, names: &[Py<PyString>]) -> bool {
            let is_same = places(object, names).is_some_and(|places| places == self.places);
            let version = if is_same { version(object) } else { 0 };
            self.version.store(version, Ordering::Relaxed);
            version != 0
        }

        /// The attributes of an instance.
        #[inline]
        pub fn attributes<'py>(&'static self, object: &Bound<'py, PyAny>) -> Attributes<'py> {
            let namespace = match self.has_namespace {
                true => namespace(object),
                false => None,
            };
            Attributes { class: self, namespace, position: 0 }
        }
    }

    /// The `__dict__` of an instance (`PyObject_GenericGetDict`).
    fn namespace<'py>(object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDict>> {
        // SAFETY: attached, a live object; a new reference or NULL with an exception.
        let namespace = unsafe {
            let namespace = ffi::PyObject_GenericGetDict(object.as_ptr(), std::ptr::null_mut());
            gate::owned_or_err(object.py(), namespace)
        };
        namespace.ok()?.cast_into().ok()
    }

    /// The attributes of an instance of a known class.
    pub struct Attributes<'py> {
        class: &'static KnownClass,
        namespace: Option<Bound<'py, PyDict>>,
        /// In the namespace.
        position: ffi::Py_ssize_t,
    }

    impl<'py> Attributes<'py> {
        /// The attribute of that index and name, where it can be read without running code of the
        /// class. `object` is the instance.
        #[inline(always)]
        pub fn get(
            &mut self,
            object: &Bound<'py, PyAny>,
            index: usize,
            name: &Bound<'py, PyString>,
        ) -> Option<Bound<'py, PyAny>> {
            match self.class.places.get(index)? {
                // An object may change its class meanwhile.
                Place::Slot(offset) if self.class.is_class_of(object) => {
                    // SAFETY: attached, a live instance of the class, which is kept alive: so its
                    // slots are where they were. What the slot holds is held here before any Python
                    // code runs.
                    unsafe {
                        let value = layout::slot::read(object.as_ptr(), *offset as usize);
                        gate::borrowed_or_none(object.py(), value).map(|value| value.to_owned())
                    }
                }
                Place::Instance => {
                    let namespace = self.namespace.as_ref()?.as_borrowed();
                    let mut cursor = DictCursor::resumed(namespace, self.position);
                    let value = cursor.next_if(name);
                    self.position = cursor.position();
                    value.or_else(|| looked_up(&namespace, name))
                }
                _ => None,
            }
        }
    }

    #[inline(never)]
    fn looked_up<'py>(
        namespace: &Bound<'py, PyDict>,
        name: &Bound<'py, PyString>,
    ) -> Option<Bound<'py, PyAny>> {
        // What comparing keys may raise, it raises again where the attribute itself is read.
        namespace.get(name.as_any()).ok()?
    }
}

#[cfg(not(direct_layouts))]
mod public {
    use std::convert::Infallible;

    use super::{PyAny, PyString};
    use crate::{Bound, Py, Python};

    /// None: where classes cannot be seen through.
    #[derive(Debug, Default)]
    pub struct KnownClasses(());

    /// There is none.
    #[derive(Debug)]
    pub struct KnownClass(Infallible);

    impl KnownClasses {
        /// None.
        pub const fn new() -> Self {
            KnownClasses(())
        }

        /// `None`.
        #[inline(always)]
        pub fn of(
            &'static self,
            _object: &Bound<'_, PyAny>,
            _names: &[Py<PyString>],
        ) -> Option<&'static KnownClass> {
            None
        }
    }

    impl KnownClass {
        /// Is never called.
        pub fn attributes<'py>(&'static self, _object: &Bound<'py, PyAny>) -> Attributes<'py> {
            match self.0 {}
        }
    }

    /// There are none.
    pub struct Attributes<'py>(Infallible, Python<'py>);

    impl<'py> Attributes<'py> {
        /// Is never called.
        #[inline(always)]
        pub fn get(
            &mut self,
            _object: &Bound<'py, PyAny>,
            _index: usize,
            _name: &Bound<'py, PyString>,
        ) -> Option<Bound<'py, PyAny>> {
            match self.0 {}
        }
    }
}
