//! The project's own files, for the tests that read them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The project's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the root").to_owned()
}

/// The text of one file, named from the root.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|cause| panic!("{name}: {cause}"))
}

/// All files with this ending below these folders, named from the root, in order.
#[must_use]
pub fn files(folders: &[&str], ending: &str) -> Vec<String> {
    let root = root();
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                if name != "node_modules" && name != "target" && !name.to_string_lossy().starts_with('.') {
                    folders.push(path);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                let path = path.strip_prefix(&root).expect("below the root");
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// The comment and attributes above an integration test, by its name `file::test`; `None` if there is no such test.
#[must_use]
pub fn comment_of_test(name: &str) -> Option<String> {
    let (file, function) = name.rsplit_once("::")?;
    let source =
        std::fs::read_to_string(root().join("tests/it").join(file.replace("::", "/")).with_extension("rs")).ok()?;
    let at = source.find(&format!("fn {function}()"))?;
    let above: Vec<_> =
        source[..at].lines().rev().take_while(|line| !line.is_empty() && !line.starts_with('}')).collect();
    let comment: Vec<_> = above.into_iter().rev().collect();
    comment.iter().any(|line| line.contains("test]")).then(|| comment.join("\n"))
}

/// What a cargo command prints; it may not reach for the network.
///
/// # Panics
/// If it fails.
#[must_use]
pub fn cargo(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO")).args(arguments).arg("--offline").current_dir(root()).output().expect("cargo");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}
