// Answers from the files of one build, kept here once and checked then, so that the app works without a network and two
// builds never mix. `cargo xtask` writes `const BUILD = { id, files };` before this in a build that is to be kept.
// In any other build this takes away what an earlier one left here.
const build = typeof BUILD === 'undefined' ? undefined : BUILD;
const scope = new URL(registration.scope);
// Several apps may live under paths of one host.
const prefix = `chartchain ${scope.href} `;
const cacheOf = (id) => prefix + id;

// Under which address a file of a build is kept; the page itself is the empty path.
const addressOf = (path, id) => new URL(`${path}?b=${id}`, scope).href;

// What is asked for: a path within the app and, where the address says so, of which build.
function asked(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(scope.href)) return undefined;
  const path = url.pathname.slice(scope.pathname.length);
  return { path: path === 'index.html' ? '' : path, id: url.searchParams.get('b') ?? build?.id };
}

// A file of this build, whole and as it was made, or an error.
async function load(path) {
  const integrity = `sha256-${build.files[path]}`;
  const get = (cache) => fetch(addressOf(path, build.id), { cache, integrity });
  const answer = await get('default').catch(() => get('reload'));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

// Keeps all files; what an earlier try has kept already is not loaded again.
async function keep() {
  const cache = await caches.open(cacheOf(build.id));
  const kept = new Set((await cache.keys()).map((request) => request.url));
  for (const path of Object.keys(build.files)) {
    const address = addressOf(path, build.id);
    if (!kept.has(address)) await cache.put(address, await load(path));
  }
}

async function answer({ path, id }) {
  const kept = await caches.match(addressOf(path, id), { cacheName: cacheOf(id) });
  if (kept) return kept;
  // Another build's file may not stand in for it.
  return id === build.id ? load(path) : Response.error();
}

async function forgetOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(names.filter((name) => name !== cacheOf(build?.id)).map((name) => caches.delete(name)));
}

async function leave() {
  await forgetOthers();
  await registration.unregister();
  for (const client of await clients.matchAll({ type: 'window' })) await client.navigate(client.url).catch(() => {});
}

if (build) {
  addEventListener('install', (event) => event.waitUntil(keep()));
  addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => clients.claim())));
  addEventListener('fetch', (event) => {
    const wanted = asked(event.request);
    if (wanted && (wanted.path in build.files || wanted.id !== build.id)) event.respondWith(answer(wanted));
  });
  // The person wants the new build now. All tabs load anew when they hear that it answers them.
  addEventListener('message', (event) => event.data === 'begin' && skipWaiting());
} else {
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(leave()));
}
