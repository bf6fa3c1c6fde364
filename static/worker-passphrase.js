importScripts('passphrase_worker.js');
wasm_bindgen({ module_or_path: 'passphrase_worker_bg.wasm' });
