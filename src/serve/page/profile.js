// The profile, setting by setting: a form made of what the server says can be set, beside the pages that show it.

import { $, button, element, fill } from "./dom.js";
import { ask, complain, complainOf, desk, save, say, set, step } from "./desk.js";
import { markLines, showMarked } from "./pages.js";
import { keyWord, sizeName, styleWord, unitWord, valueWord, word } from "./words.js";

/** Tables of the file that are a group of the form as they are; the others are styles, of which one is shown at a time. */
const GROUPS = ["page", "grid", "page-number", "", "imposition", "names"];
const OPEN = ["page", "grid", "styles"];
const PAUSE = 250; // ms without a key before what is typed is shown

let settings = []; // as the server has them
let style = "styles.body";
let drawn = ""; // what the form was made for
let late = null; // takes what is typed and not yet shown

// What was wrong in a field of one document does not stand in another.
const madeFor = (doc) => [word.language, style, doc.id].join();

const isShown = () => !$("profile-panel").hidden;

/** The group of a setting, the table whose words name it, and its key. */
function parts(path) {
  const names = path.split(".");
  const key = names.pop();
  const table = names.join(".");
  const first = names[0] ?? "";
  if (["styles", "headings", "leads"].includes(first)) return { group: table, words: "style", key };
  if (["faces", "latin"].includes(first)) return { group: "names", words: "names", key, of: names.at(-1) };
  return { group: first, words: first, key };
}

/** Asks for the settings and shows them, if anybody looks. */
export async function drawProfile() {
  const doc = desk.current;
  drawHead(doc);
  if (!isShown() || !doc) return;
  try {
    settings = (await ask("GET", `api/documents/${doc.id}/profile`)).settings;
  } catch (error) {
    if (doc === desk.current) complain(error);
    return;
  }
  if (doc !== desk.current) return;
  const now = madeFor(doc);
  if (drawn !== now) { drawForm(); drawn = now; }
  settings.forEach(refill);
}

function drawHead(doc) {
  const count = Object.keys(doc?.settings.changes ?? {}).length;
  const base = doc?.settings.file ? word("ownProfile") : word(`profile-${doc?.settings.profile ?? desk.setup.profiles[0]}`);
  $("profile-says").textContent = count ? word("profileChanged", base, count) : word("profileAsIs", base);
  $("profile-reset").disabled = count === 0;
  $("profile-all").hidden = desk.documents.size < 2;
}

/** Takes what is typed and not yet read, which would be lost with its field or go to another document. */
export function flush() {
  const field = document.activeElement;
  if ($("profile-form").contains(field) || $("head-fields").contains(field)) field.blur();
  late?.();
}

function drawForm() {
  flush();
  const open = new Set([...$("profile-form").querySelectorAll("details[open]")].map((one) => one.dataset.group));
  const first = !drawn;
  const group = (name, title, ...inside) =>
    element("details", { class: "group", "data-group": name, open: first ? OPEN.includes(name) : open.has(name) },
      element("summary", {}, title), ...inside);
  const fields = (name) => element("div", { class: "settings-grid" }, ...settings.filter((one) => parts(one.path).group === name).map(field));
  const names = [...new Set(settings.map((one) => parts(one.path)).filter((one) => one.words === "style").map((one) => one.group))];
  const chooser = element("select", { id: "style-chooser", onchange: () => choose(chooser.value) });
  fill(chooser, names.map((name) => [name, styleWord(name)]));
  chooser.value = style;
  const styles = group("styles", word("group-styles"),
    element("p", { class: "setting" }, element("label", { for: "style-chooser" }, word("styleOf")), chooser), fields(style));
  const groups = GROUPS.map((name) => group(name || "rules", word(`group-${name || "rules"}`), fields(name)));
  groups.splice(2, 0, styles);
  $("profile-form").replaceChildren(...groups);
}

/** Shows another style, and where it stands on the pages. */
function choose(name) {
  style = name;
  drawForm();
  drawn = madeFor(desk.current);
  settings.forEach(refill);
  $("style-chooser").focus();
  markLines();
  showMarked();
}

const idOf = (path) => `set-${path.replaceAll(".", "-") || "x"}`;

function field(setting) {
  const { words, key, of } = parts(setting.path);
  const id = idOf(setting.path);
  const control = controlOf(setting, id);
  const label = (of ? `${of === "latin" ? word("latin") : valueWord(of)} ` : "") + keyWord(words, key);
  const line = element("p", { class: "setting", "data-path": setting.path },
    element("label", { for: id }, label),
    element("span", { class: "control" }, control, element("span", { class: "counts", id: `${id}-unit` }),
      button("↺", () => giveBack(setting.path), { class: "quiet back", "aria-label": word("resetOne", label), title: word("resetOne", label) })),
    element("span", { class: "wrong", id: `${id}-wrong`, role: "alert" }));
  return line;
}

function giveBack(path) {
  $(idOf(path)).focus();
  set(path, null);
}

function controlOf(setting, id) {
  const change = (value) => { flag(setting.path, null); set(setting.path, value); };
  const describe = { id, "aria-describedby": `${id}-unit ${id}-wrong` };
  if (setting.takes === "switch") return element("input", { ...describe, type: "checkbox", onchange: (event) => change(event.target.checked) });
  if (setting.takes === "word" || setting.takes === "one-of") {
    const select = element("select", { ...describe, onchange: () => change(setting.numbers ? Number(select.value) : select.value) });
    fill(select, (setting.words ?? setting.numbers).map((name) => [String(name), setting.words ? valueWord(name) : String(name)]));
    return select;
  }
  if (setting.takes === "number") return numberOf(setting, describe, change);
  const input = element("input", { ...describe, type: "text", autocomplete: "off", class: "wide" });
  input.onchange = () => change(setting.takes === "texts" ? input.value.split(/[,，、;；]/).map((one) => one.trim()).filter(Boolean) : input.value);
  return input;
}

