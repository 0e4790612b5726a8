//! The struct of ten fields, of an object with slots: its members are where its class says.

use std::ptr;
use std::sync::atomic::{AtomicIsize, AtomicPtr, AtomicU32, Ordering};

use super::*;
use crate::conversions::records::SlotsRecord;

const CLASS_AS_IT_WAS: &Expected = &Expected(Class::Type, "an object with these slots");
const SLOT: &Expected = &Expected(Class::Value, "all slots");

/// The class, its version then, and where its instances have each slot.
static CLASS: AtomicPtr<ffi::PyTypeObject> = AtomicPtr::new(ptr::null_mut());
static VERSION: AtomicU32 = AtomicU32::new(0);
static OFFSETS: [AtomicIsize; 10] = [const { AtomicIsize::new(0) }; 10];

/// Asks the class of an instance where the slots are.
pub unsafe fn prepare(slotted: Object) {
    // SAFETY: the caller is attached and gives a live object, whose class stays. What a class holds
    // by the name of a slot is a member descriptor, which points to the member's definition.
    unsafe {
        let class = ffi::Py_TYPE(slotted);
        for (offset, (index, field)) in OFFSETS.iter().zip(record::FIELDS.iter().enumerate()) {
            // Looked up through the instance, an attribute makes its class take a version.
            let value = ffi::PyObject_GetAttr(slotted, record::name(index));
            assert!(!value.is_null(), "the slot is filled");
            let member = ffi::PyObject_GetAttrString(class.cast(), field.as_ptr());
            assert!(!member.is_null() && is_exact(member, &raw mut ffi::PyMemberDescr_Type));
            let definition = (*member.cast::<ffi::PyMemberDescrObject>()).d_member;
            let found = (*definition.cast::<ffi::PyMemberDef>()).offset;
            assert!(*slotted.byte_offset(found).cast::<Object>() == value, "the slot is there");
            offset.store(found, Ordering::Relaxed);
            ffi::Py_DECREF(value);
            ffi::Py_DECREF(member);
        }
        assert!((*class).tp_version_tag != 0, "the class has a version");
        VERSION.store((*class).tp_version_tag, Ordering::Relaxed);
        CLASS.store(class, Ordering::Relaxed);
    }
}

/// Whether the object is of that class, and the class as it was when it was asked.
#[inline(always)]
unsafe fn is_known(object: Object) -> bool {
    // SAFETY: the caller gives a live object.
    unsafe {
        is_exact(object, CLASS.load(Ordering::Relaxed))
            // Before 3.10 a class that was changed keeps its version, which is no longer valid.
            && (cfg!(Py_3_10)
                || (*ffi::Py_TYPE(object)).tp_flags & ffi::Py_TPFLAGS_VALID_VERSION_TAG != 0)
            && (*ffi::Py_TYPE(object)).tp_version_tag == VERSION.load(Ordering::Relaxed)
    }
}

/// The value in the slot number `index`.
#[inline(always)]
unsafe fn slot<T: FromObject>(object: Object, index: usize) -> Limit<T> {
    // SAFETY: the caller gives a live object of the known class, which has a slot there, and is
    // attached. The value is borrowed from the slot: no conversion here runs Python code.
    unsafe {
        let offset = OFFSETS[index].load(Ordering::Relaxed);
        let value = *object.byte_offset(offset).cast::<Object>();
        if value.is_null() { wrong(SLOT, object) } else { T::from_object(value) }
    }
}

impl FromObject for SlotsRecord {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<SlotsRecord> {
        // SAFETY: the caller's word; the class is known.
        unsafe {
            if !is_known(object) {
                return wrong(CLASS_AS_IT_WAS, object);
            }
            Ok(SlotsRecord {
                id: slot(object, 0)?,
                name: slot(object, 1)?,
                email: slot(object, 2)?,
                age: slot(object, 3)?,
                score: slot(object, 4)?,
                ratio: slot(object, 5)?,
                active: slot(object, 6)?,
                verified: slot(object, 7)?,
                count: slot(object, 8)?,
                city: slot(object, 9)?,
            })
        }
    }
}
