//! Where scripts may be loaded from (Trusted Types): the page's policy takes the address of a script only from here, and
//! here only the app's own are let through. Nothing else in the app makes code out of text.

use js_sys::{Array, Function, Object, Reflect, global};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Worker;

/// As the content security policy names it.
const POLICY: &str = "chartchain-workers";
const SCRIPTS: [&str; 6] = [
    "worker-vault.js",
    "worker-passphrase.js",
    "worker-made-up.js",
    "worker-qr.js",
    "worker-docs.js",
    "service-worker.js",
];

thread_local! {
    static TRUSTED: Option<JsValue> = policy();
}

/// Starts a worker from a script of the app; nothing where the browser refuses.
pub fn worker(script: &str) -> Option<Worker> {
    let make: Function = Reflect::get(&global(), &"Worker".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"module".into()).ok()?;
    Reflect::construct(&make, &Array::of2(&address(script)?, &options)).ok()?.dyn_into().ok()
}

/// The address of a script of the app, in the form that the browser takes.
pub fn address(script: &str) -> Option<JsValue> {
    TRUSTED.with(|policy| match policy {
        Some(policy) => {
            let make: Function = Reflect::get(policy, &"createScriptURL".into()).ok()?.dyn_into().ok()?;
            make.call1(policy, &script.into()).ok()
        }
        // A browser that does not know them takes any address.
        None => Some(script.into()),
    })
}

fn policy() -> Option<JsValue> {
    let factory = Reflect::get(&global(), &"trustedTypes".into()).ok().filter(JsValue::is_object)?;
    let make: Function = Reflect::get(&factory, &"createPolicy".into()).ok()?.dyn_into().ok()?;
    let check = Closure::<dyn Fn(String) -> JsValue>::new(|script: String| {
        // What stands behind the name says of which build it is.
        let (name, _) = script.split_once('?').unwrap_or((&script, ""));
        if SCRIPTS.contains(&name) { script.into() } else { JsValue::NULL }
    });
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), &check.into_js_value()).ok()?;
    make.call2(&factory, &POLICY.into(), &rules).ok()
}
