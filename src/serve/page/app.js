// The page: what is read, the outline with its corrections, and the pages as they will be printed.

import * as edit from "./edit.js";
import { languages, word, roleName, ruleWords, findingWords, errorWords } from "./words.js";

const $ = (id) => document.getElementById(id);
const FIELDS = { title: "f-title", byline: "f-byline", date: "f-date" };
const HEADS = ["title", "heading"];
const KINDS = ["docx", "pdf", "two-up", "booklet", "md"];
const A4 = 794; // CSS pixels of 210 mm

let language = "zh";
let setup = null;
const documents = new Map(); // id → document
let current = null;
let zoom = "fit";

/* ---------- the server ---------- */

async function ask(method, path, body) {
  const answer = await fetch(path, { method, body });
  const value = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(value.error?.code), { trouble: value.error });
  return value;
}

async function add(name, bytes) {
  const view = await ask("POST", `api/documents?name=${encodeURIComponent(name)}`, bytes);
  documents.set(view.id, {
    id: view.id, view, settings: view.settings, corrections: edit.none(), past: [], future: [],
    selected: Math.max(0, view.units?.findIndex((unit) => unit.kind !== "boilerplate") ?? 0),
  });
  return view.id;
}

/** Takes documents in, one after the other, and shows the first. */
async function take(files) {
  let first = null;
  for (const file of files) {
    try {
      if (files.length > 1) say(word("reading", file.name));
      const id = await add(file.name, file);
      first ??= id;
    } catch (error) {
      say(`${file.name}: ${errorWords(error.trouble ?? { code: "offline" })}`, 6000);
    }
  }
  if (first === null) return;
  if (files.length > 1) say(word("taken", files.length));
  show(first);
}

/* ---------- corrections ---------- */

let running = false;
let waiting = false;

/** Sends what was corrected and chosen, and shows what comes of it; the latest wins. */
async function refresh() {
  if (running) { waiting = true; return; }
  running = true;
  const doc = current;
  try {
    const start = performance.now();
    const body = JSON.stringify({ corrections: doc.corrections, settings: doc.settings });
    doc.view = await ask("PUT", `api/documents/${doc.id}`, body);
    if (doc === current) {
      $("status").hidden = true;
      draw();
      await drawPages();
      document.documentElement.dataset.latency = Math.round(performance.now() - start);
      document.documentElement.dataset.revision = Number(document.documentElement.dataset.revision ?? 0) + 1;
    }
  } catch (error) {
    say(errorWords(error.trouble ?? { code: "offline" }), 6000);
  } finally {
    running = false;
    if (waiting) { waiting = false; refresh(); }
  }
}

const state = (doc) => JSON.stringify([doc.corrections, doc.settings]);

/** One step that can be undone. */
function step(change) {
  const doc = current;
  const before = state(doc);
  change(doc);
  if (state(doc) === before) return;
  doc.past.push(before);
  doc.future = [];
  refresh();
}

function travel(from, to) {
  const doc = current;
  if (!doc?.[from].length) return;
  doc[to].push(state(doc));
  [doc.corrections, doc.settings] = JSON.parse(doc[from].pop());
  refresh();
}

const undo = () => travel("past", "future");
const redo = () => travel("future", "past");

const correct = (change) => step((doc) => { doc.corrections = change(doc.corrections) ?? doc.corrections; });

/* ---------- drawing ---------- */

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function button(text, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, text);
}

function speak() {
  document.documentElement.lang = languages[language];
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-hint]")) node.title = word(node.dataset.hint);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", word(node.dataset.label));
  document.title = word("pageTitle");
  fill($("number"), [["", word("asProfile")], ["outer", word("numberOuter")], ["centre", word("numberCentre")], ["none", word("numberNone")]]);
  const faces = [["", word("asProfile")], ...["biaosong", "hei", "kai", "fangsong", "song"].map((face) => [face, word(face)])];
  fill($("title-face"), faces);
  fill($("body-face"), faces);
  fill($("profile"), setup.profiles.map((name) => [name, word(`profile-${name}`)]));
  drawMenu();
  if (current) draw();
}

