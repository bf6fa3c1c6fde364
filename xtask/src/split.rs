//! Takes what a first visit does not need out of a wasm module, into modules that are loaded when they are called.

use std::{fs, path::Path};

use wasm_split_cli_support::Options;

use crate::{failure::Failure, place};

/// Under which name the module asks for the loaders of its parts.
const LINK: &str = "./__wasm_split.js";

/// Splits the linked module `wasm` at its functions that are marked so. Writes the main part to `main`, every other part as
/// `{name}_{part}.wasm` into `out`; returns the JavaScript that loads those.
pub(crate) fn split(wasm: &Path, main: &Path, out: &Path, name: &str) -> Result<String, Failure> {
    let input = place::read(wasm)?;
    let mut options = Options::new(&input);
    options.output_dir = out;
    options.main_out_path = main;
    options.link_name = LINK;
    place::make_folder(out)?;
    let made = wasm_split_cli_support::transform(options)
        .map_err(|error| Failure::Bindings { module: name.to_owned(), reason: format!("{error:#}") })?;
    let link = out.join(LINK);
    let mut loader = place::read_text(&link)?;
    fs::remove_file(&link).map_err(|error| Failure::files("remove", &link, error))?;
    for part in made.split_modules {
        let file = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let named = format!("{name}_{file}");
        fs::rename(&part, out.join(&named)).map_err(|error| Failure::files("rename", &part, error))?;
        loader = loader.replace(&format!("\"./{file}\""), &format!("\"./{named}\""));
    }
    Ok(loader)
}

/// Puts the loader into the bindings that import it: as a file of its own it would be loaded under an address that does not
/// say of which build it is.
pub(crate) fn join(bindings: &str, loader: &str, name: &str) -> Result<String, Failure> {
    let form = |reason: &str| Failure::form(format!("the bindings of {name}"), reason);
    let every = |text: &str, old: &str, new: &str| {
        if text.contains(old) { Ok(text.replace(old, new)) } else { Err(form(&format!("the loader has no `{old}`"))) }
    };
    let (first, loader) = loader.split_once('\n').ok_or_else(|| form("the loader is empty"))?;
    if !first.starts_with("import { initSync } from") {
        return Err(form("the loader begins with something else than its import"));
    }
    // The parts are of the same build as these bindings, and are taken from hosts that misname them, as the main part is.
    let loader = every(loader, ", import.meta.url)", " + new URL(import.meta.url).search, import.meta.url)")?;
    let loader = every(&loader, "WebAssembly.instantiateStreaming(src, imports)", "__wbg_load(await src, imports)")?;
    let exported = loader.lines().filter_map(|line| line.strip_prefix("export const ")?.split(' ').next());
    let exported = exported.collect::<Vec<_>>().join(", ");
    let loader = every(&loader, "export const ", "const ")?;
    let (import, variable) = bindings
        .lines()
        .find_map(|line| {
            let variable = line.strip_prefix("import * as ")?.strip_suffix(&format!(" from \"{LINK}\""))?;
            Some((line, variable))
        })
        .ok_or_else(|| form("they do not import the loader"))?;
    Ok(bindings.replacen(import, &format!("{loader}const {variable} = {{ {exported} }};"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "import { initSync } from \"./main.js\";\n\nfunction load(fetcher) {}\n\
        export const __wasm_split_load_pages = load(() => {\n    \
        const src = fetch(new URL(\"./app_split_pages.wasm\", import.meta.url));\n    \
        return (imports) => (WebAssembly.instantiateStreaming(src, imports));\n});\n";

    #[test]
    fn the_loader_is_a_part_of_the_bindings_and_names_their_build() {
        let bindings =
            "import * as import1 from \"./__wasm_split.js\"\nconst imports = { \"./__wasm_split.js\": import1 };\n";
        let joined = join(bindings, LOADER, "app").unwrap();
        assert!(!joined.contains("import * as") && !joined.contains("export") && !joined.contains("main.js"));
        assert!(joined.contains("\"./app_split_pages.wasm\" + new URL(import.meta.url).search, import.meta.url"));
        assert!(joined.contains("(__wbg_load(await src, imports))"));
        assert!(joined.contains("const import1 = { __wasm_split_load_pages };"));
    }

    #[test]
    fn another_form_than_the_known_one_is_refused() {
        let bindings = "import * as import1 from \"./__wasm_split.js\"\n";
        assert!(join("no import\n", LOADER, "app").is_err());
        for old in ["import { initSync } from", ", import.meta.url)", "WebAssembly.instantiateStreaming(src, imports)"]
        {
            assert!(join(bindings, &LOADER.replace(old, ""), "app").is_err(), "{old}");
        }
    }
}
