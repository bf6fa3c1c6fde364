import init from './chartchain-web.js';

await init({ module_or_path: new URL('chartchain-web_bg.wasm', import.meta.url) });
