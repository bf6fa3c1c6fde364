//! Futures of IndexedDB's requests and transactions, and what its errors mean.

use crate::store::StoreError;
use js_sys::{Promise, Reflect};
use std::error::Error;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbRequest, IdbTransaction};

/// What a request answers. Its handlers are set when this is called, not when it is first polled.
pub(super) fn settled(
    operation: &'static str,
    request: &IdbRequest,
) -> impl Future<Output = Result<JsValue, StoreError>> + use<> {
    // The promise settles inside the event, and its reactions run before the transaction becomes inactive.
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let answer = JsFuture::from(promise);
    let request = request.clone();
    async move {
        match answer.await {
            Ok(_) => request.result().map_err(|error| explain(operation, &error)),
            Err(_) => match request.error() {
                Ok(Some(error)) => Err(explain(operation, &error)),
                Ok(None) | Err(_) => Err(StoreError::Closed),
            },
        }
    }
}

/// When the transaction is over: complete, or aborted and why. Its handlers are set when this is called.
pub(super) fn completed(
    operation: &'static str,
    transaction: &IdbTransaction,
) -> impl Future<Output = Result<(), StoreError>> + use<> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let over = JsFuture::from(promise);
    let transaction = transaction.clone();
    async move {
        match over.await {
            Ok(_) => Ok(()),
            // No error: aborted by us, or with its connection.
            Err(_) => Err(transaction.error().map_or(StoreError::Closed, |error| explain(operation, &error))),
        }
    }
}

/// What an exception of IndexedDB means.
pub(super) fn explain(operation: &'static str, error: &JsValue) -> StoreError {
    let word = |name| Reflect::get(error, &JsValue::from_str(name)).ok().and_then(|word| word.as_string());
    let (name, message) = (word("name").unwrap_or_default(), word("message").unwrap_or_default());
    classify(operation, &name, &format!("{name}: {message}"))
}

/// What an error of rexie means. It carries the exception as text, `name: message`, one cause down.
pub(super) fn explain_rexie(operation: &'static str, error: &rexie::Error) -> StoreError {
    let text = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    let name = NAMES.iter().find(|name| text.contains(**name)).copied().unwrap_or_default();
    classify(operation, name, &text)
}

const NAMES: [&str; 7] = [
    "QuotaExceededError",
    "InvalidStateError",
    "AbortError",
    "VersionError",
    "NotFoundError",
    "NotReadableError",
    "DataCloneError",
];

fn classify(operation: &'static str, name: &str, text: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        // The connection is closed or closing, or the transaction went with it.
        "InvalidStateError" | "AbortError" => StoreError::Closed,
        "VersionError" => StoreError::TooNew,
        // No such object store, or a value whose file is gone.
        "NotFoundError" | "NotReadableError" => StoreError::Damaged(text.to_owned()),
        _ => StoreError::Failed { operation, cause: text.to_owned() },
    }
}
