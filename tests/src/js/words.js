// Every text that a person reads or hears on the page, without what stands in brackets, as every message of the language
// for tests does.
const texts = [document.title];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const holder = walker.currentNode.parentElement;
  if (holder.closest('pre, noscript, [lang]:not(html)')) continue;
  texts.push(walker.currentNode.data);
}
for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [aria-description]'))
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
    if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
const bare = (text) => {
  let [out, depth] = ['', 0];
  for (const letter of text) {
    if (letter === '[') depth += 1;
    else if (letter === ']') depth = Math.max(0, depth - 1);
    else if (depth === 0) out += letter;
  }
  return out.trim();
};
return texts.map(bare).filter((text) => /\p{Letter}/u.test(text));
