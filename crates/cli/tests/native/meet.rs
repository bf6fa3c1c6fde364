//! Two processes meet over a link, through a relay that is a third one.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command as Process, Stdio};

use chartchain_vault::protocol::Person;
use serde_json::Value;

use crate::tool::{Ran, Tool};

/// A process that runs beside the test, and ends with it.
struct Beside {
    child: Child,
    said: BufReader<ChildStdout>,
    input: ChildStdin,
}

impl Beside {
    fn start(tool: &Tool, arguments: &[&dyn AsRef<OsStr>]) -> Self {
        let mut process = tool.process(arguments);
        process.arg("--json").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = process.spawn().unwrap();
        let (said, input) = (BufReader::new(child.stdout.take().unwrap()), child.stdin.take().unwrap());
        Self { child, said, input }
    }

    /// The next line of its output.
    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| {
            let mut errors = String::new();
            self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
            panic!("{error}: {line:?} {errors}")
        })
    }

    fn text(&mut self, key: &str) -> String {
        let said = self.hear();
        said[key].as_str().unwrap_or_else(|| panic!("no {key} in {said}")).to_owned()
    }

    fn answer(&mut self, text: &str) {
        self.input.write_all(text.as_bytes()).unwrap();
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    fn interrupt(&self) {
        let pid = self.child.id().to_string();
        assert!(Process::new("kill").args(["-INT", &pid]).status().unwrap().success());
    }

    /// What it said until its end.
    fn end(mut self) -> Ran {
        let (mut out, mut errors) = (String::new(), String::new());
        self.said.read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        assert!(!errors.contains("panicked"), "{errors}");
        Ran { code, out, errors }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A relay, and where it is.
fn relay(tool: &Tool) -> (Beside, String) {
    let mut relay = Beside::start(tool, &[&"serve", &"--port", &"0"]);
    let address = relay.text("address");
    (relay, address)
}

fn observations(numbers: core::ops::Range<u32>) -> String {
    let observation = |n: u32| {
        format!(
            r#"{{"resourceType":"Observation","id":"o{n}","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"29463-7","display":"Body weight"}}]}},"effectiveDateTime":"20{:02}-02-03","valueQuantity":{{"value":{}.5,"unit":"kg"}}}}"#,
            n % 90,
            60 + n % 40
        )
    };
    numbers.map(observation).collect::<Vec<_>>().join("\n")
}

fn bring_in(tool: &Tool, ledger: &Path, numbers: core::ops::Range<u32>) {
    let file = tool.write("in.ndjson", observations(numbers));
    let ran = tool.run(&[&"import", &ledger, &file]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

fn ida() -> Person {
    Person { name: Some("Ida Quill".into()), ..Person::default() }
}

/// The recovery words were written down.
fn check_words(tool: &Tool, ledger: &Path) {
    let words = tool.run(&[&"words", &ledger, &"--json"]).json().remove(0);
    let words: Vec<&str> = words["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let mut process = tool.process(&[&"check-words", &ledger]);
    process.env("CHARTCHAIN_WORDS", words.join(" "));
    assert_eq!(crate::tool::ran(process).code, 0);
}

fn assert_same(tool: &Tool, ledgers: [&Path; 2], count: usize) {
    let lists = ledgers.map(|ledger| {
        let verified = tool.run(&[&"verify", &ledger]);
        assert_eq!(verified.code, 0, "{verified:?}");
        let list = tool.run(&[&"list", &ledger, &"--type", &"Observation", &"--json"]).json().remove(0);
        let mut names: Vec<String> =
            list.as_array().unwrap().iter().map(|line| line["entry"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    });
    assert_eq!(lists[0].len(), count);
    assert_eq!(lists[0], lists[1]);
}

#[test]
fn one_lets_the_other_in_over_a_link_and_later_both_bring_each_other_what_is_new() {
    let tool = Tool::new();
    let (_relay, address) = relay(&tool);
    let (one, other) = (tool.ledger("one", ida()), tool.path("other"));
    bring_in(&tool, &one, 0..30);
    check_words(&tool, &one);
    let host: &[&dyn AsRef<OsStr>] =
        &[&"sync", &one, &"--host", &address, &"--let-in", &"patient", &"--name", &"Laptop", &"--number-checked"];
    let mut host = Beside::start(&tool, host);
    let link = host.text("link");
    let guest = tool.run(&[&"sync", &other, &"--link", &link, &"--ask", &"x", &"--number-checked", &"--json"]);
    let host = host.end();
    assert_eq!((guest.code, host.code), (0, 0), "{guest:?} {host:?}");
    let (at_guest, at_host) = (guest.json(), host.json());
    assert_eq!(at_guest[0]["number"], at_host[0]["number"]);
    assert_eq!(at_guest[1]["let_in"], at_host[1]["let_in"]);
    assert!(at_guest[1]["records"][0]["taken"].as_u64() > Some(0), "{at_guest:?}");
    assert_same(&tool, [&one, &other], 30);

    bring_in(&tool, &one, 100..110);
    bring_in(&tool, &other, 200..220);
    let mut host = Beside::start(&tool, &[&"sync", &other, &"--host", &address]);
    let link = host.text("link");
    let guest = tool.run(&[&"sync", &one, &"--link", &link]);
    let host = host.end();
    assert_eq!((guest.code, host.code), (0, 0), "{guest:?} {host:?}");
    assert!(guest.out.contains("both hold the same"), "{}", guest.out);
    assert_same(&tool, [&one, &other], 60);
    by_files(&tool, &one, &other);
    by_letters(&tool, &one, &other, &address);
}

/// And by letters in the mailbox of a host, without both being there at once.
fn by_letters(tool: &Tool, one: &Path, other: &Path, no_mail: &str) {
    let mail = |ledger: &Path, host: &str| tool.run(&[&"mail", &ledger, &"--host", &host, &"--json"]);
    let refused = mail(one, no_mail);
    assert_eq!(refused.code, 9, "{refused:?}");
    assert!(refused.errors.contains("--mail"), "{refused:?}");
    assert_eq!(mail(one, "nowhere").code, 9);

    let folder = tool.path("mail");
    let mut host = Beside::start(tool, &[&"serve", &"--port", &"0", &"--mail", &folder]);
    let address = host.text("address");
    bring_in(tool, one, 500..507);
    bring_in(tool, other, 600..604);
    let said = |ledger: &Path| {
        let ran = mail(ledger, &address);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.json().remove(0)
    };
    assert_eq!(said(one)["left"], 1);
    let met = said(other);
    assert_eq!((&met["came"], &met["refused"], &met["unread"]), (&1.into(), &0.into(), &0.into()), "{met}");
    assert!(met["added"].as_u64() > Some(0), "{met}");
    assert_eq!(said(one)["came"], 1);
    // The answer to the answer, and then nothing more.
    said(other);
    let quiet = said(one);
    assert_eq!((&quiet["left"], &quiet["added"]), (&0.into(), &0.into()), "{quiet}");
    assert_eq!(said(other)["left"], 0);
    let count = 75 + 11;
    assert_same(tool, [one, other], count);
}

/// Without any connection the same goes by files, both ways.
fn by_files(tool: &Tool, one: &Path, other: &Path) {
    bring_in(tool, one, 300..310);
    bring_in(tool, other, 400..405);
    let listed = tool.run(&[&"devices", &one, &"--json"]).json().remove(0);
    assert_eq!(listed.as_array().map(Vec::len), Some(2), "{listed}");
    let founder = listed[0]["feed"].as_str().unwrap().to_owned();
    let file = tool.path("to-laptop.parcel");
    let made = tool.run(&[&"parcel", &one, &"--to", &"Laptop", &"--out", &file]);
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(tool.run(&[&"parcel", &one, &"--to", &"Nobody", &"--out", &file]).code, 5);
    let opened = tool.run(&[&"parcel", &other, &"--in", &file, &"--json"]);
    assert_eq!(opened.code, 0, "{opened:?}");
    assert!(opened.json()[0]["added"].as_u64() > Some(0), "{opened:?}");
    let back = tool.path("back.parcel");
    assert_eq!(tool.run(&[&"parcel", &other, &"--to", &founder[..12].to_owned(), &"--out", &back]).code, 0);
    assert_eq!(tool.run(&[&"parcel", &one, &"--in", &back]).code, 0);
    assert_same(tool, [one, other], 75);
    assert_eq!(tool.run(&[&"parcel", &one, &"--in", &file]).code, 5, "for the other one");
    let wrong = tool.write("no.parcel", "nothing");
    assert_eq!(tool.run(&[&"parcel", &one, &"--in", &wrong]).code, 4);
}

/// More than fits in what is read at once, and than a session has under way.
#[test]
fn a_long_record_comes_whole() {
    let tool = Tool::new();
    let (_relay, address) = relay(&tool);
    let one = tool.ledger("one", ida());
    check_words(&tool, &one);
    let notes = (0..2500_u32).map(|n| {
        // Text that cannot be made small.
        let text: String =
            (0..120_u32).map(|at| format!("{:08x}", (n * 120 + at + 1).wrapping_mul(2_654_435_761))).collect();
        format!(r#"{{"resourceType":"Observation","id":"n{n}","status":"final","code":{{"text":"{text}"}}}}"#)
    });
    let notes: Vec<String> = notes.collect();
    for part in notes.chunks(500) {
        let file = tool.write("notes.ndjson", part.join("\n"));
        assert_eq!(tool.run(&[&"import", &one, &file]).code, 0);
    }
    let mut host =
        Beside::start(&tool, &[&"sync", &one, &"--host", &address, &"--let-in", &"delegate", &"--number-checked"]);
    let link = host.text("link");
    let other = tool.path("other");
    let guest = tool.run(&[&"sync", &other, &"--link", &link, &"--ask", &"x", &"--number-checked"]);
    let host = host.end();
    assert_eq!((guest.code, host.code), (0, 0), "{guest:?} {host:?}");
    assert_same(&tool, [&one, &other], 2500);
}

#[test]
fn a_link_that_was_used_says_so_and_different_numbers_end_it_for_both() {
    let tool = Tool::new();
    let (_relay, address) = relay(&tool);
    let one = tool.ledger("one", ida());
    check_words(&tool, &one);
    let mut host = Beside::start(&tool, &[&"sync", &one, &"--host", &address, &"--let-in", &"witness"]);
    let link = host.text("link");
    let mut guest = Beside::start(&tool, &[&"sync", &"other", &"--link", &link, &"--ask", &"x"]);
    assert_eq!(guest.text("number"), host.text("number"));
    let late = tool.run(&[&"sync", &"third", &"--link", &link, &"--ask", &"x"]);
    assert_eq!(late.code, 9);
    assert!(late.errors.contains("used by another device"), "{}", late.errors);
    assert!(!tool.path("third").exists());
    host.answer("perhaps\nno\n");
    for side in [host.end(), guest.end()] {
        assert_eq!(side.code, 9);
        assert!(side.errors.contains("numbers differ"), "{side:?}");
    }
    assert!(!tool.path("other").exists());
}

#[test]
fn two_that_have_nothing_in_common_are_told_how_to_go_on() {
    let tool = Tool::new();
    let (_relay, address) = relay(&tool);
    let (one, other) = (tool.ledger("one", ida()), tool.ledger("other", ida()));
    let mut host = Beside::start(&tool, &[&"sync", &one, &"--host", &address]);
    let link = host.text("link");
    let guest = tool.run(&[&"sync", &other, &"--link", &link]);
    assert_eq!((guest.code, host.end().code), (9, 9));
    assert!(guest.errors.contains("--let-in"), "{}", guest.errors);
    // Nobody is let in where the recovery words are not written down.
    let early = tool.run(&[&"sync", &one, &"--host", &address, &"--let-in", &"patient"]);
    assert_eq!(early.code, 2);
    assert!(early.errors.contains("check-words"), "{}", early.errors);
}

#[test]
fn a_link_to_nowhere_says_so() {
    let tool = Tool::new();
    let one = tool.ledger("one", ida());
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let nowhere = format!("http://{}/", free.local_addr().unwrap());
    drop(free);
    let ran = tool.run(&[&"sync", &one, &"--host", &nowhere]);
    assert_eq!(ran.code, 9);
    assert!(ran.errors.contains("cannot be reached"), "{}", ran.errors);

    let (_relay, address) = relay(&tool);
    let mut host = Beside::start(&tool, &[&"sync", &one, &"--host", &address]);
    let link = host.text("link");
    drop(host);
    let ran = tool.run(&[&"sync", &"new", &"--link", &link, &"--ask", &"x", &"--for", &"1"]);
    assert_eq!(ran.code, 9);
    assert!(ran.errors.contains("nobody is at the other end"), "{}", ran.errors);
    assert!(!tool.path("new").exists());

    for (bad, why) in [(&link[..link.len() - 1], "not whole"), ("hello", "no invitation")] {
        let ran = tool.run(&[&"sync", &one, &"--link", &bad]);
        assert_eq!(ran.code, 4);
        assert!(ran.errors.contains(why), "{}", ran.errors);
    }
    assert_eq!(tool.run(&[&"sync", &one]).code, 2);
}

#[test]
fn a_host_without_rooms_is_told_from_one_that_is_not_there() {
    let tool = Tool::new();
    let one = tool.ledger("one", ida());
    let other_host = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", other_host.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = other_host.accept().unwrap();
        let mut request = BufReader::new(stream.try_clone().unwrap()).lines();
        while request.next().is_some_and(|line| !line.unwrap().is_empty()) {}
        stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").unwrap();
        // And one that was to speak TLS.
        let (mut stream, _) = other_host.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let ran = tool.run(&[&"sync", &one, &"--host", &address]);
    assert_eq!(ran.code, 9);
    assert!(ran.errors.contains("has no rooms"), "{}", ran.errors);
    let ran = tool.run(&[&"sync", &one, &"--host", &address.replace("http", "https")]);
    answering.join().unwrap();
    assert_eq!(ran.code, 9);
    assert!(ran.errors.contains("cannot be reached"), "{}", ran.errors);
}

#[cfg(unix)]
#[test]
fn a_host_serves_the_app_rooms_and_mail_until_it_is_told_to_end() {
    let tool = Tool::new();
    let dist = tool.path("app");
    assert_eq!(tool.run(&[&"serve", &"--port", &"0", &"--dist", &dist]).code, 4);
    std::fs::create_dir(&dist).unwrap();
    std::fs::write(dist.join("index.html"), "<h1>there</h1>").unwrap();
    let mut host = Beside::start(&tool, &[&"serve", &"--port", &"0", &"--dist", &dist, &"--mail", &"mail"]);
    let told = host.hear();
    assert_eq!([&told["app"], &told["mail"], &told["public"]], [true, true, false]);
    let address = told["address"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/');
    for (path, part) in [("/", "<h1>there</h1>"), ("/v0/relay", r#""mail":true"#)] {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains(part), "{answer}");
    }
    // Ctrl-C also ends whoever waits there, and leaves nothing half-made.
    let one = tool.ledger("one", ida());
    let mut waiting = Beside::start(&tool, &[&"sync", &one, &"--host", &format!("http://{address}")]);
    waiting.text("link");
    waiting.interrupt();
    let waited = waiting.end();
    assert_eq!(waited.code, 9);
    assert!(waited.errors.contains("what came is kept"), "{}", waited.errors);
    host.interrupt();
    let ended = host.end();
    assert_eq!((ended.code, ended.errors.as_str()), (0, ""));
    assert_eq!(tool.run(&[&"verify", &one]).code, 0);
}
