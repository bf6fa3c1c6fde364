// arguments: an ending; gives the last blob that was given out under a name with it, once.
const [ending, done] = [arguments[0], arguments[arguments.length - 1]];
const given = globalThis.watched?.given ?? [];
const at = given.findLastIndex((one) => one.name.endsWith(ending));
if (at < 0) done({});
else {
  const [{ name, blob }] = given.splice(at, 1);
  const reader = new FileReader();
  reader.onload = () => done({ name, data: reader.result.slice(reader.result.indexOf(',') + 1) });
  reader.onerror = () => done({});
  reader.readAsDataURL(blob);
}
