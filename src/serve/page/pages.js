// The pages as they will be printed: sheets, the list of pages beside them, and zoom.

import { $, bring, button, element, roam } from "./dom.js";
import { ask, complain, desk } from "./desk.js";
import { word } from "./words.js";

const A4 = 794; // CSS pixels of 210 mm

/** ms after a change until the small pictures follow it: they must not hold up what is being typed. */
const LATER = 400;

let zoom = "fit";
let listing = 0;

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    entry.target.classList.toggle("near", entry.isIntersecting);
    if (entry.isIntersecting) drawPage(entry.target);
  }
}, { root: $("pages-scroll"), rootMargin: "400px" });

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) markPage(Number(entry.target.dataset.page));
}, { root: $("pages-scroll"), rootMargin: "-45% 0px -45% 0px" });

/** As many sheets as there are pages; those in sight are drawn anew where they have changed. Their list follows at once, or a
 * little later. */
export async function drawPages(atOnce = false) {
  const box = $("pages");
  const count = desk.current.view.pages?.length ?? 0;
  while (box.children.length > count) {
    near.unobserve(box.lastChild);
    seen.unobserve(box.lastChild);
    box.lastChild.remove();
  }
  while (box.children.length < count) {
    const sheet = element("div", { class: "page", "data-page": box.children.length, role: "img" });
    box.append(sheet);
    near.observe(sheet);
    seen.observe(sheet);
  }
  [...box.children].forEach((sheet, index) => sheet.setAttribute("aria-label", word("pageOf", index + 1, count)));
  size();
  await Promise.all([...box.querySelectorAll(".page.near")].map(drawPage));
  clearTimeout(listing);
  listing = setTimeout(drawList, !atOnce && $("page-list").children.length === count ? LATER : 0);
}

/** Clears all of it, for another document. */
export function clearPages() {
  forgetPictures();
  $("pages").replaceChildren();
  $("page-list").replaceChildren();
}

async function drawPage(sheet) {
  const doc = desk.current;
  const number = Number(sheet.dataset.page);
  const hash = doc?.view.pages?.[number];
  if (!hash || sheet.dataset.hash === `${doc.id}-${hash}`) return;
  sheet.dataset.hash = `${doc.id}-${hash}`;
  let page;
  try {
    page = await ask("GET", `api/documents/${doc.id}/sheets/${number}`);
  } catch (error) {
    delete sheet.dataset.hash;
    // A document that was closed or is changed meanwhile has other pages.
    if (doc === desk.current && error.trouble?.code !== "missing") complain(error);
    return;
  }
  if (doc !== desk.current || sheet.dataset.hash !== `${doc.id}-${hash}`) return;
  learn(page.shapes);
  if (!sheet.picture) {
    sheet.picture = document.createElementNS(SVG, "svg");
    sheet.picture.setAttribute("aria-hidden", "true");
    sheet.parts = [];
    sheet.replaceChildren(sheet.picture);
  }
  sheet.style.setProperty("aspect-ratio", `${page.width} / ${page.height}`);
  sheet.picture.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
  redraw(sheet, page.parts);
  markLines();
}

const SVG = "http://www.w3.org/2000/svg";
const known = new Set(); // ids of the shapes that this page has

const elements = (text) => [...new DOMParser().parseFromString(`<svg xmlns="${SVG}" xml:space="preserve">${text}</svg>`, "image/svg+xml").documentElement.children];

/** Keeps the shapes that are new, for all sheets together. */
function learn(shapes) {
  const fresh = Object.entries(shapes).filter(([id, shape]) => shape && !known.has(id));
  if (!fresh.length) return;
  for (const [id] of fresh) known.add(id);
  $("shapes").append(...elements(fresh.map(([, shape]) => shape).join("")));
}

/** Pictures have the same names in every document. */
function forgetPictures() {
  for (const picture of $("shapes").querySelectorAll("image")) { known.delete(picture.id); picture.remove(); }
}

