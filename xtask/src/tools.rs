//! Programs from elsewhere: found on the PATH, or installed at the version pinned here.

use std::path::{Path, PathBuf};

use crate::{
    failure::Failure,
    place,
    program::{Program, on_path},
};

/// Installs Debian packages where that is possible without asking; otherwise says how.
pub(crate) fn apt_install(packages: &[&str], what: &str) -> Result<(), Failure> {
    let by_hand = format!("sudo apt-get update && sudo apt-get install --yes {}", packages.join(" "));
    let missing = || Failure::missing(what, &by_hand);
    if on_path("apt-get").is_none() {
        return Err(Failure::missing(what, format!("install it, on Debian with: {by_hand}")));
    }
    let is_root = Program::new("id").args(["-u"]).read().is_ok_and(|id| id.trim() == "0");
    let may_sudo = !is_root && on_path("sudo").is_some() && Program::new("sudo").args(["-n", "true"]).succeeds();
    let apt = |args: &[&str]| {
        let program = if is_root { Program::new("apt-get") } else { Program::new("sudo").args(["-n", "apt-get"]) };
        program.args(args).env("DEBIAN_FRONTEND", "noninteractive").run()
    };
    if !is_root && !may_sudo {
        return Err(missing());
    }
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(packages);
    // The lists may be old: the versions they name may be gone.
    apt(&["update", "-q"]).and_then(|()| apt(&install)).map_err(|_| missing())
}

/// Makes sure that rustc can build for the browser.
pub(crate) fn wasm_target() -> Result<(), Failure> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = Program::new("rustc").args(["--print", "sysroot"]).within(&place::root()).read()?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    let add = Program::new("rustup").args(["target", "add", TARGET]).within(&place::root());
    add.run().map_err(|_| Failure::missing(format!("the Rust target {TARGET}"), format!("rustup target add {TARGET}")))
}

/// A program that cargo installs.
#[derive(Debug)]
pub(crate) struct CargoTool {
    pub(crate) package: &'static str,
    pub(crate) binary: &'static str,
    pub(crate) version: &'static str,
    /// Whether any version on the PATH will do.
    pub(crate) any_version: bool,
}

/// The test runner of wasm-bindgen: its version is that of the lock file.
pub(crate) const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    binary: "wasm-bindgen-test-runner",
    version: "0.2.130",
    any_version: false,
};

impl CargoTool {
    /// Its path; compiled into the cache when it is neither there nor on the PATH.
    pub(crate) fn find(&self) -> Result<PathBuf, Failure> {
        if let Some(path) = on_path(self.binary)
            && (self.any_version || self.answers_with_version(&path))
        {
            return Ok(path);
        }
        let home = place::cache().join("tools").join(format!("{}-{}", self.package, self.version));
        let path = home.join("bin").join(self.binary);
        if path.is_file() {
            return Ok(path);
        }
        self.install(&home)?;
        Ok(path)
    }

    fn answers_with_version(&self, path: &Path) -> bool {
        let answer = Program::new(path).args(["--version"]).read().unwrap_or_default();
        answer.split_whitespace().any(|word| word == self.version)
    }

    /// These tools run for seconds, so they are compiled quickly rather than well.
    fn install(&self, home: &Path) -> Result<(), Failure> {
        let Self { package, version, .. } = self;
        Program::cargo()
            .args(["install", package, "--version", &format!("={version}"), "--root"])
            .args([home])
            // Beside the other checkouts' tools, which share most dependencies.
            .env("CARGO_TARGET_DIR", place::cache().join("build"))
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .within(&place::root())
            .run()
            .map_err(|_| Failure::missing(*package, format!("cargo install {package} --version {version}")))
    }
}
