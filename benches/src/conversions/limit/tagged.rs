//! The enum whose variants a key tells apart.

use super::item::{Items, Name, to_dict};
use super::*;
use crate::conversions::tagged::Event;

const TAG: &Expected = &Expected(Class::Value, "\"click\" | \"key\" | \"scroll\"");

static TYPE: Name = Name::new();
static CLICK: Name = Name::new();
static KEY: Name = Name::new();
static SCROLL: Name = Name::new();
static X: Name = Name::new();
static Y: Name = Name::new();
static BUTTON: Name = Name::new();
static CODE: Name = Name::new();
static TEXT: Name = Name::new();
static REPEAT: Name = Name::new();
static PAGE: Name = Name::new();
static DELTA: Name = Name::new();
static SMOOTH: Name = Name::new();

/// Interns the names.
pub unsafe fn prepare() {
    for (name, text) in [
        (&TYPE, c"type"),
        (&CLICK, c"click"),
        (&KEY, c"key"),
        (&SCROLL, c"scroll"),
        (&X, c"x"),
        (&Y, c"y"),
        (&BUTTON, c"button"),
        (&CODE, c"code"),
        (&TEXT, c"text"),
        (&REPEAT, c"repeat"),
        (&PAGE, c"page"),
        (&DELTA, c"delta"),
        (&SMOOTH, c"smooth"),
    ] {
        // SAFETY: the caller is attached.
        unsafe { name.intern(text) };
    }
}

enum Variant {
    Click,
    Key,
    Scroll,
}

/// The variant that a tag names: one of the interned names, or their text.
#[inline(always)]
unsafe fn variant(tag: Object) -> Limit<Variant> {
    if tag == CLICK.get() {
        Ok(Variant::Click)
    } else if tag == KEY.get() {
        Ok(Variant::Key)
    } else if tag == SCROLL.get() {
        Ok(Variant::Scroll)
    } else {
        // SAFETY: the caller gives a live object and is attached.
        unsafe { of_text(tag) }
    }
}

#[cold]
#[inline(never)]
unsafe fn of_text(tag: Object) -> Limit<Variant> {
    // SAFETY: the caller gives a live object, which lives as long as its text is used.
    unsafe {
        match <&str>::from_object(tag)? {
            "click" => Ok(Variant::Click),
            "key" => Ok(Variant::Key),
            "scroll" => Ok(Variant::Scroll),
            _ => wrong(TAG, tag),
        }
    }
}

impl FromObject for Event {
    #[inline(always)]
    unsafe fn from_object(object: Object) -> Limit<Event> {
        // SAFETY: the caller's word; nothing changes the dict, as no conversion here runs Python
        // code.
        unsafe {
            let mut items = Items::of(object)?;
            Ok(match variant(items.next_object(&TYPE)?)? {
                Variant::Click => Event::Click {
                    x: items.next(&X)?,
                    y: items.next(&Y)?,
                    button: items.next(&BUTTON)?,
                },
                Variant::Key => Event::Key {
                    code: items.next(&CODE)?,
                    text: items.next(&TEXT)?,
                    repeat: items.next(&REPEAT)?,
                },
                Variant::Scroll => Event::Scroll {
                    page: items.next(&PAGE)?,
                    delta: items.next(&DELTA)?,
                    smooth: items.next(&SMOOTH)?,
                },
            })
        }
    }
}

impl ToObject for Event {
    #[inline(always)]
    unsafe fn to_object(&self) -> Object {
        // SAFETY: the caller is attached; the interned names live for ever; values are new
        // references or NULL.
        unsafe {
            match self {
                Event::Click { x, y, button } => to_dict([
                    (&TYPE, new_reference(CLICK.get())),
                    (&X, x.to_object()),
                    (&Y, y.to_object()),
                    (&BUTTON, button.to_object()),
                ]),
                Event::Key { code, text, repeat } => to_dict([
                    (&TYPE, new_reference(KEY.get())),
                    (&CODE, code.to_object()),
                    (&TEXT, text.to_object()),
                    (&REPEAT, repeat.to_object()),
                ]),
                Event::Scroll { page, delta, smooth } => to_dict([
                    (&TYPE, new_reference(SCROLL.get())),
                    (&PAGE, page.to_object()),
                    (&DELTA, delta.to_object()),
                    (&SMOOTH, smooth.to_object()),
                ]),
            }
        }
    }
}