/** Draws the parts of a sheet that are not as they were; those before and after them stay. */
function redraw(sheet, parts) {
  const old = sheet.parts;
  let first = 0;
  while (first < old.length && first < parts.length && old[first] === parts[first]) first += 1;
  let last = 0;
  while (last < old.length - first && last < parts.length - first && old[old.length - 1 - last] === parts[parts.length - 1 - last]) last += 1;
  const { picture } = sheet;
  for (const gone of [...picture.children].slice(first, old.length - last)) gone.remove();
  const fresh = elements(parts.slice(first, parts.length - last).join(""));
  // What stands in a preview does not lead away from it.
  const tame = fresh.map((one) => { if (one.localName !== "a") return one; const group = document.createElementNS(SVG, "g"); group.append(...one.childNodes); return group; });
  const before = picture.children[first] ?? null;
  for (const one of tame) picture.insertBefore(one, before);
  sheet.parts = parts;
}

/* ---------- the list ---------- */

/** A small picture of every page, a button each. */
function drawList() {
  const doc = desk.current;
  if (!doc) return;
  const list = $("page-list");
  const pages = doc.view.pages ?? [];
  while (list.children.length > pages.length) list.lastChild.remove();
  while (list.children.length < pages.length) {
    const index = list.children.length;
    const picture = element("img", { alt: "", loading: "lazy" });
    list.append(element("li", {}, button("", () => goTo(index), { tabindex: -1 })));
    list.lastChild.firstChild.append(picture, element("span", {}, String(index + 1)));
  }
  [...list.children].forEach((item, index) => {
    const [picture] = item.firstChild.children;
    // The address changes with what it shows.
    const address = `api/documents/${doc.id}/pages/${index}?${pages[index]}`;
    if (picture.getAttribute("src") !== address) picture.src = address;
    item.firstChild.setAttribute("aria-label", word("pageOf", index + 1, pages.length));
  });
  markPage(Math.max(0, [...list.children].findIndex((item) => item.firstChild.hasAttribute("aria-current"))));
}

function goTo(index) {
  const sheet = $("pages").children[index];
  if (sheet) bring($("pages-scroll"), sheet, true);
  markPage(index);
}

function markPage(number) {
  const items = [...$("page-list").children].map((item) => item.firstChild);
  items.forEach((item, index) => {
    item.tabIndex = index === number ? 0 : -1;
    if (index === number) item.setAttribute("aria-current", "page");
    else item.removeAttribute("aria-current");
  });
  const [list, item] = [$("page-list"), items[number]?.parentElement];
  if (item) list.scrollTo({ top: item.offsetTop - list.clientHeight / 2 + item.clientHeight / 2, left: item.offsetLeft - list.clientWidth / 2 + item.clientWidth / 2 });
  $("page-now").textContent = items.length ? word("pageOf", number + 1, items.length) : "";
}

$("page-list").onkeydown = (event) => {
  const items = [...$("page-list").querySelectorAll("button")];
  const across = getComputedStyle($("page-list")).flexDirection === "row";
  if (roam(event, items, across ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"])) goTo(items.indexOf(document.activeElement));
};

/* ---------- lines ---------- */

/** The numbers of the paragraphs that are looked at; set by the page. */
let looked = () => [];
export const lookAt = (paragraphs) => { looked = paragraphs; };

/** Marks the lines of the paragraphs that are looked at. */
export function markLines() {
  for (const line of $("pages").querySelectorAll("g.on")) line.classList.remove("on");
  for (const paragraph of looked()) {
    for (const line of $("pages").querySelectorAll(`g[data-paragraph="${paragraph}"]`)) line.classList.add("on");
  }
}

/** Brings the first of the marked lines into sight. */
export function showMarked() {
  const line = $("pages").querySelector("g.on");
  if (line) bring($("pages-scroll"), line);
}

/* ---------- zoom ---------- */

export function size() {
  const room = $("pages-scroll").clientWidth - 44;
  const width = zoom === "fit" ? Math.min(room, 920) : A4 * zoom;
  $("pages").style.setProperty("--page", `${Math.round(width)}px`);
  $("zoom-now").textContent = `${Math.round(width / A4 * 100)}%`;
}

function scale(by) {
  const now = parseInt($("zoom-now").textContent, 10) / 100;
  zoom = Math.min(3, Math.max(0.3, Math.round((now + by) * 10) / 10));
  size();
}

$("zoom-in").onclick = () => scale(0.1);
$("zoom-out").onclick = () => scale(-0.1);
$("zoom-fit").onclick = () => { zoom = "fit"; size(); };
addEventListener("resize", size);
