// What fails in a promise is told to nobody; as an error, the page hears of it.
addEventListener('unhandledrejection', (event) => reportError(event.reason));
importScripts('qr_worker.js');
wasm_bindgen({ module_or_path: 'qr_worker_bg.wasm' });
