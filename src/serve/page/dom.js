// Elements, made in a line.

export const $ = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function button(text, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, text);
}

/** Gives a select its options, and keeps what was chosen. */
export function fill(select, options) {
  const value = select.value;
  select.replaceChildren(...options.map(([key, text]) => element("option", { value: key }, text)));
  select.value = value;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

/** Moves the focus among some elements by the arrow keys; true where it did. */
export function roam(event, items, keys = ["ArrowUp", "ArrowDown"]) {
  const at = items.indexOf(document.activeElement);
  const to = { [keys[0]]: at - 1, [keys[1]]: at + 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined || !items.length) return false;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
  return true;
}

/** Scrolls a box, and nothing round it, until what is in it is in sight: as little as that takes, or up to its top. */
export function bring(box, node, toTop = false) {
  const [outer, inner] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
  const least = (start, end) => (start < 0 === end > 0 ? 0 : Math.abs(start) < Math.abs(end) ? start : end);
  const down = inner.top - outer.top;
  box.scrollBy(least(inner.left - outer.left, inner.right - outer.right), toTop ? down : least(down, inner.bottom - outer.bottom));
}
