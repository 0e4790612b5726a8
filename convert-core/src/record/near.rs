//! Keys of a dict that may have been meant for fields that are missing.

use convert_ffi::ConversionError;
use convert_ffi::names::{Name, Nearest};
use convert_ffi::types::PyString;

use super::Fields;

impl Fields<'_, '_> {
    /// Adds to what is wrong with each missing field the key that may have been meant for it.
    pub(super) fn name_near_keys(&mut self) {
        if let Err(error) = std::mem::take(&mut *self.wrong).or(()) {
            *self.wrong = self.with_near_keys(error).into();
        }
    }

    /// The same for one error.
    #[cold]
    #[inline(never)]
    pub(super) fn with_near_keys(&self, error: ConversionError) -> ConversionError {
        if self.dict().is_none_or(|dict| dict.is_empty()) {
            return error;
        }
        let names = self.table.texts;
        let missing = error.missing_fields(names);
        if missing.is_empty() {
            return error;
        }
        error.beside_fields(names, self.near_keys(&missing))
    }

    /// For each of these fields, the key that no field has and whose name is the nearest.
    fn near_keys(&self, missing: &[usize]) -> Vec<(usize, String)> {
        let Some(dict) = self.dict() else { return Vec::new() };
        let mut next = self.strings.iter();
        let mut names = None;
        let walked = dict.walk_unless_quiet(true, |key, _| {
            // Usually the keys that are known are the very strings, in the order of the fields.
            if next.as_slice().first().is_some_and(|name| key.is(name.bind(key.py()))) {
                next.next();
                return Ok(());
            }
            let (known, nearest) = names.get_or_insert_with(|| {
                let known: Vec<_> = self.table.all().map(Name::new).collect();
                let nearest = missing.iter().map(|index| Nearest::to(known[*index])).collect();
                (known, nearest)
            });
            let text = key.try_cast_exact::<PyString>().map(|key| key.to_cow()).transpose()?;
            let name = text.as_deref().map(Name::new);
            if let Some(name) = name.filter(|name| !known.contains(name)) {
                let nearest: &mut Vec<Nearest<'_>> = nearest;
                nearest.iter_mut().for_each(|nearest| nearest.offer(name));
            }
            Ok::<_, ConversionError>(())
        });
        // Of no interest here.
        drop(walked);
        let (_, nearest) = names.unwrap_or_default();
        let found = missing.iter().copied().zip(nearest.into_iter().map(Nearest::found));
        found.filter_map(|(index, found)| Some((index, found?))).collect()
    }
}
