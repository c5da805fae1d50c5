// The pages as they will be printed: sheets, the list of pages beside them, and zoom.

import { $, button, element, roam } from "./dom.js";
import { desk } from "./desk.js";
import { word } from "./words.js";

const A4 = 794; // CSS pixels of 210 mm

let zoom = "fit";

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    entry.target.classList.toggle("near", entry.isIntersecting);
    if (entry.isIntersecting) drawPage(entry.target);
  }
}, { root: $("pages-scroll"), rootMargin: "400px" });

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) markPage(Number(entry.target.dataset.page));
}, { root: $("pages-scroll"), rootMargin: "-45% 0px -45% 0px" });

/** As many sheets as there are pages; those in sight are drawn anew where they have changed. */
export async function drawPages() {
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
  drawList();
}

/** Clears all of it, for another document. */
export function clearPages() {
  $("pages").replaceChildren();
  $("page-list").replaceChildren();
}

async function drawPage(sheet) {
  const doc = desk.current;
  const number = Number(sheet.dataset.page);
  const hash = doc?.view.pages?.[number];
  if (!hash || sheet.dataset.hash === `${doc.id}-${hash}`) return;
  sheet.dataset.hash = `${doc.id}-${hash}`;
  const answer = await fetch(`api/documents/${doc.id}/pages/${number}`);
  if (!answer.ok) { delete sheet.dataset.hash; return; }
  const text = await answer.text();
  if (doc !== desk.current || sheet.dataset.hash !== `${doc.id}-${hash}`) return;
  const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
  sheet.style.setProperty("aspect-ratio", `${width} / ${height}`);
  picture.removeAttribute("width");
  picture.removeAttribute("height");
  picture.setAttribute("aria-hidden", "true");
  // What stands in a preview does not lead away from it.
  for (const link of picture.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  sheet.replaceChildren(document.importNode(picture, true));
  markLines();
}

/* ---------- the list ---------- */

/** A small picture of every page, a button each. */
function drawList() {
  const doc = desk.current;
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
  $("pages").children[index]?.scrollIntoView({ block: "start" });
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
export const showMarked = () => $("pages").querySelector("g.on")?.scrollIntoView({ block: "nearest" });

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
