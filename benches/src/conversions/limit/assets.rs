//! The union of two structs: one after the other, each until a key is missing.

use super::item::{Items, Name};
use super::*;
use crate::conversions::assets::{Asset, Machine};

const ASSET: &Expected = &Expected(Class::Value, "a machine or a person");

static SERIAL: Name = Name::new();
static MODEL: Name = Name::new();
static POWER: Name = Name::new();
static OWNER: Name = Name::new();

/// Interns the names.
pub unsafe fn prepare() {
    for (name, text) in
        [(&SERIAL, c"serial"), (&MODEL, c"model"), (&POWER, c"power"), (&OWNER, c"owner")]
    {
        // SAFETY: the caller is attached.
        unsafe { name.intern(text) };
    }
}

impl FromObject for Machine {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Machine> {
        // SAFETY: the caller's word; nothing changes the dict, as no conversion here runs Python
        // code.
        unsafe {
            let mut items = Items::of(object)?;
            Ok(Machine {
                serial: items.next(&SERIAL)?,
                model: items.next(&MODEL)?,
                power: items.next(&POWER)?,
                owner: items.next(&OWNER)?,
            })
        }
    }
}

impl FromObject for Asset {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Asset> {
        // SAFETY: the caller's word.
        unsafe {
            match FromObject::from_object(object) {
                Ok(machine) => return Ok(Asset::Machine(machine)),
                Err(wrong) => wrong.clear(),
            }
            match FromObject::from_object(object) {
                Ok(person) => return Ok(Asset::Person(person)),
                Err(wrong) => wrong.clear(),
            }
            wrong(ASSET, object)
        }
    }
}
