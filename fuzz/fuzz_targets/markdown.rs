#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| banshi_fuzz::markdown(input));
