//! Programs that show the library at work; see the examples of this package.

#![forbid(unsafe_code)]
