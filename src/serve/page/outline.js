// What was read, and the outline: every paragraph with its role, and what can be done about it.

import { $, bring, button, element } from "./dom.js";
import { correct, announce, desk, findSelected, hold, isEmpty, say, step } from "./desk.js";
import * as edit from "./edit.js";
import { markLines, showMarked } from "./pages.js";
import { errorWords, roleName, ruleWords, said, word } from "./words.js";

const HEADS = ["title", "heading"];
const PLAIN = ["body", "point", "boilerplate"];

export function drawTrouble(error) {
  const box = $("trouble");
  box.hidden = !error;
  if (!error) return box.replaceChildren();
  const parts = [element("p", {}, errorWords(error))];
  if (error.code === "encoding" || error.code === "unknown-encoding") {
    const names = element("select", { "aria-label": word("encoding"), onchange: (event) => step((doc) => { doc.settings.encoding = event.target.value || null; }) },
      element("option", { value: "" }, word("encodingAuto")), ...desk.setup.encodings.map((name) => element("option", { value: name }, name)));
    names.value = desk.current.settings.encoding ?? "";
    parts.push(element("div", { class: "row" }, names, button(word("lossy"), () => step((doc) => { doc.settings.lossy = true; }))));
  }
  box.replaceChildren(...parts);
}

export function drawSummary(view) {
  const box = $("summary");
  $("read").hidden = Boolean(view.error);
  if (view.error) return;
  const units = view.units.filter((unit) => unit.text.trim());
  const leftOut = units.filter((unit) => unit.kind === "boilerplate").length;
  const counted = units.reduce((sum, unit) => sum + (unit.kind === "boilerplate" ? 0 : [...unit.text.replace(/\s/g, "")].length), 0);
  const encoding = view.findings.find((one) => one.code.startsWith("encoding"));
  const says = isEmpty(view) ? [word("empty")] : [word("summary", units.length - leftOut, counted, view.pages.length)];
  if (encoding) says.push(said(encoding));
  if (leftOut) says.push(word("leftOut", leftOut));
  const { paragraphs, fields } = desk.current.corrections;
  $("put-all-back").hidden = leftOut < 2;
  $("forget-all").hidden = paragraphs.length + Object.keys(fields).length === 0;
  const rows = findingRows(view.findings.filter((one) => one.weighty && one.code !== "empty-source"));
  const text = word("sentence", says);
  // Said again only where it has changed.
  const now = JSON.stringify([word.language, desk.current.id, text, view.findings]);
  if (box.says === now) return;
  box.says = now;
  box.replaceChildren(text, ...(rows.length ? [element("ul", {}, ...rows)] : []));
}

/** Kinds of findings that have a row of their own. */
const ROWS = 6;

/** A row for each kind of finding; where one is there more than once, its places are seen when the row is opened. */
function findingRows(findings) {
  const kinds = new Map();
  const seen = new Set();
  for (const one of findings) {
    const key = JSON.stringify([one.code, one.at, one.text, said(one)]);
    if (seen.has(key)) continue;
    seen.add(key);
    kinds.set(one.code, [...(kinds.get(one.code) ?? []), one]);
  }
  const rows = [...kinds.values()].map(([first, ...others]) => {
    if (!others.length) return element("li", {}, ...finding(first));
    const places = [first, ...others].map((one) => element("li", {}, ...finding(one), element("span", { class: "quoted" }, one.text.slice(0, 40))));
    return element("li", {}, element("details", {}, element("summary", {}, word("ofThisKind", said(first), places.length)), element("ul", {}, ...places)));
  });
  const more = rows.splice(ROWS);
  if (more.length) rows.push(element("li", {}, element("details", {}, element("summary", {}, word("moreFindings", more.length)), element("ul", {}, ...more))));
  return rows;
}

/** Where something was found, which leads there, and what. */
function finding(one) {
  const index = desk.current.view.units.findIndex((unit) => unit.parts.some((part) => part.at === one.number) || unit.line <= one.number && one.number <= unit.end);
  const where = one.place ? said({ said: one.place }) : "";
  const words = element("span", {}, said(one));
  if (!where) return [words];
  return [index < 0 ? element("span", { class: "where" }, where) : button(where, () => select(index, true), { class: "where" }), words];
}

