//! The examples of `functions/licenses/LICENSE-FILE.md`, taken from there and run against files of a real portal.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use tests::portal::TestPortal;
use tests::source::read;

use super::{SERIAL, file};

/// A folder of a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("portico-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// The example in that language, as the document has it: a dozen lines at most.
fn example(language: &str) -> String {
    let document = read("functions/licenses/LICENSE-FILE.md");
    let (_, rest) = document.split_once(&format!("```{language}\n")).unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    assert!(example.lines().count() <= 12, "{language}");
    example.to_owned()
}

/// How each example is run; without Node, or without Python's `cryptography`, there is a warning, and a failure where
/// everything is to be tested.
#[allow(clippy::print_stderr, reason = "a test that leaves something out says so, loudly")]
fn verifiers(folder: &Folder) -> Vec<Vec<String>> {
    let mut verifiers = Vec::new();
    let node = vec!["node".to_owned(), folder.write("verify.mjs", example("js"))];
    let python = vec!["python3".to_owned(), folder.write("verify.py", example("python"))];
    for (command, probe) in [(node, ["--eval", "0"]), (python, ["-c", "import cryptography"])] {
        let there = Command::new(&command[0]).args(probe).output().is_ok_and(|output| output.status.success());
        if there {
            verifiers.push(command);
        } else {
            let wanted = format!("{} cannot verify license files here: tests/run installs what it needs", command[0]);
            assert!(std::env::var_os("CI").is_none(), "{wanted}");
            eprintln!("skipped: {wanted}");
        }
    }
    verifiers
}

/// What a verifier prints, if it accepts.
fn verify(verifier: &[String], keys: &str, file: &str, now: i64) -> Option<String> {
    let mut command = Command::new(&verifier[0]);
    let output = command.args(&verifier[1..]).args([keys, file, &now.to_string()]).output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

async fn keys_and_file(portal: &TestPortal, serial: &str) -> (Vec<u8>, String) {
    let keys = portal.stranger().get("/api/licenses/keys").await.expect(200).bytes.to_vec();
    let file = file(portal, &portal.owner().await, serial).await.expect(200);
    (keys, String::from_utf8(file.bytes.to_vec()).unwrap())
}

/// R406
#[tokio::test]
async fn the_documented_examples_verify_a_file() {
    const SUBSCRIBED: &str = "NLR-3B8C-YY2T-K5RW";
    let (portal, other) = (TestPortal::new().await, TestPortal::new().await);
    let folder = Folder::new("offline");
    let (keys, perpetual) = keys_and_file(&portal, SERIAL).await;
    let (_, subscribed) = keys_and_file(&portal, SUBSCRIBED).await;
    let (others, foreign) = keys_and_file(&other, SERIAL).await;
    assert_ne!(keys, others, "each portal has a pair of its own");
    let (keys, others) = (folder.write("keys.json", keys), folder.write("others.json", others));
    let now = portal.clock.now().as_second();
    // 14 December in London is over.
    let end = "2026-12-15T00:00:00Z".parse::<domain::Timestamp>().unwrap().as_second();
    let start = "2024-02-01T00:00:00Z".parse::<domain::Timestamp>().unwrap().as_second();
    for verifier in verifiers(&folder) {
        let check = |content: &str, keys: &str, now| verify(&verifier, keys, &folder.write("a.license", content), now);
        assert_eq!(check(&perpetual, &keys, now).as_deref(), Some(SERIAL), "{verifier:?}");
        assert_eq!(check(&subscribed, &keys, end - 1).as_deref(), Some(SUBSCRIBED));
        assert_eq!(check(&subscribed, &keys, end), None, "expired");
        assert_eq!(check(&perpetual, &keys, start).as_deref(), Some(SERIAL));
        assert_eq!(check(&perpetual, &keys, start - 1), None, "before it begins");
        assert_eq!(check(&perpetual, &others, now), None, "another portal's key");
        assert_eq!(check(&foreign, &keys, now), None, "another portal's file");
        let parts: Vec<_> = perpetual.split('.').collect();
        let swapped = subscribed.split('.').nth(1).unwrap();
        assert_eq!(check(&[parts[0], swapped, parts[2]].join("."), &keys, now), None, "another payload");
        for place in [4, parts[0].len() + 20, parts[0].len() + parts[1].len() / 2, perpetual.len() - 40] {
            let mut flipped = perpetual.clone().into_bytes();
            flipped[place] = if flipped[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(check(std::str::from_utf8(&flipped).unwrap(), &keys, now), None, "byte {place}");
        }
    }
}

/// R406
#[tokio::test]
async fn a_file_says_what_its_documentation_says() {
    let portal = TestPortal::new().await;
    let (_, file) = keys_and_file(&portal, "NLR-3B8C-YY2T-K5RW").await;
    let parts: Vec<_> = file.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    let header: serde_json::Value = serde_json::from_slice(&parts[0]).unwrap();
    assert_eq!((&header["typ"], &header["alg"]), (&"portico-license+jwt".into(), &"EdDSA".into()));
    let claims: serde_json::Value = serde_json::from_slice(&parts[1]).unwrap();
    assert_eq!(claims["customer"], serde_json::json!({ "number": "C10423", "name": "Acme Engineering" }));
    assert_eq!((&claims["seats"], &claims["ends_on"]), (&5.into(), &"2026-12-14".into()));
    let document = read("functions/licenses/LICENSE-FILE.md");
    for claim in claims.as_object().unwrap().keys() {
        assert!(document.contains(&format!("`{claim}`")), "the document does not know {claim}");
    }
}
