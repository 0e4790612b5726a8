//! Where in an instance the `__slots__` of its class are.

use std::ffi::c_int;

use pyo3_ffi as ffi;

/// The offset of a slot from the start of an instance, by what the class has under the slot's name:
/// a member descriptor. `None` where it is something else.
///
/// # Safety
/// Attached; both are live, and `class` is a class.
pub(crate) unsafe fn offset(
    class: *mut ffi::PyObject,
    descriptor: *mut ffi::PyObject,
) -> Option<usize> {
    /// A slot that holds an object or NULL (`Py_T_OBJECT_EX`).
    const OBJECT: c_int = 16;
    /// `Py_READONLY`; the other flags change what an offset means, or who may read.
    const READONLY: c_int = 1;
    // SAFETY: the caller says that both are live. A member descriptor says to which class it
    // belongs, and points to what describes the member, for as long as that class lives. (Before
    // 3.11 its declaration names another struct.)
    unsafe {
        if ffi::Py_TYPE(descriptor) != &raw mut ffi::PyMemberDescr_Type {
            return None;
        }
        let descriptor = descriptor.cast::<ffi::PyMemberDescrObject>();
        let member = (*descriptor).d_member.cast::<ffi::PyMemberDef>();
        let owner = (*descriptor).d_common.d_type;
        // Instances of a subclass have the slots of its bases in the same places.
        let is_own = owner.cast() == class || ffi::PyType_IsSubtype(class.cast(), owner) != 0;
        let is_plain = (*member).type_code == OBJECT && (*member).flags & !READONLY == 0;
        (is_own && is_plain).then_some((*member).offset as usize)
    }
}

/// What is in the slot, held by the instance alone: good until any Python code runs. NULL where it
/// is empty.
///
/// # Safety
/// Attached; `object` is a live instance of the class whose slot is at the offset.
#[inline(always)]
pub(crate) unsafe fn read(object: *mut ffi::PyObject, offset: usize) -> *mut ffi::PyObject {
    // SAFETY: the caller gives an instance of the class that has its slot at this offset: an object
    // pointer or NULL lies there.
    unsafe { *object.byte_add(offset).cast::<*mut ffi::PyObject>() }
}

/// Fills an empty slot.
///
/// # Safety
/// As for [`read`]; the slot is empty, nobody else has seen the instance, and the caller gives a
/// strong reference away.
#[inline(always)]
pub(crate) unsafe fn fill(object: *mut ffi::PyObject, offset: usize, value: *mut ffi::PyObject) {
    // SAFETY: the caller gives an instance of the class that has its slot at this offset, and
    // nobody else has seen it.
    unsafe { *object.byte_add(offset).cast::<*mut ffi::PyObject>() = value }
}
