//! Where things lie: the checkout, the build's target folder, the cache between checkouts.

use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use crate::{failure::Failure, program::Program};

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The finished app, unless `--dist` says otherwise.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// What may be kept between checkouts: `$CHARTCHAIN_CACHE`, else the user's cache folder.
pub(crate) fn cache() -> PathBuf {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("CHARTCHAIN_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|folder| folder.join("chartchain")))
        .or_else(|| set("HOME").map(|folder| folder.join(".cache/chartchain")))
        .unwrap_or_else(|| root().join("target/cache"))
}

/// What cargo knows of the workspace's own packages.
pub(crate) fn metadata() -> Result<serde_json::Value, Failure> {
    let text = Program::cargo().args(["metadata", "--no-deps", "--format-version", "1"]).within(&root()).read()?;
    serde_json::from_str(&text).map_err(|error| Failure::form("cargo metadata", error.to_string()))
}

/// Cargo's target folder, wherever its settings put it.
pub(crate) fn target() -> Result<PathBuf, Failure> {
    let metadata = metadata()?;
    let folder = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    folder.map(PathBuf::from).ok_or_else(|| Failure::form("cargo metadata", "names no target folder"))
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::files("read", path, error))
}

pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::files("read", path, error))
}

/// Writes a whole file or nothing, so that a server beside us never hands out half of one.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".new-{}", std::process::id()));
    let beside = path.with_file_name(name);
    fs::write(&beside, bytes).map_err(|error| Failure::files("write", &beside, error))?;
    fs::rename(&beside, path).map_err(|error| Failure::files("write", path, error))
}

pub(crate) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure::files("make", path, error))
}

pub(crate) fn remove_folder(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::files("remove", path, error)),
        _ => Ok(()),
    }
}

/// All files under a folder, relative to it, in order of name.
pub(crate) fn files_under(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let entries = fs::read_dir(&next).map_err(|error| Failure::files("list", &next, error))?;
        for entry in entries {
            let path = entry.map_err(|error| Failure::files("list", &next, error))?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                found.push(relative.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Size and time of change, enough to see that cargo wrote a file anew.
pub(crate) fn stamp(path: &Path) -> Result<String, Failure> {
    let about = fs::metadata(path).map_err(|error| Failure::files("read", path, error))?;
    let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Ok(format!("{} bytes, changed at {} ns", about.len(), changed.as_nanos()))
}
