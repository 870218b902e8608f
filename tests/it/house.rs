//! The house plan, kept: who may import what, how large a file may grow, what a function may link,
//! and what is never left behind.

use std::collections::{BTreeMap, BTreeSet};

use tests::source::{cargo, files, read};

/// All crates of ours that are parts of the portal, and which of ours each may import.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("aws", &[]),
    ("credentials", &["domain"]),
    ("store", &["aws", "domain"]),
    ("mail", &["aws", "domain"]),
    ("files", &["aws", "domain"]),
    ("web", &["aws", "credentials", "domain", "files", "store"]),
    ("sign-up", &["credentials", "domain", "store", "web"]),
    ("session", &["credentials", "domain", "store", "web"]),
    ("reset", &["credentials", "domain", "store", "web"]),
    ("profile", &["credentials", "domain", "store", "web"]),
    ("licenses", &["credentials", "domain", "store", "web"]),
    ("staff", &["credentials", "domain", "store", "web"]),
    ("partner", &["credentials", "domain", "store", "web"]),
    ("team", &["credentials", "domain", "store", "web"]),
    ("dispatch", &["aws", "credentials", "domain", "mail", "store", "web"]),
    ("housekeeping", &["credentials", "domain", "store", "web"]),
];

/// What decides has no way to the outside world: no I/O, no clock, no randomness, no async.
const DOMAIN_MAY_USE: &[&str] =
    &["email_address", "jiff", "serde", "serde_json", "thiserror", "unicode-normalization", "uuid"];

const FUNCTIONS: &[&str] =
    &["sign-up", "session", "reset", "profile", "licenses", "staff", "team", "partner", "dispatch", "housekeeping"];

/// Crate name to what it depends on, tests and build scripts aside.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--no-deps", "--format-version", "1"])).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let normal = |package: &serde_json::Value| {
        let all = package["dependencies"].as_array().unwrap();
        all.iter().filter(|one| one["kind"].is_null()).map(|one| text(&one["name"])).collect()
    };
    packages.iter().map(|package| (text(&package["name"]), normal(package))).collect()
}

#[test]
fn crates_import_only_what_the_plan_allows() {
    let dependencies = dependencies();
    let ours: BTreeSet<_> = dependencies.keys().map(String::as_str).collect();
    let planned: BTreeSet<_> = MAY_IMPORT.iter().map(|(name, _)| *name).chain(["local", "tests"]).collect();
    assert_eq!(ours, planned, "every crate has a row in this table");
    for (name, allowed) in MAY_IMPORT {
        let imported = dependencies[*name].iter().map(String::as_str).filter(|one| ours.contains(one));
        let wrong: Vec<_> = imported.filter(|one| !allowed.contains(one)).collect();
        assert!(wrong.is_empty(), "{name} imports {wrong:?}");
    }
    for function in FUNCTIONS {
        let wrong: Vec<_> = dependencies[*function].iter().filter(|one| one.starts_with("aws-")).collect();
        assert!(wrong.is_empty(), "{function} imports {wrong:?}");
    }
    let wrong: Vec<_> = dependencies["domain"].iter().filter(|one| !DOMAIN_MAY_USE.contains(&one.as_str())).collect();
    assert!(wrong.is_empty(), "domain imports {wrong:?}");
}

#[test]
fn no_file_grows_past_300_lines() {
    let folders = ["functions", "infra", "shared", "site", "tests"];
    let all = [".rs", ".js", ".mjs", ".css"].iter().flat_map(|ending| files(&folders, ending));
    let long: Vec<_> = all.map(|name| (read(&name).lines().count(), name)).filter(|(lines, _)| *lines > 300).collect();
    assert!(long.is_empty(), "look for the second thing hiding in {long:?}");
}