function fill(select, options) {
  const value = select.value;
  select.replaceChildren(...options.map(([key, text]) => element("option", { value: key }, text)));
  select.value = value;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function show(id) {
  current = documents.get(id) ?? null;
  $("welcome").hidden = current !== null;
  $("desk").hidden = current === null;
  $("files").hidden = $("take").hidden = current === null;
  if (!current) return;
  $("pages").replaceChildren();
  fill($("file-list"), [...documents.values()].map((doc) => [String(doc.id), doc.view.name]));
  $("file-list").value = String(id);
  drawMenu();
  draw();
  return drawPages();
}

function draw() {
  const { view, settings, past, future } = current;
  $("undo").disabled = past.length === 0;
  $("redo").disabled = future.length === 0;
  $("profile").value = settings.profile ?? setup.profiles[0];
  $("number").value = settings.number ?? "";
  $("title-face").value = settings.title_face ?? "";
  $("body-face").value = settings.body_face ?? "";
  drawTrouble(view.error);
  $("head-fields").hidden = Boolean(view.error);
  $("take-docx").disabled = $("take-more").disabled = Boolean(view.error);
  for (const [name, id] of Object.entries(FIELDS)) if (document.activeElement !== $(id)) $(id).value = view.fields?.[name] ?? "";
  drawSummary(view);
  drawUnits(view.units ?? []);
}

function drawTrouble(error) {
  const box = $("trouble");
  box.hidden = !error;
  if (!error) return box.replaceChildren();
  const parts = [element("p", {}, errorWords(error))];
  if (error.code === "encoding" || error.code === "unknown-encoding") {
    const names = element("select", { "aria-label": word("encoding"), onchange: (event) => step((doc) => { doc.settings.encoding = event.target.value || null; }) },
      element("option", { value: "" }, word("encodingAuto")), ...setup.encodings.map((name) => element("option", { value: name }, name)));
    names.value = current.settings.encoding ?? "";
    parts.push(element("div", { class: "row" }, names, button(word("lossy"), () => step((doc) => { doc.settings.lossy = true; }))));
  }
  box.replaceChildren(...parts);
}

function drawSummary(view) {
  const box = $("summary");
  box.hidden = Boolean(view.error);
  if (view.error) return;
  const units = view.units.filter((unit) => unit.text.trim());
  const leftOut = units.filter((unit) => unit.kind === "boilerplate").length;
  const counted = units.reduce((sum, unit) => sum + (unit.kind === "boilerplate" ? 0 : [...unit.text.replace(/\s/g, "")].length), 0);
  const encoding = view.findings.find((one) => one.code.startsWith("encoding"));
  const says = [word("summary", units.length - leftOut, counted, view.pages.length)];
  if (encoding) says.push(findingWords(encoding));
  if (leftOut) says.push(word("leftOut", leftOut));
  const said = new Set();
  const weighty = view.findings.filter((one) => !["inferred", "left out"].includes(one.kind) && !["line-end-crlf", "face-substituted"].includes(one.code))
    .filter((one) => { const key = one.code + one.at + one.text; return !said.has(key) && said.add(key); });
  const rows = weighty.slice(0, 6).map((one) => element("li", {}, element("span", { class: "where" }, one.at ? word("lineNumber", one.at) : ""), element("span", {}, findingWords(one))));
  if (weighty.length > 6) rows.push(element("li", {}, word("moreFindings", weighty.length - 6)));
  box.replaceChildren(says.join(language === "zh" ? "；" : "; ") + (language === "zh" ? "。" : "."), ...(rows.length ? [element("ul", {}, ...rows)] : []));
}

function chipName(unit) {
  return roleName(unit.kind) + (unit.level ? ` ${unit.level}` : "");
}

function drawUnits(units) {
  const list = $("units");
  const focused = document.activeElement?.closest?.(".unit") ? document.activeElement.dataset.act ?? null : null;
  current.selected = Math.min(current.selected, Math.max(units.length - 1, 0));
  const rows = units.map((unit, index) => {
    const on = index === current.selected;
    const fixed = ["corrected", "field-filled"].includes(unit.rule);
    const sort = HEADS.includes(unit.kind) ? "head" : ["body", "point", "boilerplate"].includes(unit.kind) ? "" : "meta";
    const why = ruleWords(unit.rule);
    const chip = button(chipName(unit), () => select(index, true), {
      class: `chip ${sort} ${fixed ? "fixed" : ""}`, title: why, "aria-expanded": String(on), "data-act": "chip",
      "aria-label": word("chipLabel", chipName(unit), unit.line ?? "", unit.text.slice(0, 20)), tabindex: on ? 0 : -1,
    });
    const row = element("li", { class: `unit${on ? " on" : ""}`, "data-role": unit.kind, "data-index": index },
      element("span", { class: "line" }, unit.line ? (unit.end > unit.line ? `${unit.line}–${unit.end}` : String(unit.line)) : ""), chip,
      element("div", { class: "text" }, unit.text));
    if (on) row.append(editor(unit, index));
    return row;
  });
  list.replaceChildren(...rows);
  if (focused) list.querySelector(`.unit.on [data-act="${focused}"]`)?.focus({ preventScroll: true });
  markLines();
}

/** What can be done about the paragraph that is selected. */
function editor(unit, index) {
  const box = element("div", { class: "edit" });
  box.append(element("p", { class: "why" }, ruleWords(unit.rule)));
  if (!unit.parts.length) return box;
  const role = element("select", { "aria-label": word("role"), "data-act": "role", onchange: () => apply() },
    ...setup.roles.map((one) => element("option", { value: one.name }, roleName(one.name))));
  role.value = unit.kind;
  const level = element("select", { "aria-label": word("level"), "data-act": "level", onchange: () => apply() },
    ...[1, 2, 3, 4, 5].map((n) => element("option", { value: n }, word("levelName", n))));
  level.value = String(unit.level ?? 1);
  const levels = () => setup.roles.find((one) => one.name === role.value)?.levels;
  level.hidden = !levels();
  const apply = () => correct((all) => edit.setRole(all, unit, role.value, levels() ? Number(level.value) : null));
  const area = element("textarea", { readonly: true, rows: 2, "aria-label": word("splitPlace"), "data-act": "text" });
  area.value = unit.text;
  const row = element("div", { class: "row" }, role, level);
  if (index > 0 && current.view.units[index - 1].parts.length) row.append(button(word("join"), () => { current.selected = index - 1; correct((all) => edit.join(all, unit)); }, { "data-act": "join" }));
  const tip = () => say(word("splitTip"), 5000);
  row.append(button(word("split"), () => {
    if (area.hidden) { area.hidden = false; area.focus(); area.setSelectionRange(0, 0); return tip(); }
    const offset = [...unit.text.slice(0, area.selectionStart)].length;
    if (!edit.split(current.corrections, unit, offset)) { area.focus(); return tip(); }
    correct((all) => edit.split(all, unit, offset));
  }, { "data-act": "split" }));
  area.hidden = true;
  row.append(unit.kind === "boilerplate"
    ? button(word("putBack"), () => correct((all) => edit.putBack(all, unit)), { "data-act": "keep" })
    : button(word("leave"), () => correct((all) => edit.setRole(all, unit, "boilerplate", null)), { "data-act": "leave" }));
  if (unit.rule === "corrected") row.append(button(word("forget"), () => correct((all) => edit.forget(all, unit)), { "data-act": "forget" }));
  box.append(row, area);
  return box;
}

function select(index, fromOutline) {
  if (!current || current.selected === index && fromOutline) return;
  current.selected = index;
  drawUnits(current.view.units);
  const row = $("units").children[index];
  row?.scrollIntoView({ block: "nearest" });
  if (fromOutline) {
    row?.querySelector(".chip")?.focus({ preventScroll: true });
    const line = $("pages").querySelector("g.on");
    if (line) line.scrollIntoView({ block: "nearest" });
  }
}

/* ---------- pages ---------- */

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    entry.target.classList.toggle("near", entry.isIntersecting);
    if (entry.isIntersecting) drawPage(entry.target);
  }
}, { root: $("pages-scroll"), rootMargin: "600px" });

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) markPage(Number(entry.target.dataset.page));
}, { root: $("pages-scroll"), rootMargin: "-45% 0px -45% 0px" });

