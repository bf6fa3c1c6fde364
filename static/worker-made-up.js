// What fails in a promise is told to nobody; as an error, the vault worker hears of it.
addEventListener('unhandledrejection', (event) => reportError(event.reason));
// The page's policy takes no address of a script from anywhere else.
const script = `made_up_worker.js${location.search}`;
const own = globalThis.trustedTypes?.createPolicy('chartchain-import', { createScriptURL: () => script });
importScripts(own ? own.createScriptURL('') : script);
wasm_bindgen({ module_or_path: `made_up_worker_bg.wasm${location.search}` });
