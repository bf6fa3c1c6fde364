importScripts('vault_worker.js');
wasm_bindgen({ module_or_path: 'vault_worker_bg.wasm' });
