// arguments: kind ("action", "field", "heading" or "text") and a text; returns the element a person would mean, or null.
const [kind, wanted] = arguments;
const squeeze = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const target = squeeze(wanted).toLowerCase();
const kinds = {
  action:
    'button, a[href], summary, [role=button], [role=link], [role=tab], [role=menuitem], [role=option], [role=switch],' +
    '[role=radio], [role=checkbox], input[type=submit], input[type=button], input[type=checkbox], input[type=radio], label',
  field: 'input, textarea, select, [contenteditable=true], [role=textbox], [role=searchbox], [role=combobox]',
  heading: 'h1, h2, h3, h4, h5, h6, [role=heading]',
  text: 'body *',
};
const shown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) || (element.labels?.length > 0 && element.type !== 'hidden');
const byIds = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' ');
const names = (element) => {
  const found = [];
  if (element.hasAttribute('aria-labelledby')) found.push(byIds(element.getAttribute('aria-labelledby')));
  if (element.hasAttribute('aria-label')) found.push(element.getAttribute('aria-label'));
  if (kind === 'field' || element.matches('input')) {
    for (const label of element.labels ?? []) found.push(label.innerText, label.textContent);
    if (element.matches('[type=submit], [type=button]')) found.push(element.value);
    found.push(element.placeholder, element.title);
  } else {
    found.push(element.innerText, element.title, element.querySelector('img[alt]')?.alt);
  }
  return found.map((name) => squeeze(name).toLowerCase()).filter((name) => name !== '');
};
const rank = (element) => {
  const all = names(element);
  if (all.includes(target)) return 0;
  if (all.some((name) => name.startsWith(target))) return 1;
  return all.some((name) => name.includes(target)) ? 2 : 9;
};
// What lies under an open dialog cannot be reached.
const dialogs = [...document.querySelectorAll('dialog[open], [aria-modal=true]')].filter(shown);
const scope = dialogs.at(-1) ?? document;
let best = null;
for (const element of scope.querySelectorAll(kinds[kind])) {
  let score = rank(element);
  if (score > 2 || !shown(element)) continue;
  score = score * 10 + (element.disabled || element.getAttribute('aria-disabled') === 'true' ? 5 : 0);
  if (element.matches('label')) score += 1;
  // For text the innermost element counts, which comes later in the document.
  if (best === null || score < best.score || (kind === 'text' && score === best.score && best.element.contains(element)))
    best = { element, score };
}
return best?.element ?? null;
