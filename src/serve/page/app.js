// The page: documents come in, are shown, and are taken away. What stands in it is drawn by the other files.

import { $, button, element, fill, roam } from "./dom.js";
import { add, announce, ask, complain, complainOf, correct, desk, hush, isEmpty, isUnsaved, page, redo, restore, save, say, set, step, undo } from "./desk.js";
import * as edit from "./edit.js";
import { drawSummary, drawTrouble, drawUnits, select, showFollowers } from "./outline.js";
import { clearPages, drawPages, lookAt, markLines, size } from "./pages.js";
import { drawProfile, flush, paragraphsOfStyle, refused, showStyleOf, useFile } from "./profile.js";
import { languages, word } from "./words.js";

const FIELDS = { title: "f-title", byline: "f-byline", date: "f-date" };
const KINDS = ["docx", "pdf", "two-up", "booklet", "md"];
/** Settings of the profile that are at hand above the pages. */
const QUICK = { number: "page-number.position", "title-face": "styles.title.face", "body-face": "styles.body.face" };
const TABS = { "tab-script": "script-panel", "tab-profile": "profile-panel" };

let language = "zh";

/** The corrections in a file, whatever its name; null where it has none. */
async function correctionsIn(file) {
  if (!/\.json$/i.test(file.name) || file.size > desk.setup.limit) return null;
  try {
    const found = JSON.parse(await file.text());
    if (!Object.hasOwn(found ?? {}, "banshi-corrections")) return null;
    return { "banshi-corrections": found["banshi-corrections"], fields: found.fields ?? {}, paragraphs: found.paragraphs ?? [] };
  } catch {
    return null; // as a document, about which the server says what is wrong
  }
}

/** What is to be done with a file beside the documents; null for a document. `blame` takes what is wrong with it. */
async function useOf(file, blame) {
  if (/\.toml$/i.test(file.name)) return () => useFile(file, blame);
  const corrections = await correctionsIn(file);
  return corrections && (() => useCorrections(corrections, file, blame));
}

/** Corrects the document as a file says, and says how much of it there was. */
async function useCorrections(corrections, file, blame) {
  const doc = desk.current;
  if (!(await step((one) => { one.corrections = corrections; }, doc, blame))) return;
  const astray = doc.view.findings?.filter((one) => one.code === "correction-unmatched").length ?? 0;
  say(word("usedCorrections", file.name, corrections.paragraphs.length + Object.keys(corrections.fields).length - astray, astray), 8000);
  $("script-panel").scrollTop = 0;
}

/** Takes documents in, one after the other, and shows the first; the files of a profile and of corrections are used. What
 * was wrong with any is said at the end, with what is known to be. */
async function take(files, faults = []) {
  if (desk.ended) return 0;
  let [first, good] = [null, null];
  let taken = 0;
  const uses = [];
  hush();
  for (const file of files) {
    const blame = (error) => faults.push([file.name, error]);
    const use = await useOf(file, blame);
    if (use) { uses.push([blame, use]); continue; }
    try {
      say(word("reading", file.name), 120000);
      const id = await add(file.name, file);
      const { error } = desk.documents.get(id).view;
      if (!error) { good ??= id; taken += 1; }
      first ??= id;
      // What is shown alone says so itself.
      if (error && files.length > 1) blame({ trouble: error });
    } catch (error) {
      blame(error);
    }
  }
  say(taken > 1 ? word("taken", taken) : "");
  if (desk.ended) return 0;
  if (first !== null) show(good ?? first);
  for (const [blame, use] of uses) {
    if (desk.current) await use();
    else blame({ trouble: { code: "no-document" } });
  }
  if (faults.length) complainOf(faults);
  return taken;
}

/* ---------- drawing ---------- */

function speak() {
  document.documentElement.lang = languages[language];
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-hint]")) node.title = word(node.dataset.hint);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", word(node.dataset.label));
  document.title = word("pageTitle");
  $("theme").setAttribute("aria-pressed", String(isDark()));
  fill($("number"), [["", word("asProfile")], ["outer", word("value-outer")], ["centre", word("value-centre")], ["none", word("value-none")]]);
  const faces = [["", word("asProfile")], ...["biaosong", "hei", "kai", "fangsong", "song"].map((face) => [face, word(`value-${face}`)])];
  fill($("title-face"), faces);
  fill($("body-face"), faces);
  drawMenu();
  if (desk.current) draw().then(() => drawPages(true));
}

function show(id) {
  // What is typed belongs to the document that was shown.
  if (desk.current) flush();
  desk.current = desk.documents.get(id) ?? null;
  const none = desk.current === null;
  $("welcome").hidden = !none;
  $("desk").hidden = $("files").hidden = $("take").hidden = none;
  if (none) { $("open-first").focus(); return; }
  clearPages();
  fill($("file-list"), [...desk.documents.values()].map((doc) => [String(doc.id), doc.view.name]));
  $("file-list").value = String(id);
  $("file-list").title = desk.current.view.name;
  drawMenu();
  draw();
  return drawPages();
}

