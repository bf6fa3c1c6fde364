// What fails in a promise is told to nobody; as an error, the vault worker hears of it.
addEventListener('unhandledrejection', (event) => reportError(event.reason));
importScripts('docs_worker.js');
wasm_bindgen({ module_or_path: 'docs_worker_bg.wasm' });
