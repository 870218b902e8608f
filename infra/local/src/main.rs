//! The command `portico`: a portal on one machine, and what else the command line offers.

use std::process::ExitCode;

use clap::Parser;
use local::options::Options;

fn main() -> ExitCode {
    local::commands::run(&Options::parse())
}
