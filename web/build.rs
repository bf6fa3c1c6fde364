//! Reads the Fluent catalogues: what one has and English has not, or the other way round, fails the build. The app
//! carries English; other languages are fetched when somebody chooses them.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

/// Names of plural forms, as CLDR has them.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What a message needs: the names of its placeholders.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../static/i18n");
    println!("cargo:rerun-if-changed={}", folder.display());

    let mut catalogues: BTreeMap<String, String> = BTreeMap::new();
    for entry in fs::read_dir(&folder)? {
        let file = entry?.path().join("app.ftl");
        println!("cargo:rerun-if-changed={}", file.display());
        let language = file.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        catalogues.insert(language.unwrap_or_default(), fs::read_to_string(&file)?);
    }
    let english = catalogues.remove("en").ok_or("no English catalogue")?;
    let wanted = messages_of("en", &english)?;
    for (language, text) in &catalogues {
        compare(language, &wanted, &messages_of(language, text)?)?;
    }

    let out = env::var("OUT_DIR")?;
    let mut code = String::from("pub(crate) const KEYS: &[&str] = &[\n");
    for key in wanted.keys() {
        writeln!(code, "    {key:?},")?;
    }
    let others = catalogues.keys().map(String::as_str);
    let languages: Vec<&str> = ["en"].into_iter().chain(others).collect();
    writeln!(code, "];\npub(crate) const LANGUAGES: &[&str] = &{languages:?};")?;
    code.push_str("pub(crate) const ENGLISH: &str = include_str!(\"en.ftl\");\n");
    fs::write(Path::new(&out).join("catalogue.rs"), code)?;
    // What only translators read is not downloaded.
    let lines = english.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    fs::write(Path::new(&out).join("en.ftl"), lines.collect::<Vec<_>>().join("\n") + "\n")?;
    if env::var_os("CARGO_FEATURE_SPLIT").is_some() && env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" {
        // What splits the modules reads from this which function needs which.
        for module in ["chartchain-web", "vault_worker"] {
            println!("cargo::rustc-link-arg-bin={module}=--emit-relocs");
        }
    }
    Ok(())
}

fn compare(language: &str, english: &Messages, other: &Messages) -> Result<(), String> {
    let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
    let (ours, theirs) = (keys(english), keys(other));
    let differing: Vec<&String> = ours.symmetric_difference(&theirs).collect();
    if !differing.is_empty() {
        return Err(format!("catalogue `{language}` differs from `en` in {differing:?}"));
    }
    for (key, wanted) in english {
        let found = other.get(key);
        if found != Some(wanted) {
            return Err(format!("catalogue `{language}`: {key} has the placeholders {found:?}, not {wanted:?}"));
        }
    }
    Ok(())
}

/// All messages; one that cannot be read, stands twice or lacks a plural form is an error.
fn messages_of(language: &str, text: &str) -> Result<Messages, String> {
    let resource =
        fluent_syntax::parser::parse(text).map_err(|(_, errors)| format!("catalogue `{language}`: {errors:?}"))?;
    let mut messages = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        let wrong = |what: String| format!("catalogue `{language}`: {key} {what}");
        let pattern = message.value.as_ref().ok_or_else(|| wrong("says nothing".into()))?;
        let mut placeholders = BTreeSet::new();
        gather(language, pattern, &mut placeholders).map_err(wrong)?;
        if messages.insert(key.to_owned(), placeholders).is_some() {
            return Err(format!("catalogue `{language}`: {key} stands twice"));
        }
    }
    Ok(messages)
}

fn gather(language: &str, pattern: &Pattern<&str>, found: &mut BTreeSet<String>) -> Result<(), String> {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let (inline, variants) = match expression {
            Expression::Inline(inline) => (inline, [].as_slice()),
            Expression::Select { selector, variants } => (selector, variants.as_slice()),
        };
        match inline {
            InlineExpression::VariableReference { id } => drop(found.insert(id.name.to_owned())),
            // Marks that say which way a line runs.
            InlineExpression::StringLiteral { .. } => {}
            other => return Err(format!("holds {other:?}, which is not a placeholder")),
        }
        expect_forms(language, variants)?;
        for variant in variants {
            gather(language, &variant.value, found)?;
        }
    }
    Ok(())
}

/// Where one plural form of a language is told apart, all of them are.
fn expect_forms(language: &str, variants: &[Variant<&str>]) -> Result<(), String> {
    let told: Vec<&str> = variants
        .iter()
        .filter_map(|variant| match variant.key {
            VariantKey::Identifier { name } => Some(name),
            VariantKey::NumberLiteral { .. } => None,
        })
        .collect();
    let of_language: &[&str] = match language {
        "ar" => &FORMS,
        _ => &["one", "other"],
    };
    if let Some(odd) = told.iter().find(|name| !of_language.contains(*name)) {
        return Err(format!("has the plural form {odd}, which its language has not"));
    }
    let missing = of_language.iter().find(|form| told != ["other"] && !told.is_empty() && !told.contains(*form));
    missing.map_or(Ok(()), |form| Err(format!("lacks the plural form {form}")))
}