async function draw() {
  const { view, settings, past, future } = desk.current;
  $("undo").disabled = past.length === 0;
  $("redo").disabled = future.length === 0;
  fill($("profile"), [...desk.setup.profiles.map((name) => [name, word(`profile-${name}`)]), ...(settings.file ? [["", word("ownProfile")]] : [])]);
  $("profile").value = settings.file ? "" : settings.profile ?? desk.setup.profiles[0];
  for (const [id, path] of Object.entries(QUICK)) $(id).value = settings.changes[path] ?? "";
  drawTrouble(view.error);
  const isNothing = Boolean(view.error) || isEmpty(view);
  $("head-fields").hidden = isNothing;
  $("take-docx").disabled = isNothing;
  for (const item of $("take-menu").querySelectorAll("[data-of-one]")) item.disabled = isNothing;
  $("take-more").disabled = isNothing && desk.documents.size < 2;
  for (const [name, id] of Object.entries(FIELDS)) if (document.activeElement !== $(id)) $(id).value = view.fields?.[name] ?? "";
  drawSummary(view);
  drawUnits();
  await drawProfile();
}

desk.shown = async () => { const form = draw(); await drawPages(); await form; };
desk.refused = refused;
desk.followed = showFollowers;
desk.flush = flush;

/** What is looked at: the paragraph that is selected, or the style that is being set. */
lookAt(() => {
  const view = desk.current?.view;
  if (!view?.units) return [];
  if (!$("profile-panel").hidden) return paragraphsOfStyle();
  const paragraph = view.units[desk.current.selected]?.paragraph;
  return paragraph === undefined ? [] : [paragraph];
});

function turnTo(tab) {
  for (const [id, panel] of Object.entries(TABS)) {
    const on = id === tab;
    $(id).setAttribute("aria-selected", String(on));
    $(id).tabIndex = on ? 0 : -1;
    $(panel).hidden = !on;
  }
  drawProfile().then(markLines);
}

/* ---------- taking away ---------- */

function drawMenu() {
  const one = (text, path, docs = null) => button(text, () => { closeMenu(); $("take-more").focus(); save(path(), docs?.() ?? [desk.current]); }, { role: "menuitem", tabindex: -1, "data-of-one": docs === null });
  const as = (kind) => () => `api/documents/${desk.current.id}/as/${kind}`;
  const all = () => [...desk.documents.values()];
  const good = () => all().filter((doc) => !doc.view.error);
  const items = [
    ...KINDS.map((kind) => one(word(`take-${kind}`), as(kind))),
    element("hr"),
    one(word("takeCorrections"), () => `api/documents/${desk.current.id}/corrections`),
  ];
  if (desk.documents.size > 1) {
    items.push(element("hr"), one(word("takeAll", desk.documents.size), () => `api/archive/${language}/docx,pdf/${all().map((doc) => doc.id).join(",")}`, good));
  }
  $("take-menu").replaceChildren(...items);
}

function closeMenu() {
  $("take-menu").hidden = true;
  $("take-more").setAttribute("aria-expanded", "false");
}

/* ---------- hands ---------- */

const choose = () => $("chooser").click();
// What was typed and not used is there again the next time.
const paste = () => { $("paste-dialog").returnValue = "no"; $("paste-dialog").showModal(); $("paste-text").select(); };

const pasted = async (text) => text.trim() !== "" && await take([new File([text], `${word("pastedName")}.txt`)]) > 0;

/** Asks whether corrections that were not saved may go. */
function may(documents, doing) {
  const unsaved = documents.filter(isUnsaved);
  if (!unsaved.length) return Promise.resolve(true);
  $("leave-says").textContent = word("unsaved", unsaved.map((doc) => doc.view.name));
  $("leave-yes").textContent = doing;
  const dialog = $("leave-dialog");
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((found) => { dialog.onclose = () => found(dialog.returnValue === "yes"); });
}

