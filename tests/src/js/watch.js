// Catches what the page gives out and what goes wrong in it, for a driver that tells neither.
if (globalThis.watched) return;
const watched = { said: [], given: [] };
Object.defineProperty(globalThis, 'watched', { value: watched });
addEventListener('error', (event) => watched.said.push(`error: ${event.message}`));
addEventListener('unhandledrejection', (event) => watched.said.push(`error: ${event.reason}`));
addEventListener('securitypolicyviolation', (event) =>
  watched.said.push(`csp: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
);
const print = console.error;
console.error = (...words) => {
  watched.said.push(`console: ${words.join(' ')}`);
  print.apply(console, words);
};
const blobs = new Map();
const make = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  const url = make.call(URL, blob);
  blobs.set(url, blob);
  return url;
};
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () {
  if (this.download && blobs.has(this.href)) watched.given.push({ name: this.download, blob: blobs.get(this.href) });
  else click.call(this);
};
addEventListener(
  'click',
  (event) => {
    const link = event.target.closest?.('a[download]');
    if (!link) return;
    event.preventDefault();
    const name = link.download;
    fetch(link.href).then(async (answer) => watched.given.push({ name, blob: await answer.blob() }));
  },
  true,
);
