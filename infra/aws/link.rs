//! The build script of every function: leaves out of what is deployed the tables by which panics unwind.
//!
//! Nothing unwinds there (`panic = "abort"`), but the compiler writes them all the same, and so does the standard library,
//! which comes built: a twelfth of a function's size. `deployed.ld` says so to whichever linker there is.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a build script is told by its environment, and speaks by printing"
)]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=../../infra/aws/deployed.ld");
    let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    // What the profile says of panics is not told here: `release`, and what inherits from it, is what aborts.
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        let here = env::var("CARGO_MANIFEST_DIR").expect("cargo says where the crate is");
        println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
        println!("cargo::rustc-link-arg-bins=-T{here}/../../infra/aws/deployed.ld");
    }
}
