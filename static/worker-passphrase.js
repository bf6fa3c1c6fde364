// What fails in a promise is told to nobody; as an error, the vault worker hears of it.
addEventListener('unhandledrejection', (event) => reportError(event.reason));
importScripts(`passphrase_worker.js${location.search}`);
wasm_bindgen({ module_or_path: `passphrase_worker_bg.wasm${location.search}` });
