//! WebKit, as Debian's WebKitWebDriver drives it in its MiniBrowser. What that tool cannot do is done in the page, or said:
//!
//! - A session always begins with an empty profile and ends with nothing kept, so [`Browser::reopen`] finds nothing again.
//! - Downloads go where nobody asks for them; the page's blobs are caught before, as of the next [`Browser::open`].
//! - No log of the console can be read; errors and breaches of the policy are gathered in the page from the time that it
//!   has loaded, those of workers not at all.
//! - A window is never narrower than its toolbar, about 450 pixels.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{Browser, Kind, Trouble, browser::write};

/// Says what MiniBrowser is, which is on no PATH.
pub(crate) fn capabilities() -> Value {
    let binary = std::env::var("CHARTCHAIN_MINIBROWSER")
        .unwrap_or_else(|_| "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser".into());
    json!({ "webkitgtk:browserOptions": { "binary": binary, "args": ["--automation"] } })
}

/// A screen that nobody sees; it has no other way to run without one.
#[derive(Debug)]
pub(crate) struct Screen {
    server: Child,
    name: String,
}

impl Screen {
    pub(crate) fn start() -> Result<Self, Trouble> {
        let program = std::env::var("CHARTCHAIN_XVFB").unwrap_or_else(|_| "Xvfb".into());
        let failed = |reason: String| Trouble::Start { program: program.clone(), reason };
        let server = Command::new(&program)
            .args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut server = server.map_err(|error| failed(format!("{error}; `cargo xtask test` installs it")))?;
        // It writes its number in one line when it is ready.
        let mut line = String::new();
        let read = server.stdout.take().map(std::io::BufReader::new);
        if let Some(mut read) = read {
            let _length =
                std::io::BufRead::read_line(&mut read, &mut line).map_err(|error| failed(error.to_string()))?;
        }
        let screen = Self { server, name: format!(":{}", line.trim()) };
        if line.trim().is_empty() { Err(failed("it names no screen".into())) } else { Ok(screen) }
    }

    /// What `DISPLAY` has to say.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ended = self.server.kill().and_then(|()| self.server.wait());
    }
}

impl Browser {
    /// Watches a page that has just been loaded; WebKit only, the others need no help.
    pub(crate) async fn watch_page(&self) -> Result<(), Trouble> {
        if self.kind() == Kind::WebKit {
            self.evaluate(include_str!("js/watch.js"), Vec::new()).await?;
        }
        Ok(())
    }

    /// What the page has said since it was loaded, as the others' consoles have it.
    pub(crate) async fn webkit_console(&self) -> Result<(Vec<String>, Vec<String>), Trouble> {
        let said = self.evaluate("return globalThis.watched?.said ?? []", Vec::new()).await?;
        let said: Vec<String> =
            said.as_array().into_iter().flatten().filter_map(|line| Some(line.as_str()?.to_owned())).collect();
        Ok((said.clone(), said))
    }

    /// Writes the blob that the page gave out under a name with this ending into the folder of downloads.
    pub(crate) async fn catch_download(&self, ending: &str, patience: Duration) -> Result<(), Trouble> {
        let start = Instant::now();
        loop {
            let caught = self.client()?.execute_async(include_str!("js/caught.js"), vec![json!(ending)]).await?;
            if let (Some(name), Some(data)) =
                (caught.get("name").and_then(Value::as_str), caught.get("data").and_then(Value::as_str))
            {
                let bytes = BASE64_STANDARD.decode(data).map_err(|error| Trouble::Wrong(error.to_string()))?;
                return write(&self.downloads().join(name), &bytes);
            }
            if start.elapsed() > patience {
                return Err(Trouble::Late { wanted: format!("a download *{ending}"), waited: patience });
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