$("open").onclick = $("open-first").onclick = choose;
$("paste").onclick = $("paste-first").onclick = paste;
$("chooser").onchange = () => { take([...$("chooser").files]); $("chooser").value = ""; };
$("paste-dialog").onclose = async () => {
  const text = $("paste-text").value;
  if ($("paste-dialog").returnValue === "yes" && await pasted(text) && $("paste-text").value === text) $("paste-text").value = "";
};
$("undo").onclick = undo;
$("redo").onclick = redo;
$("file-list").onchange = () => show(Number($("file-list").value));
$("close-file").onclick = async () => {
  const doc = desk.current;
  const { id } = doc;
  if (!(await may([doc], word("close")))) return;
  desk.documents.delete(id);
  show([...desk.documents.keys()].at(-1));
  announce(word("closed"));
  await doc.sending;
  await ask("DELETE", `api/documents/${id}`).catch((error) => { if (error.trouble?.code !== "missing") complain(error); });
};
$("take-docx").onclick = () => save(`api/documents/${desk.current.id}/as/docx`, [desk.current]);
$("take-more").onkeydown = (event) => {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  if ($("take-menu").hidden) $("take-more").click();
};
$("take-more").onclick = () => {
  const open = $("take-menu").hidden;
  $("take-menu").hidden = !open;
  $("take-more").setAttribute("aria-expanded", String(open));
  if (open) $("take-menu").querySelector("button:enabled")?.focus();
};
$("take-menu").onkeydown = (event) => {
  if (event.key === "Escape") { closeMenu(); $("take-more").focus(); }
  if (event.key === "Tab") closeMenu();
  roam(event, [...$("take-menu").querySelectorAll("button:enabled")]);
};
$("language").onclick = () => { language = language === "zh" ? "en" : "zh"; word.language = language; remember("language", language); speak(); };
const isDark = () => {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
$("theme").onclick = () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  $("theme").setAttribute("aria-pressed", String(isDark()));
  remember("theme", document.documentElement.dataset.theme);
};
$("quit").onclick = async () => {
  if (!(await may([...desk.documents.values()], word("quit")))) return;
  desk.ended = true;
  desk.current = null;
  await ask("POST", "api/quit").catch(() => {});
  // What is still on its way finds the page as it was, out of sight.
  for (const part of document.body.children) part.hidden = true;
  document.body.append(element("main", { class: "done" }, element("p", {}, word("ended"))));
};
$("profile").onchange = () => step((doc) => {
  if ($("profile").value) doc.settings = { ...doc.settings, profile: $("profile").value, file: null, changes: {} };
});
for (const [id, path] of Object.entries(QUICK)) $(id).onchange = () => set(path, $(id).value || null);
for (const [name, id] of Object.entries(FIELDS)) {
  $(id).onchange = () => correct((all) => edit.setField(all, name, $(id).value, desk.current.view.fields[name] ?? ""));
}
for (const tab of Object.keys(TABS)) $(tab).onclick = () => turnTo(tab);
$("tabs").onkeydown = (event) => {
  if (roam(event, Object.keys(TABS).map($), ["ArrowLeft", "ArrowRight"])) turnTo(document.activeElement.id);
};
$("pages").onclick = (event) => {
  const line = event.target.closest("g[data-paragraph]");
  if (!line) return;
  const { units } = desk.current.view;
  const index = units.findIndex((unit) => unit.paragraph === Number(line.dataset.paragraph));
  if (index < 0) return;
  if (!$("profile-panel").hidden) return showStyleOf(units[index]);
  select(index, false);
  $("units").children[index].scrollIntoView({ block: "center" });
};
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea:not([aria-readonly])")) return;
  const key = event.key.toLowerCase();
  if (key === "z") { event.preventDefault(); (event.shiftKey ? redo : undo)(); }
  if (key === "y") { event.preventDefault(); redo(); }
});
addEventListener("click", (event) => { if (!event.target.closest(".menu-root")) closeMenu(); });
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
  // A folder comes as a file that cannot be read.
  const isFolder = (item) => item.kind === "file" && item.webkitGetAsEntry?.()?.isDirectory;
  const items = [...event.dataTransfer.items];
  if (items.some(isFolder)) {
    const files = items.filter((item) => item.kind === "file" && !isFolder(item)).map((item) => item.getAsFile());
    take(files, items.filter(isFolder).map((item) => [item.webkitGetAsEntry().name, { trouble: { code: "folder" } }]));
  } else if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  else pasted(event.dataTransfer.getData("text/plain"));
});

function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ }
}
function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

// Who started the program by a double click and closes the page is done with it.
const here = `api/pages/${page}`;
const arrive = () => ask("POST", `${here}/open`).catch(() => {});
addEventListener("pageshow", (event) => { if (event.persisted) arrive(); });
addEventListener("beforeunload", (event) => {
  if (!desk.ended && [...desk.documents.values()].some(isUnsaved)) event.preventDefault();
});
addEventListener("pagehide", () => navigator.sendBeacon(`${here}/closed`));
await arrive();

desk.setup = await ask("GET", "api/setup");
language = remembered("language") === "en" ? "en" : "zh";
word.language = language;
if (remembered("theme")) document.documentElement.dataset.theme = remembered("theme");
speak();
const first = await restore().catch(() => undefined);
if (first !== undefined) show(first);
document.documentElement.dataset.ready = "yes";
