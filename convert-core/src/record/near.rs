//! Keys of a dict that may have been meant for fields that are missing.

use convert_ffi::names::{Name, Nearest};
use convert_ffi::types::{PyDict, PyString};
use convert_ffi::{Bound, ConversionError};

use super::names::Table;

/// For each of these fields, the key that no field has and whose name is the nearest.
pub(super) fn near_keys(
    table: &Table,
    dict: &Bound<'_, PyDict>,
    missing: &[usize],
) -> Vec<(usize, String)> {
    let known: Vec<_> = table.all().map(Name::new).collect();
    let mut nearest: Vec<_> = missing.iter().map(|index| Nearest::to(known[*index])).collect();
    let walked = dict.walk_unless_quiet(true, |key, _| {
        let text = key.try_cast_exact::<PyString>().and_then(|key| key.to_cow().ok());
        let name = text.as_deref().map(Name::new);
        if let Some(name) = name.filter(|name| !known.contains(name)) {
            nearest.iter_mut().for_each(|nearest| nearest.offer(name));
        }
        Ok::<_, ConversionError>(())
    });
    // Of no interest here.
    drop(walked);
    let found = missing.iter().copied().zip(nearest.into_iter().map(Nearest::found));
    found.filter_map(|(index, found)| Some((index, found?))).collect()
}