/** As many sheets as there are pages; those in sight are drawn anew where they have changed. */
async function drawPages() {
  const box = $("pages");
  const count = current.view.pages?.length ?? 0;
  while (box.children.length > count) {
    near.unobserve(box.lastChild);
    seen.unobserve(box.lastChild);
    box.lastChild.remove();
  }
  while (box.children.length < count) {
    const number = box.children.length;
    const sheet = element("div", { class: "page", "data-page": number, role: "img" });
    box.append(sheet);
    near.observe(sheet);
    seen.observe(sheet);
  }
  [...box.children].forEach((sheet, index) => sheet.setAttribute("aria-label", word("pageOf", index + 1, count)));
  const list = $("page-list");
  if (list.children.length !== count) {
    list.replaceChildren(...Array.from({ length: count }, (_, index) =>
      button(String(index + 1), () => box.children[index].scrollIntoView({ block: "start" }), { "aria-label": word("pageOf", index + 1, count) })));
    markPage(0);
  }
  size();
  await Promise.all([...box.querySelectorAll(".page.near")].map(drawPage));
}

async function drawPage(sheet) {
  const doc = current;
  const number = Number(sheet.dataset.page);
  const hash = doc?.view.pages?.[number];
  if (!hash || sheet.dataset.hash === `${doc.id}-${hash}`) return;
  sheet.dataset.hash = `${doc.id}-${hash}`;
  const answer = await fetch(`api/documents/${doc.id}/pages/${number}`);
  if (!answer.ok) { delete sheet.dataset.hash; return; }
  const text = await answer.text();
  if (doc !== current || sheet.dataset.hash !== `${doc.id}-${hash}`) return;
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

function markLines() {
  const paragraph = current?.view.units?.[current.selected]?.paragraph;
  for (const line of $("pages").querySelectorAll("g.on")) line.classList.remove("on");
  if (paragraph === undefined) return;
  for (const line of $("pages").querySelectorAll(`g[data-paragraph="${paragraph}"]`)) line.classList.add("on");
}

function markPage(number) {
  [...$("page-list").children].forEach((one, index) => {
    if (index === number) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  });
}

function size() {
  const room = $("pages-scroll").clientWidth - 48;
  const width = zoom === "fit" ? Math.min(room, 920) : A4 * zoom;
  $("pages").style.setProperty("--page", `${Math.round(width)}px`);
  $("zoom-now").textContent = `${Math.round(width / A4 * 100)}%`;
}

function scale(by) {
  const now = parseInt($("zoom-now").textContent, 10) / 100;
  zoom = Math.min(3, Math.max(0.3, Math.round((now + by) * 10) / 10));
  size();
}

/* ---------- taking away ---------- */

function save(path) {
  const link = element("a", { href: path, download: "" });
  document.body.append(link);
  link.click();
  link.remove();
}

function drawMenu() {
  const one = (text, path) => button(text, () => { closeMenu(); save(path()); });
  const as = (kind) => () => `api/documents/${current.id}/as/${kind}`;
  const ids = () => [...documents.values()].filter((doc) => !doc.view.error).map((doc) => doc.id).join(",");
  const items = [
    ...KINDS.map((kind) => one(word(`take-${kind}`), as(kind))),
    element("hr"),
    one(word("takeCorrections"), () => `api/documents/${current.id}/corrections`),
  ];
  if (documents.size > 1) {
    items.push(element("hr"), one(word("takeAll", documents.size), () => `api/archive/docx,pdf/${ids()}`));
  }
  $("take-menu").replaceChildren(...items);
}

function closeMenu() {
  $("take-menu").hidden = true;
  $("take-more").setAttribute("aria-expanded", "false");
}

/* ---------- saying ---------- */

let silence = 0;
function say(text, time = 2500) {
  $("status").textContent = text;
  $("status").hidden = false;
  clearTimeout(silence);
  silence = setTimeout(() => { $("status").hidden = true; }, time);
}

/* ---------- hands ---------- */

const choose = () => $("chooser").click();
const paste = () => { $("paste-text").value = ""; $("paste-dialog").returnValue = "no"; $("paste-dialog").showModal(); };

function pasted(text) {
  if (text.trim()) take([new File([text], `${word("pastedName")}.txt`)]);
}

$("open").onclick = $("open-first").onclick = choose;
$("paste").onclick = $("paste-first").onclick = paste;
$("chooser").onchange = () => { take([...$("chooser").files]); $("chooser").value = ""; };
$("paste-dialog").onclose = () => { if ($("paste-dialog").returnValue === "yes") pasted($("paste-text").value); };
$("undo").onclick = undo;
$("redo").onclick = redo;
$("file-list").onchange = () => show(Number($("file-list").value));
$("close-file").onclick = async () => {
  const { id } = current;
  documents.delete(id);
  show([...documents.keys()].at(-1));
  await ask("DELETE", `api/documents/${id}`).catch(() => {});
};
$("take-docx").onclick = () => save(`api/documents/${current.id}/as/docx`);
$("take-more").onclick = () => {
  const open = $("take-menu").hidden;
  $("take-menu").hidden = !open;
  $("take-more").setAttribute("aria-expanded", String(open));
  if (open) $("take-menu").querySelector("button").focus();
};
$("take-menu").onkeydown = (event) => {
  const items = [...$("take-menu").querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Escape") { closeMenu(); $("take-more").focus(); }
  if (to === undefined) return;
  items[(to + items.length) % items.length].focus();
  event.preventDefault();
};
$("zoom-in").onclick = () => scale(0.1);
$("zoom-out").onclick = () => scale(-0.1);
$("zoom-fit").onclick = () => { zoom = "fit"; size(); };
$("language").onclick = () => { language = language === "zh" ? "en" : "zh"; word.language = language; remember("language", language); speak(); };
$("theme").onclick = () => {
  const dark = document.documentElement.dataset.theme === "dark"
    || !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  remember("theme", document.documentElement.dataset.theme);
};
$("quit").onclick = async () => {
  await ask("POST", "api/quit").catch(() => {});
  document.body.replaceChildren(element("main", { class: "done" }, element("p", {}, word("ended"))));
};
for (const [id, name] of [["number", "number"], ["title-face", "title_face"], ["body-face", "body_face"], ["profile", "profile"]]) {
  $(id).onchange = () => step((doc) => { doc.settings[name] = $(id).value || null; });
}
for (const [name, id] of Object.entries(FIELDS)) {
  $(id).onchange = () => correct((all) => edit.setField(all, name, $(id).value, current.view.fields[name] ?? ""));
}
$("units").onclick = (event) => {
  const row = event.target.closest(".unit");
  if (row && !event.target.closest(".edit, .chip")) select(Number(row.dataset.index), true);
};
$("units").onkeydown = (event) => {
  if (!event.target.classList.contains("chip") || event.ctrlKey || event.metaKey || event.altKey) return;
  const { units } = current.view;
  const index = current.selected;
  const unit = units[index];
  const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: units.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    if (units[to]) select(to, true);
    return;
  }
  if (!unit.parts.length) return;
  const set = (role, level = null) => correct((all) => edit.setRole(all, unit, role, level));
  const keys = {
    1: () => set("heading", 1), 2: () => set("heading", 2), 3: () => set("heading", 3), 4: () => set("heading", 4),
    0: () => set("body"), b: () => set("body"), t: () => set("title"), p: () => set("point", unit.level ?? 2),
    Delete: () => set("boilerplate"), x: () => set("boilerplate"), r: () => correct((all) => edit.putBack(all, unit)),
    j: () => index > 0 && (current.selected = index - 1, correct((all) => edit.join(all, unit))),
    s: () => $("units").querySelector('.unit.on [data-act="split"]')?.click(),
  };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
};
$("pages").onclick = (event) => {
  const line = event.target.closest("g[data-paragraph]");
  if (!line) return;
  const index = current.view.units.findIndex((unit) => unit.paragraph === Number(line.dataset.paragraph));
  if (index >= 0) { select(index, false); $("units").children[index].scrollIntoView({ block: "center" }); }
};
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea:not([readonly])")) return;
  const key = event.key.toLowerCase();
  if (key === "z") { event.preventDefault(); (event.shiftKey ? redo : undo)(); }
  if (key === "y") { event.preventDefault(); redo(); }
});
addEventListener("click", (event) => { if (!event.target.closest(".menu-root")) closeMenu(); });
addEventListener("resize", size);
addEventListener("paste", (event) => {
  if (event.target.closest?.("input, textarea, dialog")) return;
  if (event.clipboardData.files.length) take([...event.clipboardData.files]);
  else pasted(event.clipboardData.getData("text/plain"));
});
let depth = 0;
addEventListener("dragenter", () => { depth += 1; document.body.classList.add("over"); });
addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) document.body.classList.remove("over"); });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  depth = 0;
  document.body.classList.remove("over");
  if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  else pasted(event.dataTransfer.getData("text/plain"));
});

function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ }
}
function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

setup = await ask("GET", "api/setup");
language = remembered("language") === "en" ? "en" : "zh";
word.language = language;
if (remembered("theme")) document.documentElement.dataset.theme = remembered("theme");
speak();
document.documentElement.dataset.ready = "yes";
