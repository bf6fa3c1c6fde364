// Copies every IndexedDB database of this origin aside ("keep") or puts the copies back in their place ("restore").
const [what, done] = arguments;
const PREFIX = 'kept: ';
const settle = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the database is blocked'));
  });
const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
const copy = async (from, to) => {
  const source = await settle(indexedDB.open(from));
  const stores = [...source.objectStoreNames];
  const opening = indexedDB.open(to, source.version);
  opening.onupgradeneeded = () => stores.forEach((store) => opening.result.createObjectStore(store));
  const target = await settle(opening);
  for (const store of stores) {
    const objects = source.transaction(store, 'readonly').objectStore(store);
    const [keys, values] = await Promise.all([settle(objects.getAllKeys()), settle(objects.getAll())]);
    const writing = target.transaction(store, 'readwrite', { durability: 'strict' });
    writing.objectStore(store).clear();
    keys.forEach((key, at) => writing.objectStore(store).put(values[at], key));
    await finished(writing);
  }
  source.close();
  target.close();
};
(async () => {
  for (const { name } of await indexedDB.databases()) {
    if (what === 'keep' && !name.startsWith(PREFIX)) await copy(name, PREFIX + name);
    if (what === 'restore' && name.startsWith(PREFIX)) await copy(name, name.slice(PREFIX.length));
  }
  done({});
})().catch((error) => done({ error: String(error) }));
