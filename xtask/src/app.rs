//! Builds the app: its wasm modules, their bindings, fonts, static files, the page.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use wasm_bindgen_cli_support::Bindgen;
use xtask::size::{Download, later, together};

use crate::{
    failure::Failure,
    fonts, npm, page, place,
    program::{Program, on_path},
    split::{self, Loader},
    stage::Stages,
    tools,
};

const PACKAGE: &str = "chartchain-web";

/// Whether a module is loaded at once or in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loading {
    Whole,
    Parts,
}

/// The binaries of the package `chartchain-web`. `web/build.rs` names those in parts too.
const MODULES: [(&str, Loading); 6] = [
    (PACKAGE, Loading::Parts),
    ("vault_worker", Loading::Parts),
    ("passphrase_worker", Loading::Whole),
    ("qr_worker", Loading::Whole),
    ("docs_worker", Loading::Whole),
    ("made_up_worker", Loading::Whole),
];

/// Which build is wanted, and where it goes.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) release: bool,
    /// Browsers keep it for use without a network. What a developer changes all the time is better not kept.
    pub(crate) kept: bool,
    pub(crate) dist: PathBuf,
}

impl Wanted {
    fn profile(&self) -> &'static str {
        if self.release { "web" } else { "dev" }
    }

    fn folder(&self) -> &'static str {
        if self.release { "web" } else { "debug" }
    }
}

/// Builds everything into `wanted.dist`; what is unchanged is not made again.
pub(crate) fn build(wanted: &Wanted, stages: &mut Stages) -> Result<(), Failure> {
    stages.run("wasm target", |_| tools::wasm_target())?;
    stages.run("compile", |_| compile(wanted))?;
    let target = place::target()?;
    let made = stages.run("bindings", |stages| {
        let mut made = Vec::new();
        for (name, loading) in MODULES {
            made.push(bindings(wanted, &target, name, loading, stages)?);
        }
        Ok(made)
    })?;
    let fonts = stages.run("fonts", |_| {
        fonts::collect().or_else(|failure| {
            if wanted.release {
                return Err(failure);
            }
            println!("{failure}\n  the app uses the fonts of this machine until then");
            Ok(vec![("css/fonts.css".into(), Vec::new())])
        })
    })?;
    let files = stages.run("files", |_| assemble(wanted, &made, fonts))?;
    if wanted.release {
        stages.run("minify", |_| minify(&wanted.dist, &files))?;
    }
    if wanted.kept {
        stages.run("keep", |_| keep(&wanted.dist))?;
    }
    if wanted.release {
        stages.run("compress", |_| compress(&wanted.dist, &files))?;
        println!("{}", table("a first visit downloads", &first_load(&wanted.dist)?));
        println!("{}", table("only when asked for", &later_load(&wanted.dist)?));
    }
    Ok(())
}

