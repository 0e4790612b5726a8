//! See `convert_fuzz::serde_roundtrip`.
#![no_main]
libfuzzer_sys::fuzz_target!(init: convert_fuzz::start(), |data: &[u8]| {
    convert_fuzz::serde_roundtrip(data)
});
