//! `cargo xtask test`: every check there is, in the order in which they fail fastest.

use std::{fs::File, path::PathBuf};

use crate::{
    app::{self, Wanted},
    arguments::Arguments,
    browsers::{self, Browsers},
    failure::Failure,
    npm, place,
    program::{Program, on_path},
    stage::Stages,
    tools::{self, CargoTool},
};

const WASM: &str = "wasm32-unknown-unknown";

/// Packages that are part of the app and so must compile for the browser.
const IN_THE_BROWSER: [&str; 10] =
    ["ledger", "keys", "store", "fhir", "chart", "sync", "link", "vault", "synth", "web"];

const DENY: CargoTool = CargoTool { package: "cargo-deny", binary: "cargo-deny", version: "0.20.2", any_version: true };

type Stage = fn(&mut Stages) -> Result<(), Failure>;

const STAGES: [(&str, Stage); 11] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("clippy-wasm", clippy_wasm),
    ("deny", deny),
    ("native", native),
    ("doc", doc),
    ("wasm-chromium", wasm_chromium),
    ("wasm-firefox", wasm_firefox),
    ("browsers", browsers),
    ("webkit", webkit),
    ("fhir", fhir),
];

/// Runs the stages named by `--only`, or all; stops at the first that fails.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let only = arguments.values("--only")?;
    arguments.end()?;
    let names = STAGES.map(|(name, _)| name);
    if let Some(unknown) = only.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(Failure::Usage(format!("there is no stage {unknown}; there are {}", names.join(", "))));
    }
    let mut stages = Stages::default();
    let wanted = STAGES.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|only| only == name));
    let result = wanted.into_iter().try_for_each(|(name, work)| stages.run(name, work));
    println!("{}", stages.summary());
    result
}

fn fmt(_: &mut Stages) -> Result<(), Failure> {
    Program::cargo().args(["fmt", "--all", "--check"]).within(&place::root()).run()
}

fn clippy(_: &mut Stages) -> Result<(), Failure> {
    let clippy = Program::cargo().args(["clippy", "--workspace", "--all-targets"]);
    clippy.args(["--", "--deny", "warnings"]).within(&place::root()).run()
}

fn clippy_wasm(_: &mut Stages) -> Result<(), Failure> {
    tools::wasm_target()?;
    let packages = IN_THE_BROWSER.map(|name| format!("--package=chartchain-{name}"));
    let clippy = || Program::cargo().args(["clippy", "--target", WASM]);
    clippy().args(packages).args(["--", "--deny", "warnings"]).within(&place::root()).run()?;
    // As it ships, in parts.
    let web = clippy().args(["--package=chartchain-web", "--features", "split"]);
    web.args(["--", "--deny", "warnings"]).within(&place::root()).run()
}

