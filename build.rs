//! How the program is linked.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |key, value| std::env::var(key).is_ok_and(|found| found == value);
    let here = std::env::var("HOST").unwrap_or_default();
    let linux =
        is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("TARGET", &here);
    // GNU ld writes its file, where others map it: the faces, three quarters of it, then lie in memory in large pieces,
    // which the system maps and unmaps sooner. A speech to PDF takes a twelfth less time.
    if linux && is("PROFILE", "release") && Command::new("ld.bfd").arg("--version").output().is_ok() {
        println!("cargo::rustc-link-arg-bins=-fuse-ld=bfd");
    }
}
