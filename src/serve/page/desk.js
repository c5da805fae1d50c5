// The documents of this page, what the server says of them, and the steps by which they are corrected.

import { $, element } from "./dom.js";
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
  /** Shows which paragraphs changed with those that were corrected; set by the page. */
  followed: () => {},
  /** Takes what is typed and not yet read; set by the page. */
  flush: () => {},
  /** What changes several documents, one after the other. */
  working: null,
};

const faulty = (trouble) => Object.assign(new Error(trouble.code), { trouble });

/** Asks the server; only where nothing answers is it gone. */
async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw faulty({ code: "offline" });
  }
}

/** What an answer says in JSON; what it refuses is thrown. */
async function read(answer) {
  const value = await answer.json().catch(() => { throw faulty({ code: answer.ok ? "offline" : "fault" }); });
  const trouble = answer.ok ? value.refused : value.error ?? { code: "fault" };
  if (trouble) throw faulty(trouble);
  return value;
}

export const ask = async (method, path, body) => read(await reach(path, { method, body }));

const trouble = (error) => error.trouble ?? { code: "fault" };

/** The name of this page, which stays while its tab is loaded anew; a copy of the tab has one of its own. */
export const page = pageName();

function pageName() {
  const key = `page ${location.pathname}`;
  const fresh = crypto.randomUUID();
  try {
    const again = performance.getEntriesByType("navigation")[0]?.type === "reload";
    const name = (again && sessionStorage.getItem(key)) || fresh;
    sessionStorage.setItem(key, name);
    return name;
  } catch {
    return fresh;
  }
}

/** Takes back the documents of this page after it was loaded anew, with their corrections; the first one's number. */
export async function restore() {
  const { documents } = await ask("GET", `api/pages/${page}`);
  for (const id of documents) {
    const { corrections, ...view } = await ask("GET", `api/documents/${id}`);
    enter(view, { ...edit.none(), ...corrections });
    if (corrections.paragraphs?.length || Object.keys(corrections.fields ?? {}).length) desk.documents.get(id).saved = null;
  }
  return documents[0];
}

export async function add(name, file) {
  if (file.size > desk.setup.limit) throw faulty({ code: "too-large" });
  const bytes = await file.arrayBuffer().catch(() => { throw faulty({ code: "unreadable" }); });
  const view = await ask("POST", `api/documents?page=${page}&name=${encodeURIComponent(name)}`, bytes);
  return enter(view, edit.none());
}

/** Puts a document on the desk as the server has it. */
function enter(view, corrections) {
  const doc = { id: view.id, view, settings: view.settings, corrections, past: [], future: [] };
  hold(doc, Math.max(0, view.units?.findIndex((unit) => unit.kind !== "boilerplate") ?? 0));
  doc.taken = kept(doc);
  doc.saved = doc.taken.state;
  desk.documents.set(view.id, doc);
  return view.id;
}

/* ---------- selection ---------- */

/** Selects a paragraph, by where it stands in its source: its number changes as paragraphs come and go. */
export function hold(doc, index) {
  doc.selected = index;
  const part = doc.view.units?.[index]?.parts[0];
  doc.spot = part ? { at: part.at, piece: part.piece } : null;
}

/** Finds the selected paragraph among those that there are now: the one with that piece of the source, or the last before it. */
export function findSelected(doc) {
  const units = doc.view.units ?? [];
  const { spot } = doc;
  let best = null;
  if (spot) {
    units.forEach((unit, index) => unit.parts.forEach(({ at, piece }) => {
      const before = at < spot.at || at === spot.at && piece <= spot.piece;
      if (before && (!best || at > best.at || at === best.at && piece > best.piece)) best = { at, piece, index };
    }));
  }
  doc.selected = best?.index ?? Math.min(doc.selected, Math.max(units.length - 1, 0));
}

/* ---------- saying ---------- */

const timers = new Map();

function tell(box, text, time) {
  box.textContent = text;
  clearTimeout(timers.get(box));
  if (time !== Infinity) timers.set(box, setTimeout(() => { box.textContent = ""; }, time));
}

/** Says what happened, in passing. */
export const say = (text, time = 3500) => tell($("status"), text, time);

/** Says what went wrong. */
export const complain = (error) => complainOf([["", error]]);

const ALARM = 6000; // ms, and for every character of it:
const READING = 120; // ms

/** Says what went wrong with several things, all of it; that the program has ended, for good. */
export function complainOf(faults) {
  const names = new Map();
  for (const [name, error] of faults) {
    const words = errorWords(trouble(error));
    names.set(words, [...(names.get(words) ?? []), name].filter(Boolean));
  }
  const lines = [...names].map(([words, about]) => (about.length ? word("about", about, words) : words));
  const isOver = faults.some(([, error]) => trouble(error).code === "offline");
  const text = lines.join("\n");
  tell($("alarm"), text, isOver ? Infinity : ALARM + READING * text.length);
}

