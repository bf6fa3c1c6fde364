//! npm packages, at the versions of the lock files under `xtask/npm`, installed once into the cache.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use crate::{
    failure::Failure,
    place,
    program::{Program, on_path},
    tools,
};

/// The `node_modules` folder of one of our sets of packages (a folder with `package.json` and its lock).
pub(crate) fn modules(set: &Path) -> Result<PathBuf, Failure> {
    Ok(home(set)?.join("node_modules"))
}

/// The folder that holds `node_modules`.
pub(crate) fn home(set: &Path) -> Result<PathBuf, Failure> {
    let lock = place::read(&set.join("package-lock.json"))?;
    let mut hasher = DefaultHasher::new();
    lock.hash(&mut hasher);
    let name = set.file_name().unwrap_or_default().to_string_lossy();
    let home = place::cache().join("npm").join(format!("{name}-{:016x}", hasher.finish()));
    if !home.join("node_modules").is_dir() {
        install(set, &home)?;
    }
    Ok(home)
}

/// Installs beside the final place and moves there, so that an interrupted install is not taken for a whole one.
fn install(set: &Path, home: &Path) -> Result<(), Failure> {
    if on_path("npm").is_none() {
        tools::apt_install(&["nodejs", "npm"], "npm, the package manager of Node")?;
    }
    let fresh = home.with_extension(format!("new-{}", std::process::id()));
    place::remove_folder(&fresh)?;
    for file in ["package.json", "package-lock.json"] {
        place::write(&fresh.join(file), place::read(&set.join(file))?)?;
    }
    Program::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .within(&fresh)
        .run()?;
    place::remove_folder(home)?;
    fs::rename(&fresh, home).map_err(|error| Failure::files("make", home, error))
}
