// Keeps the name under a key of bytes, as the app's store does.
const said = document.getElementById('said');
const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open('things', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('rows');
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const key = new Uint8Array([1, 2, 3]);

document.getElementById('save').addEventListener('click', async () => {
  const bytes = new TextEncoder().encode(document.getElementById('name').value);
  const transaction = (await opened).transaction('rows', 'readwrite', { durability: 'strict' });
  transaction.objectStore('rows').put({ sealed: bytes }, key);
  transaction.oncomplete = () => (said.textContent = 'saved');
});
document.querySelector('input[type=file]').addEventListener('change', async (event) => {
  said.textContent = await event.target.files[0].text();
});
document.getElementById('trip').addEventListener('click', () => {
  console.error('tripped in the console');
  document.body.setAttribute('style', 'color: red');
  setTimeout(() => {
    throw new Error('tripped over a stone');
  }, 0);
  document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "breached"' }));
});
(async () => {
  const request = (await opened).transaction('rows').objectStore('rows').get(key);
  request.onsuccess = () => {
    if (request.result) said.textContent = `kept: ${new TextDecoder().decode(request.result.sealed)}`;
  };
})();
