//! What only Chromium can: emulating a device, and pictures of whole pages.

use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{Browser, Trouble, browser::write, extension::Extension};

/// What a page is shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A screen.
    Screen,
    /// A screen on which the person has chosen the few colours that there are.
    ForcedColours,
    /// Paper.
    Print,
}

impl Browser {
    /// Sends a command of the Chrome DevTools Protocol; Chromium only.
    ///
    /// # Errors
    /// The browser refuses, or is not a Chromium.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, Trouble> {
        let body = json!({ "cmd": command, "params": parameters });
        Ok(self.client()?.issue_cmd(Extension { path: "goog/cdp/execute", body }).await?)
    }

    /// Sets size, colours and, below 700 pixels, the touch screen of a phone; Chromium only.
    ///
    /// # Errors
    /// The browser refuses, or is not a Chromium.
    pub async fn emulate(&mut self, width: u32, height: u32, dark: bool) -> Result<(), Trouble> {
        let setup = self.setup_mut();
        (setup.width, setup.height, setup.dark) = (width, height, dark);
        let phone = width < 700;
        let scale = if phone { 2 } else { 1 };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": phone });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Shows the page as if on paper, or in forced colours; Chromium only.
    ///
    /// # Errors
    /// The browser refuses, or is not a Chromium.
    pub async fn show_as(&self, media: Media) -> Result<(), Trouble> {
        let scheme = if self.setup().dark { "dark" } else { "light" };
        let forced = if media == Media::ForcedColours { "active" } else { "none" };
        let parameters = json!({
            "media": if media == Media::Print { "print" } else { "" },
            "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "forced-colors", "value": forced },
            ],
        });
        self.devtools("Emulation.setEmulatedMedia", parameters).await?;
        Ok(())
    }

    /// Saves the whole page, however long, as PNG; Chromium only.
    ///
    /// # Errors
    /// The browser refuses, or the file cannot be written.
    pub async fn picture_of_page(&self, path: &Path) -> Result<(), Trouble> {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await?;
        let size = metrics.get("cssContentSize").cloned().unwrap_or_default();
        let side =
            |name: &str, least: u32| size.get(name).and_then(Value::as_f64).unwrap_or_default().max(least.into());
        let clip = json!({
            "x": 0, "y": 0, "scale": 1,
            "width": self.setup().width,
            "height": side("height", self.setup().height),
        });
        self.picture(json!({ "format": "png", "captureBeyondViewport": true, "clip": clip }), path).await
    }

    /// Saves what the window shows as PNG; Chromium only.
    ///
    /// # Errors
    /// The browser refuses, or the file cannot be written.
    pub async fn picture_of_window(&self, path: &Path) -> Result<(), Trouble> {
        self.picture(json!({ "format": "png" }), path).await
    }

    async fn picture(&self, parameters: Value, path: &Path) -> Result<(), Trouble> {
        let answer = self.devtools("Page.captureScreenshot", parameters).await?;
        let data = answer.get("data").and_then(Value::as_str).unwrap_or_default();
        let bytes =
            BASE64_STANDARD.decode(data).map_err(|error| Trouble::Wrong(format!("a broken picture: {error}")))?;
        write(path, &bytes)
    }
}
