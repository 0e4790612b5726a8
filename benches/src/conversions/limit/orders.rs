//! The orders document: structs within structs, each a dict.

use super::item::{Items, Name, to_dict};
use super::*;
use crate::conversions::orders::{Customer, Line, Orders};

static ID: Name = Name::new();
static CUSTOMER: Name = Name::new();
static LINES: Name = Name::new();
static NAME: Name = Name::new();
static EMAIL: Name = Name::new();
static AGE: Name = Name::new();
static SKU: Name = Name::new();
static QUANTITY: Name = Name::new();
static PRICE: Name = Name::new();
static TAGS: Name = Name::new();

/// Interns the names.
pub unsafe fn prepare() {
    for (name, text) in [
        (&ID, c"id"),
        (&CUSTOMER, c"customer"),
        (&LINES, c"lines"),
        (&NAME, c"name"),
        (&EMAIL, c"email"),
        (&AGE, c"age"),
        (&SKU, c"sku"),
        (&QUANTITY, c"quantity"),
        (&PRICE, c"price"),
        (&TAGS, c"tags"),
    ] {
        // SAFETY: the caller is attached.
        unsafe { name.intern(text) };
    }
}

impl FromObject for Orders {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Orders> {
        // SAFETY: the caller's word; nothing changes the dict, as no conversion here runs Python
        // code.
        unsafe {
            let mut items = Items::of(object)?;
            Ok(Orders {
                id: items.next(&ID)?,
                customer: items.next(&CUSTOMER)?,
                lines: items.next(&LINES)?,
            })
        }
    }
}

impl FromObject for Customer {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Customer> {
        // SAFETY: the caller's word; nothing changes the dict, as no conversion here runs Python
        // code.
        unsafe {
            let mut items = Items::of(object)?;
            Ok(Customer {
                name: items.next(&NAME)?,
                email: items.next(&EMAIL)?,
                age: items.next(&AGE)?,
            })
        }
    }
}

impl FromObject for Line {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Line> {
        // SAFETY: the caller's word; nothing changes the dict, as no conversion here runs Python
        // code.
        unsafe {
            let mut items = Items::of(object)?;
            Ok(Line {
                sku: items.next(&SKU)?,
                quantity: items.next(&QUANTITY)?,
                price: items.next(&PRICE)?,
                tags: items.next(&TAGS)?,
            })
        }
    }
}

impl ToObject for Orders {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; values are new references or NULL.
        unsafe {
            to_dict([
                (&ID, self.id.to_object()),
                (&CUSTOMER, self.customer.to_object()),
                (&LINES, self.lines.to_object()),
            ])
        }
    }
}

impl ToObject for Customer {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; values are new references or NULL.
        unsafe {
            to_dict([
                (&NAME, self.name.to_object()),
                (&EMAIL, self.email.to_object()),
                (&AGE, self.age.to_object()),
            ])
        }
    }
}

impl ToObject for Line {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; values are new references or NULL.
        unsafe {
            to_dict([
                (&SKU, self.sku.to_object()),
                (&QUANTITY, self.quantity.to_object()),
                (&PRICE, self.price.to_object()),
                (&TAGS, self.tags.to_object()),
            ])
        }
    }
}
