//! What the host that the app came from does beside handing out the app.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestInit, Response};

/// How long a host may take over one answer.
const PATIENCE_MS: u32 = 120_000;
/// Longest answer to what it does, bytes.
const MAX_ABOUT_BYTES: u64 = 4096;

/// What it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About {
    /// It has rooms to meet in.
    pub meet: bool,
    /// It keeps letters.
    pub mail: bool,
}

/// Why there is no answer that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// The host cannot be reached, or does not answer in time.
    Unreachable,
    /// It answers with this status of HTTP.
    Status(u16),
    /// It answers with more than was asked for, or with something else.
    Wrong,
}

/// What the host does. One that says nothing of it does neither.
///
/// # Errors
/// It cannot be reached.
pub async fn about() -> Result<About, NoAnswer> {
    let answer = match ask_for_json("/v0/relay", MAX_ABOUT_BYTES).await {
        Ok(answer) => answer,
        Err(NoAnswer::Unreachable) => return Err(NoAnswer::Unreachable),
        Err(_) => return Ok(About::default()),
    };
    let does = |name: &str| Reflect::get(&answer, &name.into()).ok().and_then(|value| value.as_bool());
    Ok(About { meet: does("meet") == Some(true), mail: does("mail") == Some(true) })
}

/// Asks for JSON at the root of the host, of at most so many bytes.
///
/// # Errors
/// Why there is none.
pub async fn ask_for_json(path: &str, most: u64) -> Result<JsValue, NoAnswer> {
    let answer = ask("GET", path, None, most).await?;
    let text = core::str::from_utf8(&answer).map_err(|_| NoAnswer::Wrong)?;
    js_sys::JSON::parse(text).map_err(|_| NoAnswer::Wrong)
}

/// Asks for something at the root of the host, and reads at most so many bytes of the answer.
///
/// # Errors
/// Why there is none.
pub async fn ask(method: &str, path: &str, body: Option<&[u8]>, most: u64) -> Result<Vec<u8>, NoAnswer> {
    let window = web_sys::window().ok_or(NoAnswer::Unreachable)?;
    let origin = window.location().origin().map_err(|_| NoAnswer::Unreachable)?;
    let options = RequestInit::new();
    options.set_method(method);
    options.set_cache(web_sys::RequestCache::NoStore);
    options.set_credentials(web_sys::RequestCredentials::Omit);
    options.set_redirect(web_sys::RequestRedirect::Error);
    options.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    options.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    if let Some(body) = body {
        options.set_body(&js_sys::Uint8Array::from(body));
    }
    let answer = JsFuture::from(window.fetch_with_str_and_init(&format!("{origin}{path}"), &options)).await;
    let answer: Response = answer.ok().and_then(|answer| answer.dyn_into().ok()).ok_or(NoAnswer::Unreachable)?;
    if !answer.ok() {
        return Err(NoAnswer::Status(answer.status()));
    }
    read(&answer, most).await
}

/// The body of an answer. What is longer than was asked for is not waited for.
async fn read(answer: &Response, most: u64) -> Result<Vec<u8>, NoAnswer> {
    let mut bytes = Vec::new();
    let Some(stream) = answer.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into().map_err(|_| NoAnswer::Wrong)?;
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| NoAnswer::Unreachable)?;
        let piece: ReadableStreamReadResult = piece.unchecked_into();
        if piece.get_done() == Some(true) {
            return Ok(bytes);
        }
        let piece: js_sys::Uint8Array = piece.get_value().dyn_into().map_err(|_| NoAnswer::Wrong)?;
        if bytes.len() as u64 + u64::from(piece.length()) > most {
            // What it still sends is thrown away.
            let _ = reader.cancel();
            return Err(NoAnswer::Wrong);
        }
        let at = bytes.len();
        bytes.resize(at + piece.length() as usize, 0);
        piece.copy_to(bytes.get_mut(at..).unwrap_or_default());
    }
}
