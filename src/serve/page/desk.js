// The documents of this page, what the server says of them, and the steps by which they are corrected.

import { $ } from "./dom.js";
import * as edit from "./edit.js";
import { errorWords, word } from "./words.js";

export const desk = {
  setup: null,
  documents: new Map(), // id → document
  current: null,
  /** Shows the current document anew; set by the page. */
  shown: async () => {},
  /** Shows at its place what is wrong with a setting; true where it did. */
  refused: () => false,
};

export async function ask(method, path, body) {
  const answer = await fetch(path, { method, body });
  const value = await answer.json();
  const trouble = answer.ok ? value.refused : value.error;
  if (trouble || !answer.ok) throw Object.assign(new Error(trouble?.code), { trouble });
  return value;
}

const trouble = (error) => error.trouble ?? { code: "offline" };

export async function add(name, bytes) {
  if (bytes.size > desk.setup.limit) throw Object.assign(new Error(name), { trouble: { code: "too-large" } });
  const view = await ask("POST", `api/documents?name=${encodeURIComponent(name)}`, bytes);
  desk.documents.set(view.id, {
    id: view.id, view, settings: view.settings, corrections: edit.none(), past: [], future: [],
    selected: Math.max(0, view.units?.findIndex((unit) => unit.kind !== "boilerplate") ?? 0),
  });
  return view.id;
}

/* ---------- saying ---------- */

const timers = new Map();

function tell(box, text, time) {
  box.textContent = text;
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(() => { box.textContent = ""; }, time));
}

/** Says what happened, in passing. */
export const say = (text, time = 3500) => tell($("status"), text, time);

/** Says what went wrong. */
export const complain = (error, about = "") => tell($("alarm"), about + errorWords(trouble(error)), 8000);

/** Takes back what was said. */
export function hush() {
  for (const id of ["status", "alarm"]) tell($(id), "", 0);
}

/** Says to a screen reader alone what the eye sees. */
export const announce = (text) => tell($("announce"), text, 4000);

/* ---------- steps ---------- */

let running = false;
let waiting = false;

/** Sends what was corrected and chosen, and shows what comes of it; the latest wins. */
export async function refresh() {
  if (running) { waiting = true; return; }
  running = true;
  const doc = desk.current;
  try {
    const start = performance.now();
    const body = JSON.stringify({ corrections: doc.corrections, settings: doc.settings });
    doc.view = await ask("PUT", `api/documents/${doc.id}`, body);
    if (doc === desk.current) {
      await desk.shown();
      document.documentElement.dataset.latency = Math.round(performance.now() - start);
      document.documentElement.dataset.revision = Number(document.documentElement.dataset.revision ?? 0) + 1;
    }
  } catch (error) {
    // What the server does not take is not kept.
    if (error.trouble && !waiting && doc.past.length) [doc.corrections, doc.settings] = JSON.parse(doc.past.pop());
    if (doc !== desk.current || !desk.refused(trouble(error))) complain(error);
    if (doc === desk.current) await desk.shown();
  } finally {
    running = false;
    if (waiting) { waiting = false; refresh(); }
  }
}

const state = (doc) => JSON.stringify([doc.corrections, doc.settings]);

/** One step that can be undone. */
export function step(change) {
  const doc = desk.current;
  const before = state(doc);
  change(doc);
  if (state(doc) === before) return;
  doc.past.push(before);
  doc.future = [];
  refresh();
}

function travel(from, to, said) {
  const doc = desk.current;
  if (!doc?.[from].length) return;
  doc[to].push(state(doc));
  [doc.corrections, doc.settings] = JSON.parse(doc[from].pop());
  announce(word(said));
  refresh();
}

export const undo = () => travel("past", "future", "undone");
export const redo = () => travel("future", "past", "redone");

export const correct = (change) => step((doc) => { doc.corrections = change(doc.corrections) ?? doc.corrections; });

/** Sets a setting of the profile, or gives it back to the profile where there is no value. */
export function set(path, value) {
  step((doc) => {
    const changes = { ...doc.settings.changes };
    if (value === null) delete changes[path];
    else changes[path] = value;
    // A number of lines and a distance of lines say the same thing.
    const rival = { "grid.lines": "grid.pitch", "grid.pitch": "grid.lines" }[path];
    if (rival) delete changes[rival];
    doc.settings = { ...doc.settings, changes };
  });
}

/** Has the browser save what an address gives. */
export function save(path) {
  const link = Object.assign(document.createElement("a"), { href: path, download: "" });
  document.body.append(link);
  link.click();
  link.remove();
}
