// A vault worker of the bench's own, spoken to in its own bytes; times are this page's.
const bench = { heard: [], laps: [], bare: [], ready: false, error: null };
window.bench = bench;
// The page is a stylesheet: the app is not there, so that its policy's name is free.
const policy = (bench.policy ??= globalThis.trustedTypes?.createPolicy('chartchain-workers', { createScriptURL: (url) => url }));
const script = '../worker-vault.js';
bench.worker = new Worker(policy ? policy.createScriptURL(script) : script, { type: "module" });
bench.worker.onerror = (event) => { bench.error = event.message; };
bench.worker.onmessage = ({ data }) => {
  const at = performance.now();
  if (data.length === 0) bench.ready = true;
  else if (bench.waiting) bench.waiting(at);
  else bench.heard.push([at, data]);
};
bench.bytes = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
bench.text = (bytes) => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};
bench.send = (text) => {
  const bytes = bench.bytes(text);
  const at = performance.now();
  bench.worker.postMessage(bytes);
  return at;
};
bench.take = () => bench.heard.splice(0).map(([at, bytes]) => [at, bench.text(bytes)]);
// One request after the other, and after each a bare strict transaction with as many bytes as an entry has.
bench.run = async (texts, events) => {
  const opened = indexedDB.open('bench-bare', 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore('rows');
  await new Promise((done, fail) => { opened.onsuccess = done; opened.onerror = fail; });
  const bytes = crypto.getRandomValues(new Uint8Array(600));
  for (const [number, text] of texts.entries()) {
    let left = 1 + events;
    await new Promise((done) => {
      const start = bench.send(text);
      let answered = null;
      bench.waiting = (at) => {
        answered ??= at;
        left -= 1;
        if (left > 0) return;
        bench.laps.push(answered - start);
        done();
      };
    });
    bench.waiting = null;
    const start = performance.now();
    const change = opened.result.transaction('rows', 'readwrite', { durability: 'strict' });
    change.objectStore('rows').put(bytes, number);
    await new Promise((done, fail) => { change.oncomplete = done; change.onabort = fail; });
    bench.bare.push(performance.now() - start);
  }
  opened.result.close();
  indexedDB.deleteDatabase('bench-bare');
};
// Fixed work, to see how fast this device is.
bench.spin = () => {
  const start = performance.now();
  let sum = 1;
  for (let turn = 0; turn < 40e6; turn += 1) sum = (Math.imul(sum, 1103515245) + 12345) | 0;
  return [performance.now() - start, sum][0];
};
