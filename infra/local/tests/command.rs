//! The command `portico` as a person runs it: what it prints, what it refuses, and what is there the next time.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test that meets the unexpected fails, and its name says what it tests"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder of the test's own, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("portico-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn portico() -> Command {
    Command::new(env!("CARGO_BIN_EXE_portico"))
}

/// A portal that runs in a process of its own.
struct Running {
    process: Child,
    port: u16,
    greeting: String,
}

impl Running {
    fn start(data: &Path, options: &[&str]) -> Self {
        let mut process =
            portico().args(["--port", "0", "--data"]).arg(data).args(options).stdout(Stdio::piped()).spawn().unwrap();
        let mut greeting = String::new();
        for line in BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok).take(9) {
            greeting.push_str(&line);
            greeting.push('\n');
            if line.contains("Sign in") || line.contains("Nobody is here") {
                break;
            }
        }
        let port = greeting
            .split("http://localhost:")
            .nth(1)
            .and_then(|rest| rest.lines().next())
            .and_then(|port| port.parse().ok());
        Self { process, port: port.unwrap_or_else(|| panic!("no address in: {greeting}")), greeting }
    }

    fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"))
    }

    fn sign_in(&self, name: &str) -> String {
        self.sign_in_with(name, local::sample::PASSWORD, "")
    }

    fn sign_in_with(&self, name: &str, password: &str, new: &str) -> String {
        let body = format!("{{\"name\":\"{name}\",\"password\":\"{password}\",\"new_password\":\"{new}\"}}");
        self.send(&format!(
            "POST /api/session HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        String::from_utf8_lossy(&reply).into_owned()
    }

    /// Asks it to stop, as a service manager does, and waits until it has.
    fn stop(mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap().code()
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Status 1, nothing on standard output, one line on standard error.
fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(output.stdout.is_empty());
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

/// R905
#[test]
fn it_starts_with_the_sample_vendor_and_keeps_everything_over_a_restart() {
    let folder = Folder::new("restart");
    let data = folder.path("data");
    let first = Running::start(&data, &[]);
    assert!(first.greeting.contains("/mailbox"), "{}", first.greeting);
    for sign_in in local::sample::SIGN_INS {
        assert!(first.sign_in(sign_in.name).starts_with("HTTP/1.1 200"), "{}", sign_in.name);
    }
    for person in local::sample::STAFF {
        let staff = first.sign_in(person.name);
        assert!(staff.contains("\"standing\":\"second_factor_missing\""), "{staff}");
    }
    assert!(first.get("/sign-in").starts_with("HTTP/1.1 200"));
    assert!(first.get("/mailbox").starts_with("HTTP/1.1 200"));
    let me = first.sign_in(local::sample::SIGN_INS[0].name);
    let user = me.split("\"id\":\"usr_").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(first.stop(), Some(0));

    let second = Running::start(&data, &[]);
    assert!(second.sign_in(local::sample::SIGN_INS[0].name).contains(&user), "the same person");
    second.kill();
    let third = Running::start(&data, &[]);
    assert!(third.sign_in(local::sample::SIGN_INS[0].name).contains(&user), "also after being killed");
    third.kill();
}

#[test]
fn it_can_be_empty() {
    let folder = Folder::new("empty");
    let portal = Running::start(&folder.path("data"), &["--empty"]);
    assert!(portal.greeting.contains("Nobody is here yet"), "{}", portal.greeting);
    assert!(portal.sign_in(local::sample::SIGN_INS[0].name).starts_with("HTTP/1.1 401"));
    portal.kill();
}

#[test]
fn what_it_cannot_do_it_says_in_one_line() {
    let folder = Folder::new("refusals");
    let data = folder.path("data");
    let portal = Running::start(&data, &["--empty"]);
    let in_use = refused(&portico().args(["--port", "0", "--data"]).arg(&data).output().unwrap());
    assert!(in_use.contains("is in use by another Portico"), "{in_use}");
    let importing = refused(&portico().arg("import").arg(&folder.0).arg("--data").arg(&data).output().unwrap());
    assert!(importing.contains("holds none of products.csv"), "{importing}");
    portal.kill();

    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = refused(&portico().args(["--ephemeral", "--empty", "--port", &port]).output().unwrap());
    assert!(said.contains(&format!("port {port} is taken by another program")), "{said}");

    fs::write(data.join("portico.json"), r#"{"form":99,"vendor":"leased"}"#).unwrap();
    let said = refused(&portico().args(["--port", "0", "--data"]).arg(&data).output().unwrap());
    assert!(said.contains("was written by a newer Portico"), "{said}");

    let file = folder.path("a-file");
    fs::write(&file, "").unwrap();
    let said = refused(&portico().args(["--port", "0", "--data"]).arg(&file).output().unwrap());
    assert!(said.contains("cannot be made"), "{said}");
}

/// R701, R702
#[test]
fn the_first_staff_person_comes_from_the_command_line() {
    let folder = Folder::new("staff");
    let data = folder.path("data");
    let staff = |arguments: &[&str]| {
        let mut command = portico();
        command.arg("staff").args(arguments).arg("--data").arg(&data);
        command.output().unwrap()
    };
    let nina = "nina@vendor.example";
    assert!(refused(&staff(&["remove", nina])).contains("holds no portal"));
    assert!(refused(&staff(&["add", nina])).contains("add --first-name and --last-name"));
    assert!(refused(&staff(&["add", "nina"])).contains("\"nina\" is not an e-mail address"));
    assert!(!data.exists(), "what is refused makes no portal");
    let whole = ["add", nina, "--first-name", "Nina", "--last-name", "North", "--role"];
    assert!(
        refused(&staff(&[&whole[..], &["boss"]].concat())).contains("--role \"boss\" is not one of support, admin")
    );

    let said = staff(&[&whole[..], &["admin"]].concat());
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("nina@vendor.example is staff now (admin)"), "{said}");
    let initial = said.split("shown this once:").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    let portal = Running::start(&data, &[]);
    assert!(portal.sign_in_with(nina, initial, "").contains("new_password_needed"));
    let me = portal.sign_in_with(nina, initial, "four quiet herons wade");
    assert!(me.contains("\"staff\":\"admin\"") && me.contains("second_factor_missing"), "{me}");
    assert!(refused(&staff(&["remove", nina])).contains("in use by another Portico"));
    portal.kill();

    let again = staff(&["add", nina, "--role", "support"]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("has a login already"));
    assert!(staff(&["remove", nina]).status.success());
    assert!(refused(&staff(&["remove", nina])).contains("is not staff"));
    assert!(refused(&staff(&["remove", "nobody@vendor.example"])).contains("nobody signs in as"));
}

/// R701
#[test]
fn an_import_that_is_killed_is_finished_by_the_next() {
    let folder = Folder::new("import");
    let (files, data) = (folder.path("files"), folder.path("data"));
    fs::create_dir_all(&files).unwrap();
    let mut customers = "number,name,kind,language,time_zone,status\n".to_owned();
    let mut people = "customer,email,first_name,last_name,language,role\n".to_owned();
    for customer in 1000..1400 {
        customers.push_str(&format!("C{customer},Company {customer},customer,en,Europe/London,active\n"));
        people.push_str(&format!("C{customer},owner{customer}@company.example,Ada,Ott,en,owner\n"));
    }
    fs::write(files.join("customers.csv"), customers).unwrap();
    fs::write(files.join("people.csv"), people).unwrap();
    let import = || {
        let mut command = portico();
        command.arg("import").arg(&files).arg("--data").arg(&data);
        command
    };
    let dry = import().arg("--dry-run").output().unwrap();
    assert!(dry.status.success() && !data.exists(), "a dry run makes no portal");

    let mut killed = import().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // Killed in the middle of writing: the log of the database has begun to grow.
    while fs::metadata(data.join("rows.sqlite-wal")).map_or(0, |log| log.len()) < 1 << 20 {
        assert!(killed.try_wait().unwrap().is_none(), "it was faster than this test");
        std::thread::yield_now();
    }
    killed.kill().unwrap();
    killed.wait().unwrap();

    let counts = |output: &Output| -> Vec<String> {
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = said.lines().find(|line| line.starts_with("customers")).unwrap_or_else(|| panic!("{said}"));
        line.split_whitespace().skip(1).map(str::to_owned).collect()
    };
    let rest = counts(&import().output().unwrap());
    assert_ne!(rest, ["400", "0", "0"], "something was written before");
    assert_ne!(rest, ["0", "0", "400"], "something was left to write");
    assert_eq!(counts(&import().output().unwrap()), ["0", "0", "400"]);
}
