//! The deployment template stays in step with the code: routes with the API, tables with the
//! schema, rights with the calls, headers and path rule with the runner. What no test can see
//! from here is that AWS accepts it; `cfn-lint` says as much as can be said without it.

mod environment;
mod idle;
mod reading;
pub(crate) mod rights;
mod routes;
mod safety;
mod site;
mod tables;

use std::process::Command;

/// The version whose findings count; `tests/run` installs it.
const CFN_LINT: &str = "1.58.0";

#[test]
fn cfn_lint_finds_nothing() {
    let version = Command::new("cfn-lint").arg("--version").output();
    let found = version.as_ref().map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    if !found.as_ref().is_ok_and(|found| found.ends_with(CFN_LINT)) {
        let wanted = format!("cfn-lint {CFN_LINT} is not installed ({found:?}): tests/run installs it");
        assert!(std::env::var_os("CI").is_none(), "{wanted}");
        let line = "!".repeat(wanted.len());
        println!("{line}\n{wanted}\nThe template was NOT linted.\n{line}");
        return;
    }
    let lint = Command::new("cfn-lint").arg(reading::path("infra/aws/template.yaml")).output().unwrap();
    assert!(lint.status.success(), "{}", String::from_utf8_lossy(&lint.stdout));
}