/** Marks for a while the paragraphs that changed with a correction of another, and says which. */
export function showFollowers(indexes) {
  const { units } = desk.current.view;
  const unmark = () => { for (const row of $("units").querySelectorAll(".moved")) row.classList.remove("moved"); };
  clearTimeout(following);
  unmark();
  if (told && $("status").textContent === told) say("", 0);
  told = indexes.length ? word(counts("followed"), indexes.length, indexes.map((index) => place(units[index], false)).filter(Boolean)) : "";
  if (!told) return;
  for (const index of indexes) $("units").children[index]?.classList.add("moved");
  following = setTimeout(unmark, FOLLOWING);
  say(told, FOLLOWING);
}

const FOLLOWING = 7000; // ms
let following = 0;
let told = "";

/** Corrects the whole text. The button goes, and the focus stays near. */
function correctAll(change) {
  correct(change);
  $("script-panel").focus({ preventScroll: true });
}

$("put-all-back").onclick = () => {
  const away = desk.current.view.units.filter((unit) => unit.kind === "boilerplate" && unit.text.trim() && unit.parts.length);
  announce(word("allBack", away.length));
  correctAll((all) => away.reduce(edit.putBack, all));
};

$("forget-all").onclick = () => {
  announce(word("allForgotten"));
  correctAll(edit.none);
};

const chipName = (unit) => roleName(unit.kind) + (unit.level ? ` ${unit.level}` : "");

/** The word of that name for where something is: a Word file has no lines, and its paragraphs are counted. */
const counts = (name) => (desk.current.view.format === "docx" ? `${name}-docx` : name);

/** Where a paragraph stands in its source: its lines, and which part of what was split it is. */
function place(unit, spoken) {
  if (!unit.line) return "";
  const lines = unit.end > unit.line ? `${unit.line}–${unit.end}` : String(unit.line);
  const where = spoken ? word(counts("lineNumber"), lines) : lines;
  if (!unit.piece) return where;
  return spoken ? word("pieceOf", where, unit.piece) : `${lines}·${unit.piece}`;
}

export function drawUnits() {
  const units = desk.current.view.units ?? [];
  const list = $("units");
  const focused = document.activeElement?.closest?.(".unit") ? document.activeElement.dataset.act ?? null : null;
  const stood = desk.current.selected;
  findSelected(desk.current);
  units.forEach((unit, index) => {
    const on = index === desk.current.selected;
    const old = list.children[index];
    // A row that says the same stays, and with it what a screen reader or the focus holds.
    const says = JSON.stringify([unit, on, word.language, desk.current.id, index > 0 && units[index - 1].parts.length > 0]);
    if (old?.says === says) return;
    const row = drawUnit(unit, index, on);
    row.says = says;
    if (old) old.replaceWith(row);
    else list.append(row);
  });
  while (list.children.length > units.length) list.lastChild.remove();
  if (focused && !list.contains(document.activeElement)) {
    const row = list.querySelector(".unit.on");
    [row?.querySelector(`[data-act="${focused}"]`), row?.querySelector(".chip")].find((one) => one && !one.hidden)?.focus({ preventScroll: true });
  }
  if (stood !== desk.current.selected && list.children[desk.current.selected]) bring($("script-panel"), list.children[desk.current.selected]);
  markLines();
}

function drawUnit(unit, index, on) {
  const fixed = ["corrected", "field-filled"].includes(unit.rule);
  const sort = HEADS.includes(unit.kind) ? "head" : PLAIN.includes(unit.kind) ? "" : "meta";
  const chip = button(chipName(unit), () => select(index, true), {
    class: `chip ${sort} ${fixed ? "fixed" : ""}`, title: ruleWords(unit.rule), "aria-expanded": String(on), "data-act": "chip",
    "aria-label": word("chipLabel", chipName(unit), place(unit, true), unit.text.slice(0, 20)), tabindex: on ? 0 : -1,
  });
  const row = element("li", { class: `unit${on ? " on" : ""}`, "data-role": unit.kind, "data-index": index },
    element("span", { class: "line" }, place(unit, false)), chip, element("div", { class: "text" }, unit.text));
  if (on) row.append(editor(unit, index));
  return row;
}

/** Gives a paragraph its role, and says so. */
function setRole(unit, role, level) {
  announce(word("nowIs", place(unit, true), roleName(role) + (level ? ` ${level}` : "")));
  correct((all) => edit.setRole(all, unit, role, level));
}

function joinUp(unit, index) {
  if (index === 0 || !desk.current.view.units[index - 1].parts.length) return;
  hold(desk.current, index - 1);
  announce(word("joined"));
  correct((all) => edit.join(all, unit));
}

function putBack(unit) {
  announce(word("isBack", place(unit, true)));
  correct((all) => edit.putBack(all, unit));
}

