//! What the browser's console holds: errors, uncaught exceptions, violations of the content security policy.

use std::fs;

use serde_json::{Value, json};

use crate::{Browser, Kind, Trouble, extension::Extension};

impl Browser {
    /// Console errors, uncaught exceptions and violations of the content security policy, since the browser started.
    ///
    /// # Errors
    /// The browser refuses, or its log cannot be read.
    pub async fn complaints(&mut self) -> Result<Vec<String>, Trouble> {
        self.collect().await?;
        Ok(self.said.clone())
    }

    /// Fails if there is any complaint.
    ///
    /// # Errors
    /// There is one, or it cannot be known.
    pub async fn expect_no_complaints(&mut self) -> Result<(), Trouble> {
        let complaints = self.complaints().await?;
        if complaints.is_empty() { Ok(()) } else { Err(Trouble::Wrong(complaints.join("\n"))) }
    }

    /// Every line that the console holds or held, complaint or not.
    ///
    /// # Errors
    /// The browser refuses, or its log cannot be read.
    pub async fn console(&mut self) -> Result<Vec<String>, Trouble> {
        self.collect().await?;
        Ok(self.printed.clone())
    }

    pub(crate) async fn collect(&mut self) -> Result<(), Trouble> {
        if self.client().is_err() {
            return Ok(());
        }
        let (fresh, printed) = match self.kind() {
            Kind::Chromium => self.chromium_console().await?,
            Kind::Firefox => self.firefox_console().await?,
            Kind::WebKit => self.webkit_console().await?,
        };
        for line in fresh {
            if !self.said.contains(&line) {
                self.said.push(line);
            }
        }
        self.printed.extend(printed);
        Ok(())
    }

    async fn chromium_console(&self) -> Result<(Vec<String>, Vec<String>), Trouble> {
        let command = Extension { path: "se/log", body: json!({ "type": "browser" }) };
        let entries = self.client()?.issue_cmd(command).await?;
        let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let line = |entry: &Value| format!("{}: {}", text(entry, "source"), text(entry, "message"));
        let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
        let bad =
            entries.iter().filter(|entry| text(entry, "level") == "SEVERE" || text(entry, "source") == "security");
        Ok((bad.map(line).collect(), entries.iter().map(line).collect()))
    }

    /// Errors of pages and workers stand in the browser's own console, what pages print as errors on its output.
    async fn firefox_console(&self) -> Result<(Vec<String>, Vec<String>), Trouble> {
        const MESSAGES: &str = "return Services.console.getMessageArray()
            .filter((message) => message instanceof Ci.nsIScriptError)
            .filter((message) => /^http:.*(127.0.0.1|localhost)/.test(message.sourceName))
            .filter((message) => !(message.flags & Ci.nsIScriptError.warningFlag) || message.category.startsWith('CSP'))
            .map((message) => `${message.category}: ${message.sourceName} ${message.lineNumber} ${message.errorMessage}`)";
        self.switch_firefox("chrome").await?;
        let messages = self.evaluate(MESSAGES, Vec::new()).await;
        self.switch_firefox("content").await?;
        let mut found: Vec<String> =
            messages?.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.to_owned())).collect();
        let log = self.driver_log();
        let output = fs::read(&log).map_err(|error| Trouble::files("read", &log, error))?;
        let output = String::from_utf8_lossy(&output).into_owned();
        // The browser's own code prints its errors without quotes.
        found.extend(output.lines().filter(|line| line.starts_with("console.error: \"")).map(str::to_owned));
        // And names its modules where something went wrong in them.
        let is_ours = |line: &&str| line.starts_with("console.") && !line.contains("JS frame :: resource://");
        let printed = output.lines().filter(is_ours).map(str::to_owned);
        let printed = found.iter().cloned().chain(printed).collect();
        Ok((found, printed))
    }

    async fn switch_firefox(&self, context: &str) -> Result<(), Trouble> {
        self.client()?.issue_cmd(Extension { path: "moz/context", body: json!({ "context": context }) }).await?;
        Ok(())
    }
}
