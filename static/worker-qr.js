// What fails in a promise is told to nobody; as an error, the page hears of it.
addEventListener('unhandledrejection', (event) => reportError(event.reason));
// The address of this file says of which build it is; what it loads has to be of the same.
const { search } = new URL(import.meta.url);
const { default: init } = await import(`./qr_worker.js${search}`);
await init({ module_or_path: new URL(`qr_worker_bg.wasm${search}`, import.meta.url) });
