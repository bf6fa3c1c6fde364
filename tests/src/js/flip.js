// Flips one bit of a row that holds bytes. arguments: database, store, index of the row, index of the bit (modulo length).
const [name, store, row, bit, done] = arguments;
// Firefox runs this beside the page, where `instanceof` knows other classes.
const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const settle = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
const bytesOf = (value) => {
  if (kindOf(value) === 'ArrayBuffer') return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value !== null && typeof value === 'object')
    for (const item of Object.values(value)) {
      const found = bytesOf(item);
      if (found !== null && found.length > 0) return found;
    }
  return null;
};
(async () => {
  const database = await settle(indexedDB.open(name));
  const objects = database.transaction(store, 'readwrite', { durability: 'strict' }).objectStore(store);
  const key = (await settle(objects.getAllKeys()))[row];
  const value = await settle(objects.get(key));
  const bytes = bytesOf(value);
  if (bytes === null || bytes.length === 0) return false;
  const at = bit % (bytes.length * 8);
  bytes[at >> 3] ^= 1 << (at & 7);
  await settle(objects.keyPath === null ? objects.put(value, key) : objects.put(value));
  database.close();
  return true;
})().then((flipped) => done({ flipped }), (error) => done({ error: String(error) }));
