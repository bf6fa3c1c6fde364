// Every row of every IndexedDB database of this origin; bytes as base64, in the order they lie in the value.
const done = arguments[arguments.length - 1];
// Firefox runs this beside the page, where `instanceof` knows other classes.
const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const base64 = (bytes) => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
};
const pieces = (value, found) => {
  if (kindOf(value) === 'ArrayBuffer') found.push(base64(new Uint8Array(value)));
  else if (ArrayBuffer.isView(value)) found.push(base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
  else if (Array.isArray(value)) value.forEach((item) => pieces(item, found));
  else if (value !== null && typeof value === 'object' && kindOf(value) !== 'Date')
    for (const [name, item] of Object.entries(value)) {
      found.push(base64(new TextEncoder().encode(name)));
      pieces(item, found);
    }
  else found.push(base64(new TextEncoder().encode(kindOf(value) === 'Date' ? value.toISOString() : String(value))));
  return found;
};
const settle = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the database is blocked'));
  });
(async () => {
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await settle(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store, 'readonly').objectStore(store);
      const [keys, values] = await Promise.all([settle(objects.getAllKeys()), settle(objects.getAll())]);
      keys.forEach((key, at) => {
        rows.push({ database: name, store, key: pieces(key, []), value: pieces(values[at], []) });
      });
    }
    database.close();
  }
  done({ rows });
})().catch((error) => done({ error: String(error) }));
