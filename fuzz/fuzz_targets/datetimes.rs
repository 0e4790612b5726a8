//! See `convert_fuzz::datetimes`.
#![no_main]
libfuzzer_sys::fuzz_target!(init: convert_fuzz::start(), |data: &[u8]| convert_fuzz::datetimes(data));
