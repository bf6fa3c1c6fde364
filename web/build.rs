//! Reads the Fluent catalogues and lists their keys, so that a missing key fails the build.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../static/i18n");
    println!("cargo:rerun-if-changed={}", folder.display());

    let mut languages: Vec<(String, BTreeSet<String>, String)> = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let file = entry?.path().join("app.ftl");
        println!("cargo:rerun-if-changed={}", file.display());
        let language = file.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        let text = fs::read_to_string(&file)?;
        languages.push((language.unwrap_or_default(), keys_of(&text)?, file.display().to_string()));
    }
    languages.sort();

    let (_, keys, _) = languages.iter().find(|(language, ..)| language == "en").ok_or("no English catalogue")?;
    for (language, other, _) in &languages {
        let differing: Vec<&String> = keys.symmetric_difference(other).collect();
        if !differing.is_empty() {
            return Err(format!("catalogue `{language}` differs from `en` in {differing:?}").into());
        }
    }

    let mut out = String::from("pub(crate) const KEYS: &[&str] = &[\n");
    for key in keys {
        writeln!(out, "    {key:?},")?;
    }
    out.push_str("];\npub(crate) const CATALOGUES: &[(&str, &str)] = &[\n");
    for (language, _, file) in &languages {
        writeln!(out, "    ({language:?}, include_str!({file:?})),")?;
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("catalogue.rs"), out)?;
    Ok(())
}

/// Names of all messages; a name that stands twice is an error.
fn keys_of(text: &str) -> Result<BTreeSet<String>, String> {
    let mut keys = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
        let (key, _) = line.split_once('=').ok_or_else(|| format!("not a message: {line}"))?;
        if !keys.insert(key.trim().to_owned()) {
            return Err(format!("{} stands twice", key.trim()));
        }
    }
    Ok(keys)
}