fn compile(wanted: &Wanted) -> Result<(), Failure> {
    let build = Program::cargo()
        .args(["build", "--package", PACKAGE, "--bins", "--features", "split"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", wanted.profile()])
        .within(&place::root());
    // What people download names no folder of the machine that built it, and is the same from every machine.
    let build = if wanted.release { build.env(RUSTFLAGS, without_folders()) } else { build };
    build.run()
}

const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Flags for rustc that shorten the paths in messages of panics.
fn without_folders() -> String {
    let home = |name: &str, otherwise: &str| {
        let set = std::env::var_os(name).map(PathBuf::from);
        set.or_else(|| std::env::home_dir().map(|home| home.join(otherwise)))
    };
    let folders = [(Some(place::root()), "chartchain"), (home("CARGO_HOME", ".cargo"), "cargo")];
    let flags = folders.into_iter().filter_map(|(folder, name)| {
        let folder = folder?.to_str()?.to_owned();
        // Cargo splits these flags at spaces.
        (!folder.contains(char::is_whitespace)).then(|| format!("--remap-path-prefix={folder}={name}"))
    });
    flags.collect::<Vec<_>>().join(" ")
}

/// Makes the bindings of one module, unless cargo left it as it was; returns the folder they are in.
fn bindings(
    wanted: &Wanted,
    target: &Path,
    name: &str,
    loading: Loading,
    stages: &mut Stages,
) -> Result<PathBuf, Failure> {
    let wasm = target.join("wasm32-unknown-unknown").join(wanted.folder()).join(format!("{name}.wasm"));
    let out = target.join("bindings").join(wanted.folder()).join(name);
    let stamp = place::stamp(&wasm)?;
    let stamp_file = out.join("stamp");
    if fs::read_to_string(&stamp_file).is_ok_and(|made_from| made_from == stamp) {
        return Ok(out);
    }
    stages.run(name, |_| {
        place::remove_folder(&out)?;
        let loader = generate(&wasm, &out, name, loading)?;
        if wanted.release {
            let is_wasm = |file: &&PathBuf| file.extension().is_some_and(|kind| kind == "wasm");
            place::files_under(&out)?.iter().filter(is_wasm).try_for_each(|file| optimise(&out.join(file)))?;
        }
        if let Some(loader) = loader {
            let file = out.join(format!("{name}.js"));
            let joined = split::join(&place::read_text(&file)?, &loader, name, |part| place::read(&out.join(part)))?;
            place::write(&file, joined)?;
        }
        place::write(&stamp_file, &stamp)
    })?;
    Ok(out)
}

/// Makes the bindings; gives what loads the other parts, where there are any.
fn generate(wasm: &Path, out: &Path, name: &str, loading: Loading) -> Result<Option<Loader>, Failure> {
    let main = out.join("main.wasm");
    let loader = if loading == Loading::Parts { Some(split::split(wasm, &main, out, name)?) } else { None };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(if loader.is_some() { &main } else { wasm }).out_name(name).typescript(false);
    // The parts are given the table of functions of the main part, which is among these.
    bindgen.keep_lld_exports(loader.is_some());
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(out))
        .map_err(|error| Failure::Bindings { module: name.to_owned(), reason: format!("{error:#}") })?;
    if loader.is_some() {
        fs::remove_file(&main).map_err(|error| Failure::files("remove", &main, error))?;
    }
    Ok(loader)
}

fn optimise(wasm: &Path) -> Result<(), Failure> {
    let modules = npm::modules(&place::root().join("xtask/npm/tools"))?;
    Program::new(modules.join(".bin/wasm-opt"))
        .args(["-Oz", "--strip-debug", "--strip-producers", "-o"])
        .args([wasm, wasm])
        .run()
}

/// Lays out the finished app and removes what no longer belongs to it; returns what belongs.
fn assemble(wanted: &Wanted, made: &[PathBuf], fonts: Vec<(String, Vec<u8>)>) -> Result<Vec<PathBuf>, Failure> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for folder in made {
        for file in place::files_under(folder)?.into_iter().filter(|file| file != Path::new("stamp")) {
            files.push((file.clone(), place::read(&folder.join(file))?));
        }
    }
    let assets = place::root().join("static");
    for file in place::files_under(&assets)? {
        files.push((file.clone(), place::read(&assets.join(file))?));
    }
    files.extend(fonts.into_iter().map(|(path, bytes)| (PathBuf::from(path), bytes)));
    let page = page::without_trunk(&place::read_text(&place::root().join("index.html"))?)?;
    files.push(("index.html".into(), page.into_bytes()));

    for (path, bytes) in &files {
        let path = wanted.dist.join(path);
        if !fs::read(&path).is_ok_and(|there| &there == bytes) {
            place::write(&path, bytes)?;
        }
    }
    let kept: Vec<PathBuf> = files.into_iter().map(|(path, _)| path).collect();
    for file in place::files_under(&wanted.dist)? {
        if !kept.contains(&file) {
            let path = wanted.dist.join(file);
            fs::remove_file(&path).map_err(|error| Failure::files("remove", &path, error))?;
        }
    }
    Ok(kept)
}

/// Takes out of scripts and styles what only people read.
fn minify(dist: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    let modules = npm::modules(&place::root().join("xtask/npm/tools"))?;
    let is_text = |file: &&PathBuf| file.extension().is_some_and(|kind| kind == "js" || kind == "css");
    Program::new(modules.join(".bin/esbuild"))
        .args(files.iter().filter(is_text))
        .args(["--minify", "--legal-comments=none", "--log-level=warning", "--allow-overwrite"])
        .args(["--outbase=.", "--outdir=."])
        .within(dist)
        .run()
}

/// Writes `.br` and `.gz` beside every file that shrinks; Node has both codecs.
fn compress(dist: &Path, kept: &[PathBuf]) -> Result<(), Failure> {
    if on_path("node").is_none() {
        tools::apt_install(&["nodejs", "npm"], "Node")?;
    }
    Program::new("node").args([place::root().join("xtask/node/compress.mjs")]).args(kept).within(dist).run()
}

/// What a first visit downloads from the finished, optimised app.
pub(crate) fn first_load(dist: &Path) -> Result<Vec<Download>, Failure> {
    xtask::size::first_load(dist).map_err(|error| Failure::files("measure", dist, error))
}

/// What is downloaded only when somebody asks for what it does.
pub(crate) fn later_load(dist: &Path) -> Result<Vec<Download>, Failure> {
    later(dist).map_err(|error| Failure::files("measure", dist, error))
}

fn table(title: &str, downloads: &[Download]) -> String {
    let mut lines = format!("{title:<53}{:>10}{:>10}{:>10}", "bytes", "gzip", "brotli");
    for Download { path, raw, gzip, brotli } in downloads.iter().chain([&together(downloads)]) {
        // Writing to a String does not fail.
        let _ = write!(lines, "\n  {path:<51}{raw:>10}{gzip:>10}{brotli:>10}");
    }
    lines
}

/// What Trunk's own steps leave out of a folder that it is about to publish: fonts, and what makes it a build that is kept.
pub(crate) fn finish(folder: &Path, kept: bool) -> Result<(), Failure> {
    fonts::collect()?.into_iter().try_for_each(|(path, bytes)| place::write(&folder.join(path), bytes))?;
    if kept { keep(folder) } else { Ok(()) }
}

fn keep(dist: &Path) -> Result<(), Failure> {
    xtask::keep::keep(dist).map(|_| ()).map_err(|error| Failure::files("list", dist, error))
}
