// What a person cannot read on the page: texts cut off by their box, and texts that lie on each other.
const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const found = [];
const texts = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
next: while (walker.nextNode()) {
  const node = walker.currentNode;
  const holder = node.parentElement;
  if (node.data.trim() === '' || !shown(holder)) continue;
  // Drawings place their own words, closed boxes and hidden texts are for another sense.
  if (holder.closest('svg, option, .hidden-text, .skip, noscript, pre, textarea, [aria-hidden=true]')) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  for (let box = holder; box && box !== document.body; box = box.parentElement) {
    const style = getComputedStyle(box);
    const hides = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
    if (!hides || box.matches('.clamp')) continue;
    const edge = box.getBoundingClientRect();
    if (edge.width <= 2 || edge.height <= 2) continue next;
    if (boxes.some((one) => one.right > edge.right + 2 || one.left < edge.left - 2 || one.bottom > edge.bottom + 4))
      found.push(`cut off: ${node.data.trim()}`);
  }
  const floats = (element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position);
  let floating = false;
  for (let box = holder; box; box = box.parentElement) floating ||= floats(box);
  if (!floating) texts.push({ node, boxes });
}
for (const [at, one] of texts.entries())
  for (const other of texts.slice(at + 1)) {
    const meet = one.boxes.some((a) =>
      other.boxes.some((b) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Lines of one paragraph touch.
        return wide > 2 && high > Math.min(a.height, b.height) / 2;
      }),
    );
    if (meet) found.push(`on each other: ${one.node.data.trim()} | ${other.node.data.trim()}`);
  }
return found;
