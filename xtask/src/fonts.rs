//! The typefaces, out of the npm packages that carry them: a chosen few files and one style sheet.

use std::path::Path;

use crate::{failure::Failure, npm, place};

const LATIN: &[&str] = &["latin", "latin-ext"];

/// The Latin letters beside them are those of the other typefaces.
const ARABIC: &[&str] = &["arabic"];

/// Style sheets of the packages, with the subsets they are asked for. A browser fetches a subset when a page shows a
/// letter of it.
const SHEETS: [(&str, &[&str]); 5] = [
    ("@fontsource-variable/atkinson-hyperlegible-next/index.css", LATIN),
    ("@fontsource-variable/atkinson-hyperlegible-mono/index.css", LATIN),
    ("@fontsource/ibm-plex-sans-arabic/400.css", ARABIC),
    ("@fontsource/ibm-plex-sans-arabic/600.css", ARABIC),
    ("@fontsource/ibm-plex-sans-arabic/700.css", ARABIC),
];

/// Files for the app, with paths relative to it: `css/fonts.css`, the woff2 files that it names, and their licences.
pub(crate) fn collect() -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let modules = npm::modules(&place::root().join("xtask/npm/fonts"))?;
    let mut files = Vec::new();
    let mut sheet = String::new();
    for (path, subsets) in SHEETS {
        let source = modules.join(path);
        let package = source.parent().unwrap_or(&modules);
        let mut licensed = false;
        for face in faces(&place::read_text(&source)?) {
            if !subsets.contains(&face.subset) {
                continue;
            }
            licensed = true;
            files.push((format!("fonts/{}", face.file), place::read(&package.join("files").join(face.file))?));
            sheet.push_str(&face.rule());
        }
        if licensed {
            let name = package.file_name().unwrap_or_default().to_string_lossy();
            files.push((format!("fonts/{name}-LICENSE.txt"), place::read(&package.join("LICENSE"))?));
        }
    }
    if files.is_empty() {
        return Err(Failure::form(Path::new("xtask/npm/fonts").display(), "no style sheet has a face that we know"));
    }
    files.push(("css/fonts.css".into(), sheet.into_bytes()));
    Ok(files)
}

/// One `@font-face` of a package's style sheet.
#[derive(Debug, PartialEq, Eq)]
struct Face<'a> {
    subset: &'a str,
    family: &'a str,
    style: &'a str,
    weight: &'a str,
    file: &'a str,
    range: &'a str,
}

impl Face<'_> {
    fn rule(&self) -> String {
        let Self { family, style, weight, file, range, .. } = self;
        // The app names the typeface, not the kind of file it comes in.
        let family = family.replace(" Variable", "");
        format!(
            "@font-face {{\n  font-family: {family};\n  font-style: {style};\n  font-weight: {weight};\n  \
             font-display: swap;\n  src: url(../fonts/{file}) format('woff2');\n  unicode-range: {range};\n}}\n"
        )
    }
}

/// Each face stands under a comment that ends with its subset, weight and style.
fn faces(sheet: &str) -> Vec<Face<'_>> {
    sheet.split("/*").filter_map(face).collect()
}

fn face(text: &str) -> Option<Face<'_>> {
    let (title, rule) = text.split_once("*/")?;
    let value = |name: &str| {
        let (_, rest) = rule.split_once(&format!("{name}:"))?;
        Some(rest.split_once(';')?.0.trim())
    };
    let file = value("src")?.split("./files/").find_map(|part| part.split_once(".woff2)"))?.0;
    let end = file.len();
    let file = rule.get(rule.find(file)?..)?.get(..end + ".woff2".len())?;
    // "ibm-plex-sans-arabic-latin-ext-400-normal": the longest subset that fits is the one meant.
    let words = title.trim();
    let (head, _) = words.rsplit_once('-')?;
    let (head, _) = head.rsplit_once('-')?;
    let known = ["cyrillic-ext", "cyrillic", "greek-ext", "greek", "vietnamese", "latin-ext", "latin", "arabic"];
    let subset = known.into_iter().find(|subset| head.ends_with(&format!("-{subset}")))?;
    Some(Face {
        subset,
        family: value("font-family")?,
        style: value("font-style")?,
        weight: value("font-weight")?,
        file,
        range: value("unicode-range")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "/* ibm-plex-sans-arabic-latin-ext-400-normal */\n@font-face {\n  font-family: 'IBM Plex Variable';\n  \
        font-style: normal;\n  font-display: swap;\n  font-weight: 400;\n  src: url(./files/plex-latin-ext.woff2) \
        format('woff2'), url(./files/plex-latin-ext.woff) format('woff');\n  unicode-range: U+0100-02BA;\n}\n";

    #[test]
    fn a_face_of_a_package_is_read_with_its_subset_and_its_woff2_file() {
        let found = faces(SHEET);
        let expected = Face {
            subset: "latin-ext",
            family: "'IBM Plex Variable'",
            style: "normal",
            weight: "400",
            file: "plex-latin-ext.woff2",
            range: "U+0100-02BA",
        };
        assert_eq!(found, [expected]);
        assert!(found[0].rule().contains("font-family: 'IBM Plex';"));
        assert!(found[0].rule().contains("src: url(../fonts/plex-latin-ext.woff2) format('woff2');"));
    }
}
