//! What the window needs of the browser: clock, colours, focus, files, lasting storage.

use chartchain_vault::protocol::form::DateParts;
use js_sys::{Array, Date, Math, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Blob, BlobPropertyBag, FocusOptions, HtmlAnchorElement, HtmlElement, RequestInit, Response,
    SvgElement, Url,
};

use crate::view::dates;

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn root() -> Option<web_sys::Element> {
    document()?.document_element()
}

/// Milliseconds since 1970.
#[must_use]
pub fn now_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a date in milliseconds fits for 270,000 years")]
    let now = Date::now() as i64;
    now
}

/// The local date and time of an instant.
#[must_use]
pub fn local(ms: i64) -> dates::Date {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
    let date = Date::new(&JsValue::from_f64(ms as f64));
    #[expect(clippy::cast_possible_truncation, reason = "offsets are whole minutes below a day")]
    let offset_minutes = -(date.get_timezone_offset() as i32);
    dates::Date::of_instant(ms, offset_minutes)
}

/// The offset of the device's clock from UTC at a date of a form, in minutes.
pub fn offset_of(parts: &DateParts) -> i16 {
    let DateParts { year, month, day, clock, .. } = parts;
    offset_minutes(&format!("{year:0>4}-{month:0>2}-{day:0>2}T{clock:0>5}"))
}

/// How many minutes the clock of this device is east of UTC at a local date and time; now where that is none.
#[must_use]
pub fn offset_minutes(local: &str) -> i16 {
    let then = Date::new(&local.into());
    let east = -then.get_timezone_offset();
    #[expect(clippy::cast_possible_truncation, reason = "offsets are whole minutes below a day")]
    let minutes = if east.is_nan() { -Date::new_0().get_timezone_offset() } else { east } as i16;
    minutes
}

/// The languages that the person reads, best first.
#[must_use]
pub fn languages() -> Vec<String> {
    let names = web_sys::window().map(|window| window.navigator().languages());
    names.iter().flat_map(Array::iter).filter_map(|name| name.as_string()).collect()
}

/// The text of one of the app's own files, or nothing where it does not come within this time.
pub async fn fetch_text(path: &str) -> Option<String> {
    const PATIENCE_MS: u32 = 10_000;
    let options = RequestInit::new();
    options.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(path, &options)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

/// Today, here.
#[must_use]
pub fn today() -> dates::Date {
    local(now_ms())
}

/// This moment as FHIR writes it, by the clock of this device: `2026-11-22T08:12:00+01:00`.
#[must_use]
pub fn now_written() -> String {
    let now = today();
    let (hour, minute) = now.time.unwrap_or_default();
    let local = format!("{}T{hour:02}:{minute:02}:00", now.day_written());
    let east = offset_minutes(&local);
    let sign = if east < 0 { '-' } else { '+' };
    format!("{local}{sign}{:02}:{:02}", east.abs() / 60, east.abs() % 60)
}

/// A number for a made-up person. Not for secrets.
#[must_use]
pub fn any_seed() -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and a million")]
    let seed = (Math::random() * 1e6) as u64 + 1;
    seed
}

/// Whether the page has what it needs; else what is missing.
#[must_use]
pub fn obstacle() -> Option<Obstacle> {
    let window = web_sys::window()?;
    if !window.is_secure_context() {
        return Some(Obstacle::InsecureContext);
    }
    match window.indexed_db() {
        Ok(Some(_)) => None,
        _ => Some(Obstacle::NoStorage),
    }
}

/// What keeps the app from working here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Opened over plain HTTP.
    InsecureContext,
    /// No IndexedDB.
    NoStorage,
}

/// Whether the browser can be asked to keep what is stored here.
#[must_use]
pub fn can_promise_storage() -> bool {
    let storage = web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"storage".into()).ok());
    storage.is_some_and(|storage| Reflect::has(&storage, &"persist".into()).is_ok_and(|has| has))
}

/// Asks the browser not to delete what is stored here; false where it does not promise.
pub async fn ask_for_lasting_storage() -> bool {
    if !can_promise_storage() {
        return false;
    }
    let Some(window) = web_sys::window() else { return false };
    match window.navigator().storage().persist() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()),
        Err(_) => false,
    }
}

/// Whether this browser deletes what is not opened for a while (WebKit, unless installed).
#[must_use]
pub fn deletes_unused_storage() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let agent = window.navigator().user_agent().unwrap_or_default();
    let webkit = agent.contains("AppleWebKit") && !["Chrome", "Chromium", "Android"].iter().any(|n| agent.contains(n));
    let installed = Reflect::get(&window.navigator(), &"standalone".into()).is_ok_and(|value| value.is_truthy());
    webkit && !installed
}