#[test]
fn nothing_is_left_behind_in_the_sources() {
    // Written in two halves, so that this file does not name them itself.
    let marks = [["#[ig", "nore"], ["to", "do!("], ["FIX", "ME"], ["unimple", "mented!("], ["TO", "DO"]]
        .map(|halves| halves.concat());
    let folders = ["functions", "infra", "shared", "site", "tests"];
    let mut found = Vec::new();
    for name in [".rs", ".js", ".mjs", ".css", ".html"].iter().flat_map(|ending| files(&folders, ending)) {
        for (number, line) in read(&name).lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                found.push(format!("{name}:{}: {line}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The lean stack: the other TLS alone would cost sixty times what a start costs.
#[test]
fn each_function_links_one_tls_one_http_and_no_aws_lc() {
    for function in FUNCTIONS {
        let tree = cargo(&["tree", "-e", "normal", "-p", function, "--prefix", "none", "--no-dedupe"]);
        let linked: BTreeSet<(&str, &str)> = tree
            .lines()
            .filter_map(|line| {
                line.split_once(' ').map(|(name, rest)| (name, rest.split(' ').next().unwrap_or_default()))
            })
            .collect();
        let versions =
            |name: &str| linked.iter().filter(|(one, _)| *one == name).map(|(_, version)| *version).collect::<Vec<_>>();
        let aws_lc: Vec<_> = linked.iter().filter(|(name, _)| name.starts_with("aws-lc")).collect();
        assert!(aws_lc.is_empty(), "{function} links {aws_lc:?}");
        for lean in ["rustls", "hyper", "http", "ring", "tokio"] {
            assert!(versions(lean).len() <= 1, "{function} links {lean} {:?}", versions(lean));
        }
        assert!(
            versions("hyper").iter().all(|version| version.starts_with("v1.")),
            "{function}: {:?}",
            versions("hyper")
        );
        for heavy in ["aws-config", "openssl", "native-tls", "regex", "reqwest", "rusqlite", "dynoxide-rs", "zxcvbn"] {
            assert!(versions(heavy).is_empty(), "{function} links {heavy}");
        }
    }
}

#[test]
fn every_function_of_the_api_starts_the_same_way() {
    for function in ["sign-up", "session", "reset", "profile", "licenses", "staff", "team", "partner"] {
        let main = read(&format!("functions/{function}/src/main.rs"));
        let code = main.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count();
        assert!(code <= 8, "functions/{function}/src/main.rs does more than start: {code} lines");
    }
}

/// The row's id stands in a comment right above a test, here, in a crate or in the browser's tests.
#[test]
fn every_requirement_row_is_named_by_a_test() {
    let rows = read("tests/requirements.md");
    let rows: BTreeSet<&str> = rows.lines().filter_map(|line| line.strip_prefix("- ")?.split(' ').next()).collect();
    assert!(rows.len() > 10 && rows.iter().all(|row| row.starts_with('R')), "{rows:?}");
    let mut named = BTreeSet::new();
    let folders = ["tests/it", "tests/browser", "shared", "functions", "infra/local"];
    for name in [".rs", ".mjs", ".js"].iter().flat_map(|ending| files(&folders, ending)) {
        let source = read(&name);
        let mut comment = String::new();
        for line in source.lines().map(str::trim) {
            let is_test = line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            match line {
                // The tests in the browser are one subject a file: its comments are theirs.
                _ if name.ends_with("js") && line.starts_with(['/', '*']) => named.extend(ids(line)),
                _ if line.starts_with("//") => comment.push_str(line),
                _ if is_test => named.extend(ids(&comment)),
                _ if line.starts_with("#[") => {}
                _ => comment.clear(),
            }
        }
    }
    let unproven: Vec<_> = rows.iter().filter(|row| !named.contains(**row)).collect();
    assert!(unproven.is_empty(), "no test names {unproven:?}");
}

/// The requirement ids in a comment.
fn ids(comment: &str) -> Vec<String> {
    let words = comment.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| word.len() == 4 && word.starts_with('R') && word[1..].chars().all(|c| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}