fn deny(stages: &mut Stages) -> Result<(), Failure> {
    let program = stages.run("cargo-deny", |_| DENY.find())?;
    let deny = |args: &[&str]| Program::new(&program).args(["--workspace"]).args(args).within(&place::root());
    deny(&["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]).run()?;
    if deny(&["fetch", "db"]).succeeds() {
        deny(&["check", "advisories"]).run()
    } else {
        println!("advisories were NOT checked: the advisory database cannot be fetched from here");
        Ok(())
    }
}

fn native(_: &mut Stages) -> Result<(), Failure> {
    // The browser tests have a stage of their own.
    let program = if on_path("cargo-nextest").is_some() {
        Program::cargo().args(["nextest", "run", "--workspace", "--no-fail-fast"]).args(["-E", "not binary(e2e)"])
    } else {
        Program::cargo().args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"])
    };
    program.within(&place::root()).run()
}

fn doc(_: &mut Stages) -> Result<(), Failure> {
    Program::cargo().args(["test", "--workspace", "--doc", "--quiet"]).within(&place::root()).run()
}

fn wasm_chromium(stages: &mut Stages) -> Result<(), Failure> {
    wasm_tests(stages, |browsers| ("CHROMEDRIVER", browsers.chromedriver.clone()))
}

fn wasm_firefox(stages: &mut Stages) -> Result<(), Failure> {
    wasm_tests(stages, |browsers| ("GECKODRIVER", browsers.geckodriver.clone()))
}

/// Runs the tests of every package that has `wasm-bindgen-test` among its development dependencies.
fn wasm_tests(stages: &mut Stages, driver: fn(&Browsers) -> (&'static str, PathBuf)) -> Result<(), Failure> {
    let packages = packages_with_wasm_tests()?;
    if packages.is_empty() {
        return Err(Failure::form("Cargo.toml", "no package has tests for the browser (wasm-bindgen-test)"));
    }
    tools::wasm_target()?;
    let browsers = stages.run("browsers and drivers", |_| Browsers::find())?;
    let runner = stages.run("wasm-bindgen-test-runner", |_| tools::WASM_BINDGEN.find())?;
    let (variable, driver) = driver(&browsers);
    for package in packages {
        stages.run(&package, |_| {
            Program::cargo()
                .args(["test", "--target", WASM, "--lib", "--tests", "--package", &package])
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
                .env("WASM_BINDGEN_USE_BROWSER", "1")
                .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
                .env(variable, &driver)
                .within(&place::root())
                .run()
        })?;
    }
    Ok(())
}

fn packages_with_wasm_tests() -> Result<Vec<String>, Failure> {
    let metadata = place::metadata()?;
    let list = |value: &serde_json::Value, name: &str| value.get(name).and_then(|list| list.as_array().cloned());
    let text =
        |value: &serde_json::Value, name: &str| value.get(name).and_then(|text| text.as_str().map(str::to_owned));
    let packages = list(&metadata, "packages").unwrap_or_default();
    let tested = packages.iter().filter(|package| {
        list(package, "dependencies").unwrap_or_default().iter().any(|needed| {
            text(needed, "name").as_deref() == Some("wasm-bindgen-test")
                && text(needed, "kind").as_deref() == Some("dev")
        })
    });
    Ok(tested.filter_map(|package| text(package, "name")).collect())
}

fn build_app(stages: &mut Stages) -> Result<(), Failure> {
    app::build(&Wanted { release: false, kept: false, dist: place::dist() }, stages)
}

fn browsers(stages: &mut Stages) -> Result<(), Failure> {
    stages.run("app", build_app)?;
    let browsers = stages.run("browsers and drivers", |_| Browsers::find())?;
    let test = Program::cargo().args(["test", "--package", "chartchain-tests", "--test", "e2e"]);
    let test = browsers.environment().into_iter().fold(test, |test, (name, value)| test.env(name, value));
    let test = test.args(["--", "--skip", IN_WEBKIT]);
    test.env("CHARTCHAIN_DIST", place::dist()).within(&place::root()).run()
}

/// Kills the browser in mid-write so many times.
pub(crate) fn browser_kills(times: &str) -> Result<(), Failure> {
    build_app(&mut Stages::default())?;
    let test = Program::cargo().args(["test", "--package", "chartchain-tests", "--test", "e2e", "--", "kill"]);
    let environment = Browsers::find()?.environment();
    let test = environment.into_iter().fold(test, |test, (name, value)| test.env(name, value));
    test.env("CHARTCHAIN_DIST", place::dist()).env("CHARTCHAIN_KILLS", times).within(&place::root()).run()
}

/// How the names of tests end that need the third engine.
const IN_WEBKIT: &str = "in_webkit";

fn webkit(stages: &mut Stages) -> Result<(), Failure> {
    stages.run("app", build_app)?;
    let environment = stages.run("WebKit, its driver and a screen", |_| browsers::webkit_environment())?;
    let test = Program::cargo().args(["test", "--package", "chartchain-tests", "--test", "e2e", "--", IN_WEBKIT]);
    let test = environment.into_iter().fold(test, |test, (name, value)| test.env(name, value));
    test.env("CHARTCHAIN_DIST", place::dist()).within(&place::root()).run()
}

/// A second opinion on the made-up people, by a validator from npm.
fn fhir(stages: &mut Stages) -> Result<(), Failure> {
    let folder = place::root().join("tests/fhir-validator");
    let modules = stages.run("validator", |_| npm::home(&folder))?;
    // Node looks for packages beside the script.
    let script = modules.join("check.mjs");
    place::write(&script, place::read(&folder.join("check.mjs"))?)?;
    let people = place::target()?.join("made-up-people.ndjson");
    let failed = |error| Failure::files("write", &people, error);
    stages.run("made-up people", |_| {
        let print = Program::cargo().args(["run", "--quiet", "--package", "chartchain-synth", "--example", "print"]);
        let print = print.args(["--", "1..31", "--demo", "--ndjson"]).within(&place::root());
        print.writing(File::create(&people).map_err(failed)?).run()
    })?;
    stages.run("check", |_| Program::new("node").args([&script]).reading(File::open(&people).map_err(failed)?).run())
}
