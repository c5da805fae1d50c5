// Corrections as the file has them, changed step by step. Nothing here touches the page: every function takes corrections
// and gives new ones.

export const none = () => ({ "banshi-corrections": 1, fields: {}, paragraphs: [] });

const copy = (value) => JSON.parse(JSON.stringify(value));

const find = (all, at, piece) => all.paragraphs.find((one) => one.at === at && (one.piece ?? 1) === piece);

/** The correction of a part of the source, made where there is none. */
function of(all, part) {
  let one = find(all, part.at, part.piece);
  if (!one) {
    one = { at: part.at, piece: part.piece, text: part.text };
    all.paragraphs.push(one);
  }
  return one;
}

/** Without those that say nothing, in the order of the text. */
function clean(all) {
  const says = (one) => one.role || one.keep || one.join !== undefined || one.split?.length;
  all.paragraphs = all.paragraphs.filter(says);
  all.paragraphs.sort((a, b) => a.at - b.at || (a.piece ?? 1) - (b.piece ?? 1));
  return all;
}

/** Gives a paragraph its role. The lines of a title stay lines; those of anything else are one paragraph. */
export function setRole(corrections, unit, role, level) {
  const all = copy(corrections);
  unit.parts.forEach((part, index) => {
    const one = of(all, part);
    delete one.keep;
    delete one.level;
    if (index > 0 && role !== "title" && role !== "boilerplate") {
      delete one.role;
      one.join = true;
      return;
    }
    one.role = role;
    if (level) one.level = level;
  });
  return clean(all);
}

/** Has a paragraph recognised again. */
export function forget(corrections, unit) {
  const all = copy(corrections);
  for (const part of unit.parts) {
    const one = of(all, part);
    delete one.role;
    delete one.level;
    delete one.keep;
  }
  return clean(all);
}

/** Says that a paragraph is the author's. */
export function putBack(corrections, unit) {
  const all = copy(forget(corrections, unit));
  for (const part of unit.parts) of(all, part).keep = true;
  return clean(all);
}

/** Adds a paragraph to the one before it; where both were split from one, takes the split back. */
export function join(corrections, unit) {
  const all = copy(corrections);
  const part = unit.parts[0];
  const first = find(all, part.at, 1);
  if (part.piece > 1 && first?.split) {
    first.split.splice(part.piece - 2, 1);
    all.paragraphs = all.paragraphs.filter((one) => !(one.at === part.at && one.piece === part.piece));
    for (const one of all.paragraphs) if (one.at === part.at && one.piece > part.piece) one.piece -= 1;
  } else {
    const one = of(all, part);
    delete one.role;
    delete one.level;
    one.join = true;
  }
  return clean(all);
}

/** Splits a paragraph before the character of that number; null where there is nothing to split. */
export function split(corrections, unit, offset) {
  const characters = [...unit.text];
  if (offset <= 0 || offset >= characters.length) return null;
  const index = unit.parts.findLastIndex((part) => part.start <= offset);
  const part = unit.parts[index];
  const all = copy(corrections);
  if (index > 0 && characters.slice(part.start, offset).join("").trim() === "") {
    const one = of(all, part);
    one.join = false;
    return clean(all);
  }
  const whole = { at: part.at, piece: 1, text: part.piece === 1 ? part.text : "" };
  const first = of(all, whole);
  for (const one of all.paragraphs) if (one.at === part.at && (one.piece ?? 1) > part.piece) one.piece += 1;
  const place = { at: part.base + offset - part.start, before: characters.slice(offset, offset + 12).join("") };
  first.split = [...(first.split ?? []), place].sort((a, b) => a.at - b.at);
  // The words of the first piece may be fewer now.
  const end = first.split[0].at;
  first.text = [...first.text].slice(0, end).join("");
  return clean(all);
}

/** The numbers of the paragraphs that have another role or level than before though nothing was said of them. */
export function followers(before, now, was, is) {
  const of = (all, at) => JSON.stringify(all.paragraphs.filter((one) => one.at === at));
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const isOwn = (unit) => ["corrected", "field-filled"].includes(unit.rule) || unit.parts.some(({ at }) => of(was, at) !== of(is, at));
  const role = (unit) => `${unit.kind} ${unit.level ?? ""}`;
  const known = new Map(before.flatMap((unit) => unit.parts.map(({ at, piece }) => [`${at} ${piece}`, role(unit)])));
  return now.flatMap((unit, index) => {
    const [part] = unit.parts;
    const old = part && known.get(`${part.at} ${part.piece}`);
    return old !== undefined && old !== role(unit) && !isOwn(unit) ? [index] : [];
  });
}

/** Fills a line of the head in, or leaves it as recognised where the text is that already. */
export function setField(corrections, name, text, recognised) {
  const all = copy(corrections);
  if (text.trim() === "" || text === recognised) delete all.fields[name];
  else all.fields[name] = text;
  return all;
}
