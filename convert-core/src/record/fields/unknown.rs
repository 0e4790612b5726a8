//! Keys that no field has: `#[py(deny_unknown)]`.

use convert_ffi::container::Wrong;
use convert_ffi::names::nearest;
use convert_ffi::types::{PyAny, PyString, Source};
use convert_ffi::{Bound, ConversionError, Segment, TypeHint};

use super::Fields;
use crate::record::by_name::keys;
use crate::record::names::Table;

impl<'py> Fields<'_, 'py> {
    /// Refuses keys that neither the fields nor what is flattened among them know; whether there
    /// are none.
    pub fn deny_unknown(&mut self, flattened: &[TypeHint]) -> bool {
        if self.stopped {
            return false;
        }
        let mut told = std::mem::take(&mut *self.wrong);
        told.tell_missing();
        let denied = self.unknown_keys(flattened, &told);
        *self.wrong = told;
        denied.map_err(|error| self.add(error)).is_ok()
    }

    /// An error for each, but for those that were told of with a missing one.
    fn unknown_keys(
        &mut self,
        flattened: &[TypeHint],
        told: &Wrong,
    ) -> Result<(), ConversionError> {
        if flattened.iter().any(|hint| !hint.is_closed()) {
            return Ok(());
        }
        let (table, strings) = (self.table, self.strings);
        let known = |key: &Bound<'py, PyAny>| {
            table.position(strings, key).is_some()
                || !flattened.is_empty() && is_known(flattened, key)
                || !told.is_empty() && is_told_of(told, key)
        };
        let mut wrong = Wrong::default();
        if let Some(dict) = self.dict() {
            // Usually they come in the order of the fields.
            let mut index = 0;
            dict.walk(|key, _| {
                let is_next = strings.get(index).is_some_and(|next| key.is(next.bind(key.py())));
                index += 1;
                if is_next || known(&key) { Ok(()) } else { wrong.add(unknown(table, &key)) }
            })?;
        } else if self.is_read_by_key(Source::ItemOrAttribute)? {
            keys(&self.object)?.walk(|_, key| {
                if known(&key) { Ok(()) } else { wrong.add(unknown(table, &key)) }
            })?;
        }
        wrong.or(())
    }
}

fn is_known(flattened: &[TypeHint], key: &Bound<'_, PyAny>) -> bool {
    let key = key.try_cast::<PyString>().and_then(|key| key.to_cow().ok());
    key.is_some_and(|key| flattened.iter().any(|hint| hint.knows(&key)))
}

/// Whether it was said of a key that it may have been meant for a missing one.
fn is_told_of(told: &Wrong, key: &Bound<'_, PyAny>) -> bool {
    let key = key.try_cast_exact::<PyString>().and_then(|key| key.to_cow().ok());
    key.is_some_and(|key| told.tells_of_key(&key))
}

#[cold]
fn unknown(table: &Table, key: &Bound<'_, PyAny>) -> ConversionError {
    let text = key.try_cast_exact::<PyString>().map(|key| key.to_string_lossy());
    let near = text.and_then(|text| nearest(&text, table.all()));
    let message = match near {
        Some(near) => format!("unknown key; did you mean {near:?}?"),
        None => "unknown key".to_owned(),
    };
    ConversionError::custom(message).inside(Segment::key(key))
}
