//! `Ipv4Addr` and `ipaddress.IPv4Address`: a class with a slot, `_ip`, that holds the address.

use std::net::Ipv4Addr;
use std::ptr;
use std::sync::atomic::{AtomicIsize, AtomicPtr, Ordering};

use super::*;

const ADDRESS: &Expected = &Expected(Class::Type, "an IPv4Address");

/// The class, and where in an instance the slot is.
static CLASS: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());
static SLOT: AtomicIsize = AtomicIsize::new(0);

/// Asks the class where the slot is.
pub unsafe fn prepare() {
    // SAFETY: the caller is attached. A name in `__slots__` is a member descriptor in the class.
    unsafe {
        let class = import(c"ipaddress", c"IPv4Address");
        let slot = ffi::PyObject_GetAttrString(class, c"_ip".as_ptr());
        assert!(is_exact(slot, &raw mut ffi::PyMemberDescr_Type), "_ip is in __slots__");
        let member = (*slot.cast::<ffi::PyMemberDescrObject>()).d_member;
        // Before 3.11 the declaration names another struct.
        SLOT.store((*member.cast::<ffi::PyMemberDef>()).offset, Ordering::Relaxed);
        CLASS.store(class, Ordering::Relaxed);
    }
}

/// Where in an address the slot is.
#[inline(always)]
unsafe fn slot(address: Object) -> *mut Object {
    // SAFETY: the caller gives an instance, which holds an object or NULL there.
    unsafe { address.byte_offset(SLOT.load(Ordering::Relaxed)).cast() }
}

impl FromObject for Ipv4Addr {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Ipv4Addr> {
        // SAFETY: the caller gives a live object.
        unsafe {
            if !is_exact(object, CLASS.load(Ordering::Relaxed).cast()) {
                return wrong(ADDRESS, object);
            }
            let int = *slot(object);
            if int.is_null() {
                return wrong(ADDRESS, object);
            }
            match u32::try_from(i64::from_object(int)?) {
                Ok(bits) => Ok(Ipv4Addr::from_bits(bits)),
                Err(_) => wrong(ADDRESS, object),
            }
        }
    }
}

impl ToObject for Ipv4Addr {
    /// What `__init__` does with an int, without calling it: one slot of a new instance is set.
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the class is live, and its instances hold NULL in the
        // slot at first. Nobody else sees the instance yet.
        unsafe {
            let class = CLASS.load(Ordering::Relaxed).cast::<ffi::PyTypeObject>();
            let address = ffi::PyType_GenericAlloc(class, 0);
            if !address.is_null() {
                *slot(address) = i64::from(self.to_bits()).to_object();
            }
            address
        }
    }
}
