//! Puts published Merkle vectors, where they are at hand, to where the tests can include them. The product takes
//! nothing from here.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CHARTCHAIN_DATA");
    let data = env::var_os("CHARTCHAIN_DATA").map_or_else(|| Path::new("../../../shared/data").into(), PathBuf::from);
    let merkle = data.join("merkle");
    println!("cargo::rerun-if-changed={}", merkle.display());
    let mut files = Vec::new();
    if merkle.is_dir() {
        collect(&merkle, &mut files)?;
    }
    files.sort();
    let mut cases = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&merkle).unwrap_or(file).to_string_lossy().replace(['"', '\\'], "");
        cases.push(format!("[\"{name}\",{}]", fs::read_to_string(file)?));
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("merkle.json"), format!("[{}]", cases.join(",")))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(())
}
