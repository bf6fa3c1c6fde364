// What fails in a promise is told to nobody; as an error, the page hears of it.
addEventListener('unhandledrejection', (event) => reportError(event.reason));
importScripts(`vault_worker.js${location.search}`);
wasm_bindgen({ module_or_path: `vault_worker_bg.wasm${location.search}` });