/// Kept outside the vault, because the lock screen needs them: they say nothing of anyone.
#[must_use]
pub fn remembered(name: &str) -> Option<String> {
    web_sys::window()?.local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a setting of the lock screen.
pub fn remember(name: &str, value: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) {
        // A browser that keeps nothing shows the defaults next time.
        let _ = storage.set_item(name, value);
    }
}

/// Forgets a setting of the lock screen.
pub fn forget(name: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) {
        // What cannot be removed was not kept either.
        let _ = storage.remove_item(name);
    }
}

/// Sets or removes an attribute of the root element.
pub fn set_root(name: &str, value: Option<&str>) {
    if let Some(root) = root() {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// The title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves focus without moving the page.
pub fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Moves focus to the element of this id, if it is there.
pub fn focus_id(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    match element.map(|element| element.dyn_into::<HtmlElement>()) {
        Some(Ok(element)) => drop(element.focus()),
        // Points of a drawing.
        Some(Err(element)) => drop(element.dyn_into::<SvgElement>().map(|element| element.focus())),
        None => {}
    }
}

/// Whether the person is in the middle of an input, so that focus must stay there.
#[must_use]
pub fn is_typing() -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|element| element.matches("input, textarea, select").unwrap_or(false))
}

/// Whether the focus is in a field that Enter would send the form from.
pub fn is_in_line() -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|element| element.matches("input, select").unwrap_or(false))
}

/// Moves focus to one of the elements that fit a selector, counted from 0.
pub fn focus_nth(selector: &str, at: usize) {
    let found = document().and_then(|document| document.query_selector_all(selector).ok());
    let node = found.and_then(|found| found.item(u32::try_from(at).ok()?));
    if let Some(element) = node.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// How much room this origin takes and may take in the browser's storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Taken, in bytes, as the browser estimates it.
    pub used_bytes: u64,
    /// May be taken, in bytes.
    pub most_bytes: u64,
    /// The browser has promised not to delete it by itself.
    pub lasts: bool,
}

/// Asks the browser about its storage; `None` where it does not say.
pub async fn room() -> Option<Room> {
    let navigator = web_sys::window()?.navigator();
    if Reflect::get(&navigator, &"storage".into()).ok()?.is_undefined() {
        return None;
    }
    let storage = navigator.storage();
    let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are whole and not negative")]
    let bytes = |name: &str| Some(Reflect::get(&estimate, &name.into()).ok()?.as_f64()? as u64);
    let (used_bytes, most_bytes) = (bytes("usage")?, bytes("quota")?);
    let lasts = match storage.persisted() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()),
        Err(_) => false,
    };
    Some(Room { used_bytes, most_bytes, lasts })
}

/// Scrolls to a height.
pub fn scroll_to(y: f64) {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, y);
    }
}

/// How far the page is scrolled.
#[must_use]
pub fn scrolled() -> f64 {
    web_sys::window().and_then(|window| window.scroll_y().ok()).unwrap_or(0.0)
}

/// Length of a blob.
#[must_use]
pub fn blob_size(blob: &Blob) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are whole and not negative")]
    let size = blob.size() as u64;
    size
}

/// The bytes of a part of a blob.
pub async fn blob_part(blob: &Blob, from: u64, to: u64) -> Option<Vec<u8>> {
    #[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
    let part = blob.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Text as a blob.
#[must_use]
pub fn blob_of_text(text: &str) -> Option<Blob> {
    Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()
}

/// Gathers parts of a file and gives them to the person as a download.
#[derive(Debug, Default)]
pub struct Download {
    parts: Array,
}

impl Download {
    /// Adds the next part.
    pub fn add(&self, bytes: &[u8]) {
        self.parts.push(&Uint8Array::from(bytes));
    }

    /// Gives it to a page to show.
    #[must_use]
    pub fn show(self, media_type: &str) -> Option<Shown> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let blob = Blob::new_with_u8_array_sequence_and_options(&self.parts, &options).ok()?;
        Some(Shown { url: Url::create_object_url_with_blob(&blob).ok()? })
    }

    /// Saves it under a name.
    pub fn save(self, name: &str, media_type: &str) -> Option<()> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let blob = Blob::new_with_u8_array_sequence_and_options(&self.parts, &options).ok()?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        gloo_timers::callback::Timeout::new(60_000, move || {
            let _ = Url::revoke_object_url(&url);
        })
        .forget();
        Some(())
    }
}

/// A file that a page shows; let go of with it.
#[derive(Debug)]
pub struct Shown {
    url: String,
}

impl Shown {
    /// The address for this page only.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.url);
    }
}

/// Puts text on the clipboard; false where the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// The full address of a page of the app.
#[must_use]
pub fn address_of(path: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let app = here.split('#').next().unwrap_or_default();
    format!("{app}#{path}")
}

/// Reloads the page.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Opens the browser's print dialogue.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}
