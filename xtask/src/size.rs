//! How much a first visit downloads.

use std::{fs, io, path::Path};

/// What a first visit may download, compressed, bytes.
pub const FIRST_LOAD_BUDGET_BYTES: u64 = 800_000;

/// The typeface of a page in English. Others come with the first page that shows them.
const FIRST_FONT: &str = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2";

/// What stands in the names of parts of modules that are loaded when they are called.
const PARTS: [&str; 2] = ["_split_", "_chunk_"];

/// How the names of files begin that are loaded only when somebody asks for what they do.
const LATER: [&str; 6] = ["made_up_worker", "worker-made-up", "qr_worker", "worker-qr", "docs_worker", "worker-docs"];

/// One file that a first visit downloads, with its lengths in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its path in the app.
    pub path: String,
    /// As it is.
    pub raw: u64,
    /// As its `.gz` twin, where that is shorter.
    pub gzip: u64,
    /// As its `.br` twin, where that is shorter.
    pub brotli: u64,
}

/// Everything that a finished app has somebody download before their first entry: the page, its styles, the window, the
/// workers for keys and passphrases, and the font of the Latin script. Longest first.
///
/// # Errors
/// The font is not there, or a folder cannot be read.
pub fn first_load(dist: &Path) -> io::Result<Vec<Download>> {
    let mut paths = code(dist)?;
    paths.retain(|path| !is_later(path));
    paths.push(FIRST_FONT.to_owned());
    lengths(dist, paths)
}

/// What is downloaded only when somebody asks for what it does. Longest first.
///
/// # Errors
/// A folder cannot be read.
pub fn later(dist: &Path) -> io::Result<Vec<Download>> {
    let mut paths = code(dist)?;
    paths.retain(|path| is_later(path));
    lengths(dist, paths)
}

fn is_later(path: &str) -> bool {
    PARTS.iter().any(|part| path.contains(part)) || LATER.iter().any(|later| path.starts_with(later))
}

/// Pages, styles, scripts, modules and drawings. Icons in pixels are for whoever installs the app.
fn code(dist: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    for folder in ["", "css/", "icons/"] {
        for entry in fs::read_dir(dist.join(folder))? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let fits = |(_, kind): (&str, &str)| ["html", "js", "wasm", "css", "svg"].contains(&kind);
            if name.rsplit_once('.').is_some_and(fits) {
                paths.push(format!("{folder}{name}"));
            }
        }
    }
    Ok(paths)
}

fn lengths(dist: &Path, paths: Vec<String>) -> io::Result<Vec<Download>> {
    let mut downloads = paths.into_iter().map(|path| download(dist, path)).collect::<io::Result<Vec<_>>>()?;
    downloads.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.path.cmp(&b.path)));
    Ok(downloads)
}

fn download(dist: &Path, path: String) -> io::Result<Download> {
    let raw = fs::metadata(dist.join(&path))?.len();
    let twin = |ending: &str| match fs::metadata(dist.join(format!("{path}.{ending}"))) {
        Ok(twin) => Ok(twin.len().min(raw)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(raw),
        Err(error) => Err(error),
    };
    Ok(Download { gzip: twin("gz")?, brotli: twin("br")?, raw, path })
}

/// The sum of what is downloaded, under the name `together`.
pub fn together(downloads: &[Download]) -> Download {
    let sum = |length: fn(&Download) -> u64| downloads.iter().map(length).sum();
    Download { path: "together".into(), raw: sum(|d| d.raw), gzip: sum(|d| d.gzip), brotli: sum(|d| d.brotli) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_downloads_the_shortest_form_of_everything_it_needs_and_nothing_else() {
        let dist = std::env::temp_dir().join(format!("chartchain-first-load-{}", std::process::id()));
        let write = |path: &str, bytes: usize| {
            fs::create_dir_all(dist.join(path).parent().unwrap()).unwrap();
            fs::write(dist.join(path), vec![0; bytes]).unwrap();
        };
        write(FIRST_FONT, 30);
        write("fonts/other.woff2", 1000);
        write("i18n/en/app.ftl", 1000);
        write("qr_worker_bg.wasm", 1000);
        write("worker-qr.js", 1000);
        write("app.wasm", 100);
        write("app_split_pages.wasm", 1000);
        write("docs_worker_bg.wasm", 1000);
        write("worker-docs.js", 1000);
        write("app.wasm.gz", 60);
        write("app.wasm.br", 50);
        write("made_up_worker.js", 2000);
        write("worker-made-up.js", 20);
        write("made_up_worker_bg.wasm", 3000);
        write("css/a.css", 7);
        write("icons/mark.svg", 5);
        let downloads = first_load(&dist).unwrap();
        let paths: Vec<&str> = downloads.iter().map(|download| download.path.as_str()).collect();
        assert_eq!(paths, ["app.wasm", FIRST_FONT, "css/a.css", "icons/mark.svg"]);
        let sum = together(&downloads);
        assert_eq!((sum.raw, sum.gzip, sum.brotli), (142, 102, 92));
        assert_eq!(together(&later(&dist).unwrap()).raw, 10_020);
        fs::remove_file(dist.join(FIRST_FONT)).unwrap();
        assert!(first_load(&dist).is_err());
        fs::remove_dir_all(dist).unwrap();
    }
}
