// The address of this file says of which build it is; what it loads has to be of the same.
const { search } = new URL(import.meta.url);
const { default: init } = await import(`./chartchain-web.js${search}`);
await init({ module_or_path: new URL(`chartchain-web_bg.wasm${search}`, import.meta.url) });
