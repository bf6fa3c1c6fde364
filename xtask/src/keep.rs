//! Makes a finished app one build that browsers keep: every file is listed with its hash in the service worker, and every
//! address in the page names the build.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

const PAGE: &str = "index.html";
const WORKER: &str = "service-worker.js";
const BEGIN: &str = "const BUILD = ";
/// What an address ends with that names a build.
const QUERY: &str = "?b=";

/// Turns the app in a folder into one build that is kept, again after it was changed; tells its name.
///
/// # Errors
/// A file cannot be read or written.
pub fn keep(dist: &Path) -> io::Result<String> {
    let page = unmarked(&fs::read_to_string(dist.join(PAGE))?);
    let mut files = Vec::new();
    for path in files_of(dist)? {
        let bytes = if path == PAGE { page.clone().into_bytes() } else { fs::read(dist.join(&path))? };
        files.push((path, Sha256::digest(&bytes)));
    }
    let mut all = Sha256::new();
    for (path, hash) in &files {
        all.update(path);
        all.update([0]);
        all.update(hash);
    }
    let id = all.finalize().iter().take(8).fold(String::new(), |mut id, byte| {
        // Writing to a String does not fail.
        let _ = write!(id, "{byte:02x}");
        id
    });
    let page = marked(&page, &id);
    fs::write(dist.join(PAGE), &page)?;
    let mut list = format!("{BEGIN}{{ id: '{id}', files: {{");
    for (path, hash) in files {
        // The page is what a folder answers with; some hosts send its name away.
        let (path, hash) = if path == PAGE { (String::new(), Sha256::digest(&page)) } else { (path, hash) };
        let _ = write!(list, "\n  '{path}': '{}',", BASE64_STANDARD.encode(hash));
    }
    list.push_str("\n} };\n");
    let worker = fs::read_to_string(dist.join(WORKER))?;
    fs::write(dist.join(WORKER), list + without_list(&worker))?;
    Ok(id)
}

/// Everything that a page of this build can ask for, in order of name.
fn files_of(dist: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(dist.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                waiting.push(path);
                continue;
            }
            let ending = path.extension().unwrap_or_default();
            let path = path.to_string_lossy().replace('\\', "/");
            // Twins for hosts that compress, and texts that are for reading.
            if !["br", "gz", "txt"].iter().any(|other| ending == *other) && path != WORKER {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The page with the build's name in every address of a style, script or picture.
fn marked(page: &str, id: &str) -> String {
    let mut marked = page.replacen("<html ", &format!("<html data-build=\"{id}\" "), 1);
    for ending in [".css", ".js", ".svg", ".png"] {
        marked = marked.replace(&format!("{ending}\""), &format!("{ending}{QUERY}{id}\""));
    }
    marked
}

/// The page as it was before [`marked`].
fn unmarked(page: &str) -> String {
    let Some((_, rest)) = page.split_once("data-build=\"") else { return page.to_owned() };
    let id = rest.split('"').next().unwrap_or_default();
    page.replace(&format!("{QUERY}{id}\""), "\"").replacen(&format!("data-build=\"{id}\" "), "", 1)
}

fn without_list(worker: &str) -> &str {
    let end = "\n} };\n";
    let list = worker.strip_prefix(BEGIN).and_then(|list| Some(list.split_once(end)?.1));
    list.unwrap_or(worker)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = include_str!("../../index.html");

    fn app(name: &str) -> PathBuf {
        let dist = std::env::temp_dir().join(format!("chartchain-keep-{name}-{}", std::process::id()));
        fs::create_dir_all(dist.join("css")).unwrap();
        fs::write(dist.join(PAGE), SOURCE).unwrap();
        fs::write(dist.join(WORKER), "// answers\n").unwrap();
        fs::write(dist.join("app.js"), "1").unwrap();
        fs::write(dist.join("app.js.br"), "twin").unwrap();
        fs::write(dist.join("css/a.css"), "a{}").unwrap();
        dist
    }

    #[test]
    fn a_page_is_marked_with_its_build_and_can_be_freed_of_it() {
        let page = marked(SOURCE, "0a1b");
        assert!(page.contains("data-build=\"0a1b\"") && page.contains("src=\"start.js?b=0a1b\""));
        assert!(page.contains("href=\"css/base.css?b=0a1b\"") && page.contains("href=\"manifest.webmanifest\""));
        assert_eq!(unmarked(&page), SOURCE);
        assert_eq!(unmarked(SOURCE), SOURCE);
    }

    #[test]
    fn the_list_names_every_file_with_the_hash_of_what_is_served() {
        let dist = app("list");
        let id = keep(&dist).unwrap();
        let worker = fs::read_to_string(dist.join(WORKER)).unwrap();
        let page = fs::read(dist.join(PAGE)).unwrap();
        let hash = |bytes: &[u8]| BASE64_STANDARD.encode(Sha256::digest(bytes));
        for (path, hash) in [("", hash(&page)), ("app.js", hash(b"1")), ("css/a.css", hash(b"a{}"))] {
            assert!(worker.contains(&format!("'{path}': '{hash}',")), "{path} in {worker}");
        }
        assert!(worker.contains(&id) && worker.ends_with("// answers\n"));
        assert!(!worker.contains(".br") && !worker.contains(WORKER));
        fs::remove_dir_all(dist).unwrap();
    }

    #[test]
    fn the_name_of_a_build_is_that_of_its_content() {
        let dist = app("name");
        let first = keep(&dist).unwrap();
        assert_eq!(keep(&dist).unwrap(), first);
        fs::write(dist.join("app.js"), "2").unwrap();
        let second = keep(&dist).unwrap();
        assert_ne!(second, first);
        fs::write(dist.join("app.js"), "1").unwrap();
        assert_eq!(keep(&dist).unwrap(), first);
        fs::remove_dir_all(dist).unwrap();
    }
}