/** What can be done about the paragraph that is selected. */
function editor(unit, index) {
  const box = element("div", { class: "edit" });
  box.append(element("p", { class: "why" }, ruleWords(unit.rule)));
  if (!unit.parts.length) return box;
  const apply = () => setRole(unit, role.value, levels() ? Number(level.value) : null);
  const role = element("select", { "aria-label": word("role"), "data-act": "role", onchange: () => apply() },
    ...desk.setup.roles.map((one) => element("option", { value: one.name }, roleName(one.name))));
  role.value = unit.kind;
  const level = element("select", { "aria-label": word("level"), "data-act": "level", onchange: () => apply() },
    ...[1, 2, 3, 4, 5].map((n) => element("option", { value: n }, word("levelName", n))));
  level.value = String(unit.level ?? 1);
  const levels = () => desk.setup.roles.find((one) => one.name === role.value)?.levels;
  level.hidden = !levels();
  // The caret moves in it as in any text, by keys too; the words stay.
  const area = element("textarea", { "aria-readonly": "true", rows: 2, "aria-label": word("splitPlace"), "data-act": "text", autocomplete: "off",
    onbeforeinput: (event) => event.preventDefault(),
    oninput: () => { area.value = unit.text; } });
  area.value = unit.text;
  area.onkeydown = (event) => {
    if (event.isComposing || event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter") splitHere();
    else closeArea();
  };
  const row = element("div", { class: "row" }, role, level);
  if (index > 0 && desk.current.view.units[index - 1].parts.length) row.append(button(word("join"), () => joinUp(unit, index), { "data-act": "join" }));
  const tip = () => say(word("splitTip"), 6000);
  const closeArea = () => {
    if (document.activeElement === area) $("units").querySelector(".unit.on .chip")?.focus({ preventScroll: true });
    area.hidden = true;
    say("", 0);
  };
  const splitHere = () => {
    const offset = [...unit.text.slice(0, area.selectionStart)].length;
    if (!edit.split(desk.current.corrections, unit, offset)) { area.focus(); return tip(); }
    closeArea();
    announce(word("splitDone"));
    correct((all) => edit.split(all, unit, offset));
  };
  row.append(button(word("split"), () => {
    if (!area.hidden) return splitHere();
    area.hidden = false;
    area.focus();
    area.setSelectionRange(0, 0);
    area.scrollTop = 0;
    tip();
  }, { "data-act": "split" }));
  area.hidden = true;
  row.append(unit.kind === "boilerplate"
    ? button(word("putBack"), () => putBack(unit), { "data-act": "keep" })
    : button(word("leave"), () => setRole(unit, "boilerplate", null), { "data-act": "leave" }));
  if (unit.rule === "corrected") row.append(button(word("forget"), () => correct((all) => edit.forget(all, unit)), { "data-act": "forget" }));
  box.append(row, area);
  return box;
}

export function select(index, fromOutline) {
  if (!desk.current || desk.current.selected === index && fromOutline) return;
  hold(desk.current, index);
  drawUnits();
  const row = $("units").children[index];
  if (row) bring($("script-panel"), row);
  if (fromOutline) {
    row?.querySelector(".chip")?.focus({ preventScroll: true });
    showMarked();
  }
}

$("units").onclick = (event) => {
  const row = event.target.closest(".unit");
  if (row && !event.target.closest(".edit, .chip")) select(Number(row.dataset.index), true);
};

$("units").onkeydown = (event) => {
  if (!event.target.classList.contains("chip") || event.ctrlKey || event.metaKey || event.altKey) return;
  const { units } = desk.current.view;
  // A screen reader brings the focus to any of them.
  const index = Number(event.target.closest(".unit").dataset.index);
  const unit = units[index];
  const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: units.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    if (units[to]) select(to, true);
    return;
  }
  if (!unit.parts.length) return;
  const leave = () => setRole(unit, "boilerplate", null);
  const keys = {
    0: () => setRole(unit, "body", null), b: () => setRole(unit, "body", null), t: () => setRole(unit, "title", null),
    p: () => setRole(unit, "point", unit.level ?? 2), delete: leave, x: leave, r: () => putBack(unit), j: () => joinUp(unit, index),
    s: () => $("units").querySelector('.unit.on [data-act="split"]')?.click(),
  };
  for (const level of [1, 2, 3, 4]) keys[level] = () => setRole(unit, "heading", level);
  const key = keys[event.key.toLowerCase()];
  if (!key) return;
  event.preventDefault();
  select(index, true);
  key();
};
