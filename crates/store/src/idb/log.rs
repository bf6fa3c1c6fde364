//! What Chromium does with the log of its store when it was killed, and what is done against it.
//!
//! Chromium keeps all databases of an origin in one LevelDB. Killed in the middle of a write, it leaves a record without its
//! end. The next start reads over that and goes on writing behind it, in the same file. The start after that reads both as
//! one record, finds it damaged and deletes everything, also what was acknowledged as strictly durable. So the
//! first thing after a start is to let it begin another file.

use super::IdbStore;
use crate::store::{Store as _, StoreError};
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// A database that is there only while it is made and deleted.
const PASSING: &str = "chartchain-log";

/// Lets Chromium write its log anew: deleting a database compacts, which closes the file that is written to and begins another one.
pub(super) async fn renew() -> Result<(), StoreError> {
    if !is_chromium() {
        return Ok(());
    }
    IdbStore::open(PASSING).await?.wipe().await
}

/// No other engine has this name, in windows and workers of secure contexts.
fn is_chromium() -> bool {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    let known = get(&js_sys::global(), "navigator").and_then(|navigator| get(&navigator, "userAgentData"));
    known.is_some_and(|known| known.is_object())
}

/// Whether an upgrade is needed because the browser deleted what was there. Only Chromium tells.
pub(super) fn tells_of_loss(event: &JsValue) -> bool {
    let loss = Reflect::get(event, &JsValue::from_str("dataLoss")).ok().and_then(|loss| loss.as_string());
    loss.is_some_and(|loss| loss == "total")
}