function numberOf(setting, describe, change) {
  const { least, most, step: by, unit } = setting;
  const input = element("input", { ...describe, type: "number", min: least, max: most, step: ["characters", "whole-lines"].includes(unit) ? 1 : "any", placeholder: word("auto") });
  let timer = 0;
  const apply = () => {
    clearTimeout(timer);
    late = null;
    if (input.value === "" && !input.validity.badInput) return change(null);
    const said = input.validity.valid ? null : word("outOfRange", least, most, unitWord(unit));
    flag(setting.path, said);
    const value = Number(input.value);
    if (!said && value !== settings.find((one) => one.path === setting.path)?.value) change(value);
  };
  input.oninput = () => { clearTimeout(timer); timer = setTimeout(apply, PAUSE); late = apply; };
  input.onchange = apply;
  // The arrow keys go by the step of the setting; any number can be typed.
  input.onkeydown = (event) => {
    const sign = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!sign) return;
    event.preventDefault();
    const from = input.value === "" ? Math.max(least, 0) : Number(input.value);
    input.value = String(Math.min(most, Math.max(least, Math.round((from + sign * by) * 100) / 100)));
    input.oninput();
  };
  return input;
}

/** Says beside a setting what is wrong with it. */
function flag(path, said) {
  const [control, wrong] = [$(idOf(path)), $(`${idOf(path)}-wrong`)];
  if (!control) return false;
  if (said) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  wrong.textContent = said ?? "";
  return true;
}

/** Shows what a setting is set to. */
function refill(setting) {
  const control = $(idOf(setting.path));
  if (!control) return;
  const changed = Object.hasOwn(desk.current.settings.changes, setting.path);
  control.closest(".setting").classList.toggle("changed", changed);
  control.closest(".setting").querySelector(".back").disabled = !changed;
  const value = Array.isArray(setting.value) ? setting.value.join("、") : setting.value;
  if (setting.takes === "switch") control.checked = value === true;
  else if (document.activeElement !== control || control.tagName === "SELECT" || Number(control.value) !== value) {
    if (control.getAttribute("aria-invalid") !== "true") control.value = value ?? "";
  }
  if (setting.takes === "number") $(`${idOf(setting.path)}-unit`).textContent = unitWord(setting.unit) + (setting.path.endsWith(".size") ? sizeName(value) : "");
}

/** Says at its setting what the server does not take. */
export function refused(trouble) {
  if (!isShown() || !trouble.path) return false;
  const said = trouble.said?.[word.language] ?? "";
  if (flag(trouble.path, said)) return true;
  // About a whole table: at its first setting that is shown.
  const first = settings.find((one) => one.path.startsWith(`${trouble.path}.`) && $(idOf(one.path)));
  return Boolean(first) && flag(first.path, said);
}

/** The paragraphs of the style that is shown. */
export function paragraphsOfStyle() {
  const [table, name] = style.split(".");
  const level = (unit) => Math.min(unit.level ?? 1, 5);
  const is = {
    styles: (unit) => unit.kind === name || name === "body" && unit.kind === "point",
    headings: (unit) => unit.kind === "heading" && level(unit) === Number(name),
    leads: (unit) => unit.lead && level(unit) === Number(name),
  }[table];
  return desk.current.view.units.filter((unit) => unit.paragraph !== undefined && is(unit)).map((unit) => unit.paragraph);
}

/** Shows the style of a paragraph. */
export function showStyleOf(unit) {
  const name = unit.kind === "heading" ? `headings.${Math.min(unit.level ?? 1, 5)}` : `styles.${unit.kind === "point" ? "body" : unit.kind}`;
  if (settings.some((one) => one.path.startsWith(`${name}.`)) && name !== style) choose(name);
}

$("profile-reset").onclick = () => {
  for (const one of $("profile-form").querySelectorAll("[aria-invalid]")) flag(one.closest(".setting").dataset.path, null);
  step((doc) => { doc.settings = { ...doc.settings, changes: {} }; });
};
$("profile-save").onclick = () => save(`api/documents/${desk.current.id}/profile.toml`);
$("profile-open").onclick = () => $("profile-chooser").click();
$("profile-chooser").onchange = () => {
  const [file] = $("profile-chooser").files;
  useFile(file, (error) => complainOf([[file.name, error]]));
  $("profile-chooser").value = "";
};

/** Takes a profile of the user's own from its file; `blame` takes what is wrong with it. */
export async function useFile(file, blame) {
  const text = await file.text().catch(() => null);
  if (text === null) return blame({ trouble: { code: "unreadable" } });
  if (await step((doc) => { doc.settings = { ...doc.settings, file: text, changes: {} }; }, desk.current, blame)) say(word("usedProfile", file.name), 6000);
}

/** Gives every document the profile of this one. */
async function useForAll() {
  const { profile, file, changes } = desk.current.settings;
  $("profile-all").disabled = true;
  let all = true;
  for (const doc of [...desk.documents.values()]) {
    all = all && await step((one) => { one.settings = { ...one.settings, profile, file, changes }; }, doc);
  }
  $("profile-all").disabled = false;
  if (all) say(word("profileForAll", desk.documents.size));
}
$("profile-all").onclick = () => { desk.working = useForAll(); };
