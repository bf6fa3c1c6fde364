//! Finding and touching things as a person does: by the words they carry.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use fantoccini::{Locator, elements::Element, error::CmdError, key::Key};
use serde_json::{Value, json};

use crate::{Browser, Trouble};

const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    /// Clicks the button, link, tab or box that carries this text, as soon as there is one.
    ///
    /// # Errors
    /// Nothing carries the text, or it cannot be clicked.
    pub async fn click(&self, text: &str) -> Result<(), Trouble> {
        let start = Instant::now();
        loop {
            // A page that redraws itself may take the element away, or something may slide over it.
            match self.element("action", text).await?.click().await {
                Ok(()) => return Ok(()),
                Err(error) if start.elapsed() > PATIENCE => return Err(error.into()),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Replaces what stands in the field with this label (or placeholder) by `value`.
    ///
    /// # Errors
    /// There is no such field, or it cannot be changed.
    pub async fn type_into(&self, label: &str, value: &str) -> Result<(), Trouble> {
        while_redrawn(async || Ok(fill(&self.element("field", label).await?, value).await?)).await
    }

    /// Presses a key (`Enter`, `Escape`, `Tab`, or a character) where the focus is.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn press(&self, key: &str) -> Result<(), Trouble> {
        let keys = match key {
            "Enter" => Key::Enter + "",
            "Escape" => Key::Escape + "",
            "Tab" => Key::Tab + "",
            "Down" => Key::Down + "",
            "Up" => Key::Up + "",
            other => other.to_owned(),
        };
        while_redrawn(async || Ok(self.client()?.active_element().await?.send_keys(&keys).await?)).await
    }

    /// Gives files to the page's first file input.
    ///
    /// # Errors
    /// There is no file input, or a file does not exist.
    pub async fn upload(&self, files: &[&Path]) -> Result<(), Trouble> {
        let mut paths = Vec::new();
        for file in files {
            let full = file.canonicalize().map_err(|error| Trouble::files("find", file, error))?;
            paths.push(full.to_string_lossy().into_owned());
        }
        let input = self.client()?.wait().at_most(PATIENCE).for_element(Locator::Css("input[type=file]")).await?;
        Ok(input.send_keys(&paths.join("\n")).await?)
    }

    /// Waits until the page reads `text` somewhere, whatever its case.
    ///
    /// # Errors
    /// It does not within half a minute.
    pub async fn wait_for(&self, text: &str) -> Result<(), Trouble> {
        self.wait_for_within(text, PATIENCE).await
    }

    /// Waits until the page reads `text` somewhere, whatever its case.
    ///
    /// # Errors
    /// It does not within `patience`.
    pub async fn wait_for_within(&self, text: &str, patience: Duration) -> Result<(), Trouble> {
        let wanted = squeeze(text);
        let start = Instant::now();
        loop {
            let page = self.text().await?;
            if squeeze(&page).contains(&wanted) {
                return Ok(());
            }
            if start.elapsed() > patience {
                return Err(Trouble::Absent { wanted: format!("“{text}”"), page });
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until the page no longer reads `text`.
    ///
    /// # Errors
    /// It still does after half a minute.
    pub async fn wait_gone(&self, text: &str) -> Result<(), Trouble> {
        let start = Instant::now();
        while squeeze(&self.text().await?).contains(&squeeze(text)) {
            if start.elapsed() > PATIENCE {
                return Err(Trouble::Late { wanted: format!("the end of “{text}”"), waited: PATIENCE });
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// All text that the page shows.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn text(&self) -> Result<String, Trouble> {
        let text = self.evaluate("return document.body?.innerText ?? ''", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The text of the first element that fits a CSS selector, as soon as there is one.
    ///
    /// # Errors
    /// None fits.
    pub async fn text_of(&self, selector: &str) -> Result<String, Trouble> {
        while_redrawn(async || {
            let element = self.client()?.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await?;
            Ok(element.text().await?)
        })
        .await
    }

    /// Waits for a heading that carries this text.
    ///
    /// # Errors
    /// There is none.
    pub async fn heading(&self, text: &str) -> Result<String, Trouble> {
        while_redrawn(async || Ok(self.element("heading", text).await?.text().await?)).await
    }

    /// The innermost element that carries this text.
    ///
    /// # Errors
    /// There is none.
    pub async fn element_with(&self, text: &str) -> Result<Element, Trouble> {
        self.element("text", text).await
    }

    /// The field with this label.
    ///
    /// # Errors
    /// There is none.
    pub async fn field(&self, label: &str) -> Result<Element, Trouble> {
        self.element("field", label).await
    }

    /// Runs a piece of JavaScript (a function's body) in the page.
    ///
    /// # Errors
    /// It throws.
    pub async fn evaluate(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Trouble> {
        Ok(self.client()?.execute(script, arguments).await?)
    }

    async fn element(&self, kind: &str, text: &str) -> Result<Element, Trouble> {
        let client = self.client()?;
        let start = Instant::now();
        loop {
            match self.evaluate(include_str!("js/find.js"), vec![json!(kind), json!(text)]).await {
                Ok(found) => {
                    if let Some(id) = found.get(ELEMENT).and_then(Value::as_str) {
                        return Ok(Element::from_element_id(client.clone(), id.to_owned().into()));
                    }
                }
                // Found, and taken away before the browser had named it.
                Err(Trouble::Command(error)) if is_redrawn(&error) => {}
                Err(trouble) => return Err(trouble),
            }
            if start.elapsed() > PATIENCE {
                return Err(Trouble::Absent { wanted: format!("{kind} “{text}”"), page: self.text().await? });
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Does something to an element that is found for it, again if a page that redraws itself takes the element away in between.
async fn while_redrawn<T>(act: impl AsyncFn() -> Result<T, Trouble>) -> Result<T, Trouble> {
    let start = Instant::now();
    loop {
        match act().await {
            Err(Trouble::Command(error)) if is_redrawn(&error) && start.elapsed() < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
            }
            done => return done,
        }
    }
}

/// The element was taken away, or is just being put in its place.
fn is_redrawn(error: &CmdError) -> bool {
    error.is_stale_element_reference() || error.is_element_not_interactable()
}

async fn fill(field: &Element, value: &str) -> Result<(), CmdError> {
    if field.tag_name().await?.eq_ignore_ascii_case("select") {
        return field.select_by_label(value).await;
    }
    // The driver's own clearing is no typing to a page: one that redraws itself right then puts back what was there.
    let empty = "const field = arguments[0]; if (field.value !== '') { field.value = ''; \
                 for (const event of ['input', 'change']) { field.dispatchEvent(new Event(event, { bubbles: true })); } }";
    field.clone().client().execute(empty, vec![serde_json::to_value(field)?]).await?;
    field.send_keys(value).await
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