$("alarm").onclick = () => tell($("alarm"), "", 0);

/** Takes back what was said. */
export function hush() {
  for (const id of ["status", "alarm"]) tell($(id), "", 0);
}

/** Says to a screen reader alone what the eye sees. */
export const announce = (text) => tell($("announce"), text, 4000);

/* ---------- steps ---------- */

const state = (doc) => JSON.stringify([doc.corrections, doc.settings]);
const kept = (doc) => ({ state: state(doc), past: [...doc.past], future: [...doc.future] });

/** Sends what was corrected and chosen in a document, and shows what comes of it; the latest wins. True where it was taken. */
export function refresh(doc) {
  doc.behind = true;
  doc.sending ??= send(doc);
  return doc.sending;
}

async function send(doc) {
  let taken = false;
  while (doc.behind && desk.documents.has(doc.id)) {
    doc.behind = false;
    taken = await sendOnce(doc);
  }
  doc.sending = null;
  return taken;
}

async function sendOnce(doc) {
  const start = performance.now();
  const sent = kept(doc);
  const { view: was, blame = complain } = doc;
  delete doc.blame;
  doc.unsent = false;
  try {
    const body = JSON.stringify({ corrections: doc.corrections, settings: doc.settings });
    doc.view = await ask("PUT", `api/documents/${doc.id}`, body);
    const [[old], [fresh]] = [doc.taken, sent].map((one) => JSON.parse(one.state));
    doc.taken = sent;
    if (doc === desk.current) {
      await desk.shown();
      if (doc === desk.current) desk.followed(edit.followers(was.units ?? [], doc.view.units ?? [], old, fresh));
      document.documentElement.dataset.latency = Math.round(performance.now() - start);
      document.documentElement.dataset.revision = Number(document.documentElement.dataset.revision ?? 0) + 1;
    }
    return true;
  } catch (error) {
    if (!desk.documents.has(doc.id)) return false;
    doc.unsent = trouble(error).code === "offline";
    // What the server does not take is not kept.
    if (!doc.unsent && !doc.behind) {
      [doc.corrections, doc.settings] = JSON.parse(doc.taken.state);
      [doc.past, doc.future] = [[...doc.taken.past], [...doc.taken.future]];
    }
    if (doc !== desk.current || !desk.refused(trouble(error))) blame(error);
    if (doc === desk.current) await desk.shown();
    return false;
  }
}

/** Waits until the server has all that was corrected and chosen; false where it cannot have it. */
async function settle() {
  desk.flush();
  await desk.working;
  for (const doc of desk.documents.values()) {
    if (doc.sending) await doc.sending;
    if (doc.unsent && !(await refresh(doc))) return false;
  }
  return true;
}

/** One step that can be undone; gives what comes of sending it. `blame` takes what goes wrong, in the place of a word about it. */
export function step(change, doc = desk.current, blame = undefined) {
  const before = state(doc);
  change(doc);
  if (state(doc) === before) return true;
  doc.blame = blame;
  doc.past.push(before);
  doc.future = [];
  return refresh(doc);
}

function travel(from, to, said) {
  const doc = desk.current;
  if (!doc?.[from].length) return;
  doc[to].push(state(doc));
  [doc.corrections, doc.settings] = JSON.parse(doc[from].pop());
  announce(word(said));
  refresh(doc);
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

/* ---------- taking away ---------- */

/** Has the browser save what an address gives once all corrections have arrived; notes that these documents are saved. */
export async function save(path, docs = []) {
  const soon = setTimeout(() => say(word("making"), 120000), 300);
  try {
    if (!(await settle())) return;
    const states = docs.map(state);
    const answer = await reach(path);
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition"))?.[1];
    if (!answer.ok || !name) throw faulty(await read(answer).then(() => ({ code: "fault" }), trouble));
    const bytes = await answer.blob().catch(() => { throw faulty({ code: "offline" }); });
    const link = element("a", { href: URL.createObjectURL(bytes), download: decodeURIComponent(name), hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    docs.forEach((doc, index) => { doc.saved = states[index]; });
  } catch (error) {
    complain(error);
  } finally {
    clearTimeout(soon);
    if ($("status").textContent === word("making")) say("", 0);
  }
}

/** Whether there is nothing in a document that could be taken away. */
export const isEmpty = (view) => !view.error && view.units.length === 0;

/** Whether something was corrected or chosen in a document since it was last saved. */
export const isUnsaved = (doc) => state(doc) !== doc.saved;
