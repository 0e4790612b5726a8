//! Against the stable ABI there is no limit: what it reads directly is hidden there.

/// Every type, as nothing is made.
pub trait FromObject {}
impl<T> FromObject for T {}

/// Every type, as nothing is made.
pub trait ToObject {}
impl<T> ToObject for T {}
