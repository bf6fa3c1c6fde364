//! Takes what a first visit does not need out of a wasm module, into modules that are loaded when they are called.

use std::{fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};
use wasm_split_cli_support::Options;

use crate::{failure::Failure, place};

/// Under which name the module asks for the loaders of its parts.
const LINK: &str = "./__wasm_split.js";
/// How long a part may take to come, milliseconds; whoever waits for it is told then.
const PATIENCE_MS: u32 = 30_000;

/// What the tool wrote, before it is put into the bindings.
pub(crate) struct Loader {
    /// JavaScript that loads the parts.
    code: String,
    /// Files of the parts.
    parts: Vec<String>,
}

/// Splits the linked module `wasm` at its functions that are marked so. Writes the main part to `main`, every other part as
/// `{name}_{part}.wasm` into `out`.
pub(crate) fn split(wasm: &Path, main: &Path, out: &Path, name: &str) -> Result<Loader, Failure> {
    let input = place::read(wasm)?;
    let mut options = Options::new(&input);
    options.output_dir = out;
    options.main_out_path = main;
    options.link_name = LINK;
    place::make_folder(out)?;
    let made = wasm_split_cli_support::transform(options)
        .map_err(|error| Failure::Bindings { module: name.to_owned(), reason: format!("{error:#}") })?;
    let link = out.join(LINK);
    let mut loader = Loader { code: place::read_text(&link)?, parts: Vec::new() };
    fs::remove_file(&link).map_err(|error| Failure::files("remove", &link, error))?;
    for part in made.split_modules {
        let file = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let named = format!("{name}_{file}");
        fs::rename(&part, out.join(&named)).map_err(|error| Failure::files("rename", &part, error))?;
        loader.code = every(&loader.code, &format!("\"./{file}\""), &format!("\"./{named}\""), name)?;
        loader.parts.push(named);
    }
    Ok(loader)
}

/// Puts the loader into the bindings that import it: as a file of its own it would be loaded under an address that does not
/// say of which build it is. `read` gives a part as it will be served.
pub(crate) fn join(
    bindings: &str,
    loader: &Loader,
    name: &str,
    read: impl Fn(&str) -> Result<Vec<u8>, Failure>,
) -> Result<String, Failure> {
    let (first, code) = loader.code.split_once('\n').unwrap_or_default();
    if !first.starts_with("import { initSync } from") {
        return Err(form(name, "the loader begins with something else than its import"));
    }
    let mut code = code.to_owned();
    for part in &loader.parts {
        // A part of another build would fit in by name and call the wrong functions, whatever host or cache it came from.
        let hash = BASE64_STANDARD.encode(Sha256::digest(read(part)?));
        let asked = format!(
            "\"./{part}\" + new URL(import.meta.url).search, import.meta.url), \
             {{ integrity: \"sha256-{hash}\", signal: AbortSignal.timeout({PATIENCE_MS}) }})"
        );
        code = every(&code, &format!("\"./{part}\", import.meta.url))"), &asked, name)?;
    }
    // Hosts that misname a part are put up with, as with the main one.
    let code = every(&code, "WebAssembly.instantiateStreaming(src, imports)", "__wbg_load(await src, imports)", name)?;
    let exported = code.lines().filter_map(|line| line.strip_prefix("export const ")?.split(' ').next());
    let exported = exported.collect::<Vec<_>>().join(", ");
    let code = every(&code, "export const ", "const ", name)?;
    let (import, variable) = bindings
        .lines()
        .find_map(|line| {
            let variable = line.strip_prefix("import * as ")?.strip_suffix(&format!(" from \"{LINK}\""))?;
            Some((line, variable))
        })
        .ok_or_else(|| form(name, "they do not import the loader"))?;
    Ok(bindings.replacen(import, &format!("{code}const {variable} = {{ {exported} }};"), 1))
}

fn form(name: &str, reason: &str) -> Failure {
    Failure::form(format!("the bindings of {name}"), reason)
}

fn every(text: &str, old: &str, new: &str, name: &str) -> Result<String, Failure> {
    if text.contains(old) { Ok(text.replace(old, new)) } else { Err(form(name, &format!("the loader has no `{old}`"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINDINGS: &str =
        "import * as import1 from \"./__wasm_split.js\"\nconst imports = { \"./__wasm_split.js\": import1 };\n";
    const CODE: &str = "import { initSync } from \"./main.js\";\n\nfunction load(fetcher) {}\n\
        export const __wasm_split_load_pages = load(() => {\n    \
        const src = fetch(new URL(\"./app_split_pages.wasm\", import.meta.url));\n    \
        return (imports) => (WebAssembly.instantiateStreaming(src, imports));\n});\n";

    fn joined(bindings: &str, code: &str) -> Result<String, Failure> {
        let loader = Loader { code: code.into(), parts: vec!["app_split_pages.wasm".into()] };
        join(bindings, &loader, "app", |_| Ok(b"abc".to_vec()))
    }

    #[test]
    fn the_loader_is_a_part_of_the_bindings_and_takes_only_parts_of_its_build() {
        let joined = joined(BINDINGS, CODE).unwrap();
        assert!(!joined.contains("import * as") && !joined.contains("export") && !joined.contains("main.js"));
        assert!(joined.contains(
            "fetch(new URL(\"./app_split_pages.wasm\" + new URL(import.meta.url).search, import.meta.url), \
             { integrity: \"sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\", signal: AbortSignal.timeout(30000) });"
        ));
        assert!(joined.contains("(__wbg_load(await src, imports))"));
        assert!(joined.contains("const import1 = { __wasm_split_load_pages };"));
    }

    #[test]
    fn another_form_than_the_known_one_is_refused() {
        assert!(joined("no import\n", CODE).is_err());
        for old in ["import { initSync } from", ", import.meta.url)", "WebAssembly.instantiateStreaming(src, imports)"]
        {
            assert!(joined(BINDINGS, &CODE.replace(old, "")).is_err(), "{old}");
        }
    }
}
