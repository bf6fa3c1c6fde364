//! Looking where a person does not: accessibility rules, the raw store, downloads.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{Browser, Kind, Trouble};

/// One row of an object store, with all bytes and texts that its key and value hold, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRow {
    /// Name of the database.
    pub database: String,
    /// Name of the object store.
    pub store: String,
    /// The key's bytes; numbers as decimal text.
    pub key: Vec<u8>,
    /// The value's bytes, with names and texts of objects in UTF-8.
    pub value: Vec<u8>,
}

/// A rule of axe-core that the page breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule, for example `color-contrast`.
    pub rule: String,
    /// What it asks for.
    pub help: String,
    /// CSS selectors of the elements that break it, each with what is wrong.
    pub places: Vec<String>,
}

impl Browser {
    /// Everything that the page's origin keeps in IndexedDB.
    ///
    /// # Errors
    /// A database cannot be read.
    pub async fn stored_rows(&self) -> Result<Vec<StoredRow>, Trouble> {
        let answer = self.client()?.execute_async(include_str!("js/stored.js"), Vec::new()).await?;
        if let Some(error) = answer.get("error") {
            return Err(Trouble::Wrong(format!("the raw store cannot be read: {error}")));
        }
        let rows = answer.get("rows").and_then(Value::as_array).cloned().unwrap_or_default();
        rows.iter().map(stored_row).collect()
    }

    /// Flips one bit of the first bytes found in a row; false where the row holds none.
    ///
    /// `row` counts the rows of the store in order of key, `bit` is taken modulo the length.
    ///
    /// # Errors
    /// The row cannot be read or written.
    pub async fn flip_stored_bit(&self, database: &str, store: &str, row: usize, bit: u64) -> Result<bool, Trouble> {
        let arguments = vec![json!(database), json!(store), json!(row), json!(bit)];
        let answer = self.client()?.execute_async(include_str!("js/flip.js"), arguments).await?;
        match answer.get("flipped").and_then(Value::as_bool) {
            Some(flipped) => Ok(flipped),
            None => Err(Trouble::Wrong(format!("the raw store cannot be written: {answer}"))),
        }
    }

    /// Copies everything in IndexedDB aside, within IndexedDB, for [`Browser::restore_stored`].
    ///
    /// # Errors
    /// A database cannot be read or written.
    pub async fn keep_stored(&self) -> Result<(), Trouble> {
        self.copy_stored("keep").await
    }

    /// Puts everything in IndexedDB back to what it was at [`Browser::keep_stored`].
    ///
    /// # Errors
    /// A database cannot be read or written.
    pub async fn restore_stored(&self) -> Result<(), Trouble> {
        self.copy_stored("restore").await
    }

    async fn copy_stored(&self, what: &str) -> Result<(), Trouble> {
        let answer = self.client()?.execute_async(include_str!("js/keep.js"), vec![json!(what)]).await?;
        match answer.get("error") {
            None => Ok(()),
            Some(error) => Err(Trouble::Wrong(format!("cannot {what} the raw store: {error}"))),
        }
    }

    /// What axe-core finds on the page as it is.
    ///
    /// # Errors
    /// `CHARTCHAIN_AXE` does not name `axe.min.js`, or the page refuses to run it.
    pub async fn accessibility(&self) -> Result<Vec<Violation>, Trouble> {
        let path = std::env::var_os("CHARTCHAIN_AXE").map(PathBuf::from).unwrap_or_default();
        let source = fs::read_to_string(&path).map_err(|error| Trouble::files("read CHARTCHAIN_AXE:", &path, error))?;
        self.evaluate(&source, Vec::new()).await?;
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] })
                .then((results) => done(results.violations), (error) => done({ error: String(error) }));";
        let answer = self.client()?.execute_async(run, Vec::new()).await?;
        let found = answer.as_array().ok_or_else(|| Trouble::Wrong(format!("axe-core failed: {answer}")))?;
        Ok(found.iter().map(violation).collect())
    }

    /// Waits until a download whose name ends with `ending` is complete and gives its path.
    ///
    /// # Errors
    /// None comes within a minute.
    pub async fn downloaded(&self, ending: &str) -> Result<PathBuf, Trouble> {
        const PATIENCE: Duration = Duration::from_secs(60);
        if self.kind() == Kind::WebKit {
            self.catch_download(ending, PATIENCE).await?;
        }
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let entries = fs::read_dir(self.downloads()).into_iter().flatten();
            let files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            let ends = |path: &PathBuf, ending: &str| path.to_string_lossy().ends_with(ending);
            // Both browsers write beside the final name until the last byte.
            let partial = files.iter().any(|path| ends(path, ".crdownload") || ends(path, ".part"));
            let whole = |path: &&PathBuf| ends(path, ending) && fs::metadata(path).is_ok_and(|about| about.len() > 0);
            if let Some(path) = files.iter().find(whole)
                && !partial
            {
                return Ok(path.clone());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err(Trouble::Late { wanted: format!("a download *{ending}"), waited: PATIENCE })
    }
}

fn stored_row(row: &Value) -> Result<StoredRow, Trouble> {
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let bytes = |name: &str| {
        let mut bytes = Vec::new();
        for piece in row.get(name).and_then(Value::as_array).into_iter().flatten() {
            let piece = BASE64_STANDARD.decode(piece.as_str().unwrap_or_default());
            bytes.extend(piece.map_err(|error| Trouble::Wrong(format!("a row is not base64: {error}")))?);
        }
        Ok::<_, Trouble>(bytes)
    };
    Ok(StoredRow { database: text("database"), store: text("store"), key: bytes("key")?, value: bytes("value")? })
}

fn violation(found: &Value) -> Violation {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let nodes = found.get("nodes").and_then(Value::as_array);
    let place = |node: &Value| {
        format!("{}: {}", node.get("target").unwrap_or(&Value::Null), text(node, "failureSummary").replace('\n', " "))
    };
    Violation {
        rule: text(found, "id"),
        help: text(found, "help"),
        places: nodes.into_iter().flatten().map(place).collect(),
    }
}
