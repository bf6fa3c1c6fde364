//! New files: what `init` and `export` make, who may read it, and what is left when they are killed.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::tool::{Tool, ran};

const KILLS: u32 = 16;

#[cfg(unix)]
#[test]
fn only_their_owner_may_read_a_ledger_and_an_export() {
    use std::os::unix::fs::PermissionsExt as _;
    let tool = Tool::new();
    let mode = |name: &str| std::fs::metadata(tool.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(tool.run(&[&"init", &"a.cc"]).code, 0);
    // Not even where everybody could read what is replaced.
    std::fs::set_permissions(tool.write("out", "old"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(tool.run(&[&"export", &"a.cc", &"--format", &"bundle", &"--out", &"out"]).code, 0);
    assert_eq!((mode("a.cc"), mode("out")), (0o600, 0o600));
}

#[test]
fn a_name_that_is_taken_is_refused_with_what_to_do() {
    let tool = Tool::new();
    tool.write("a.cc", "mine");
    let refused = tool.run(&[&"init", &"a.cc"]);
    assert!(refused.code == 7 && refused.errors.contains("choose another name"), "{refused:?}");
    assert_eq!(std::fs::read_to_string(tool.path("a.cc")).unwrap(), "mine");
    assert_eq!(std::fs::read_dir(tool.folder.path()).unwrap().count(), 1);
}

#[test]
fn a_passphrase_that_is_too_short_leaves_nothing_behind() {
    let tool = Tool::new();
    let mut process = tool.process(&[&"init", &"a.cc"]);
    process.env("CHARTCHAIN_PASSPHRASE", "short");
    assert_eq!(ran(process).code, 2);
    assert_eq!(std::fs::read_dir(tool.folder.path()).unwrap().count(), 0);
}

#[test]
fn an_init_that_is_killed_at_any_moment_can_be_done_again() {
    let tool = Tool::new();
    let start = Instant::now();
    assert_eq!(tool.run(&[&"init", &"calm.cc"]).code, 0);
    let whole = start.elapsed();
    let (mut begun, mut finished) = (0, 0);
    for number in 0..KILLS {
        let mut child = tool.process(&[&"init", &"a.cc"]).stdout(Stdio::null()).spawn().unwrap();
        // Most of the time goes into the passphrase, before anything of the person is written: look closer at the end.
        std::thread::sleep(if number % 2 == 0 {
            whole.mul_f64(f64::from(number) / f64::from(KILLS))
        } else {
            whole.mul_f64(0.8 + f64::from(number) / 40.0) + Duration::from_millis(number.into())
        });
        child.kill().unwrap();
        child.wait().unwrap();
        let files: Vec<_> = std::fs::read_dir(tool.folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        begun += u32::from(files.iter().any(|file| file.to_string_lossy().contains(".new-")));
        if tool.path("a.cc").exists() {
            finished += 1;
        } else {
            let again = tool.run(&[&"init", &"a.cc"]);
            assert_eq!(again.code, 0, "kill {number}: {again:?}");
        }
        let list = tool.run(&[&"list", &"a.cc"]);
        assert_eq!(list.code, 0, "kill {number}: {list:?}");
        for file in files.iter().filter(|file| !file.ends_with("calm.cc")) {
            std::fs::remove_file(file).unwrap();
        }
        let _ = std::fs::remove_file(tool.path("a.cc"));
    }
    println!("an init takes {whole:?}; {begun} killed in the middle, {finished} too late");
    assert!(begun > 0, "no kill met an init that was under way");
}

/// `script` gives the program a terminal and types what it reads.
#[cfg(target_os = "linux")]
fn at_a_terminal(tool: &Tool, typed: &str) -> (bool, String) {
    use std::io::Write as _;
    let command = format!("{} init a.cc", env!("CARGO_BIN_EXE_chartchain"));
    let mut script = std::process::Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .current_dir(tool.folder.path())
        .env_remove("CHARTCHAIN_PASSPHRASE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    script.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = script.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn a_new_passphrase_is_typed_twice_at_a_terminal() {
    let tool = Tool::new();
    let (done, said) = at_a_terminal(&tool, "copper heron seven lamps\ncopper heron seven lambs\n");
    assert!(!done && said.contains("passphrases differ"), "{said}");
    assert_eq!(std::fs::read_dir(tool.folder.path()).unwrap().count(), 0);

    let (done, said) = at_a_terminal(&tool, "copper heron seven lamps\ncopper heron seven lamps\n");
    assert!(done && said.contains("is ready"), "{said}");
    let mut list = tool.process(&[&"list", &"a.cc"]);
    list.env("CHARTCHAIN_PASSPHRASE", "copper heron seven lamps");
    assert_eq!(ran(list).code, 0);
}
