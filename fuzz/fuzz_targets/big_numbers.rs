//! See `convert_fuzz::big_numbers`.
#![no_main]
libfuzzer_sys::fuzz_target!(init: convert_fuzz::start(), |data: &[u8]| convert_fuzz::big_numbers(data));
