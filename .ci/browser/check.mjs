// The page in a real browser: what a new user does, by mouse and by keyboard, and what it must never do.
// node .ci/browser/check.mjs PROGRAM FOLDER-FOR-PICTURES; needs chromium, pandoc, pdftotext, playwright-core and axe-core.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";

const require = createRequire(join(process.env.BROWSER_MODULES ?? process.cwd(), "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [program, pictures] = process.argv.slice(2);
mkdirSync(pictures, { recursive: true });

const server = spawn(program, ["serve", "--no-open"], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((found) => server.stdout.once("data", (data) => found(String(data).trim())));
const ended = new Promise((found) => server.once("exit", found));
// The words of the page in a face of the project's own, where the machine has none with Chinese.
const faces = join(tmpdir(), `banshi-browser-${process.pid}-fonts.conf`);
const folder = fileURLToPath(new URL("../../fonts", import.meta.url));
const prefer = ["sans-serif", "system-ui"].map((name) => `<alias><family>${name}</family><prefer><family>Noto Sans SC</family><family>DejaVu Sans</family></prefer></alias>`);
writeFileSync(faces, `<?xml version="1.0"?><fontconfig><dir>${folder}</dir><dir>/usr/share/fonts</dir><cachedir>${join(tmpdir(), "banshi-browser-fonts")}</cachedir>${prefer.join("")}</fontconfig>`);
const browser = await chromium.launch({
  env: { ...process.env, FONTCONFIG_FILE: faces },
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const faults = [];

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()} ${message.location().url}`); });
  page.on("dialog", (dialog) => { if (dialog.type() !== "beforeunload") faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("pageerror", (error) => faults.push(`page: ${error}`));
  page.on("request", (request) => { if (![address, "data:", `blob:${new URL(address).origin}`].some((own) => request.url().startsWith(own))) faults.push(`request: ${request.url()}`); });
  await page.goto(address);
  await page.waitForSelector('html[data-ready="yes"]');
  return page;
}

const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`) });

/** Serious violations of accessibility, in both languages. */
async function accessible(page, state, languages = ["", "other language, "]) {
  for (const language of languages) {
    if (language) await page.evaluate(() => document.getElementById("language").click());
    // The policy of the page lets no script in but its own; the inspector's does not go through it.
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
    const serious = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
    for (const one of serious) faults.push(`axe, ${language}${state}: ${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
  }
  if (languages.length > 1) await page.evaluate(() => document.getElementById("language").click());
}

/** Drops files on the page as a hand would. */
async function drop(page, files) {
  const given = files.map(([name, bytes]) => [name, bytes.toString("base64")]);
  const transfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, text] of all) transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, given);
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

/** Does something, and waits until the page shows what comes of it. */
async function changed(page, act) {
  const before = Number(await page.getAttribute("html", "data-revision") ?? 0);
  await act();
  await page.waitForFunction((before) => Number(document.documentElement.dataset.revision) > before, before);
  return Number(await page.getAttribute("html", "data-latency"));
}

async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const path = join(tmpdir(), `banshi-browser-${process.pid}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return { path, name: download.suggestedFilename() };
}

const sample = (name) => readFileSync(new URL(`../../samples/${name}`, import.meta.url));
const unit = (page, words) => page.locator(".unit", { hasText: words }).first();
const run = (name, ...values) => execFileSync(name, values, { encoding: "utf8", maxBuffer: 1 << 26 });

/** Leaves a document or the program with corrections that were not saved. */
async function leave(page, button) {
  await page.click(button);
  await page.click('#leave-dialog button[value="yes"]');
}

try {
  // From nothing to a corrected Word file of the sample with the advert.
  let page = await open();
  await picture(page, "01-welcome");
  await accessible(page, "welcome");
  const start = Date.now();
  await drop(page, [["讲话-带广告-gbk.txt", sample("讲话-带广告-gbk.txt")]]);
  await page.waitForSelector(".page svg");
  await picture(page, "02-speech");
  await accessible(page, "speech");
  assert.match(await page.textContent("#summary"), /略去非正文/);
  const body = page.locator('.unit[data-role="body"]').first();
  const words = (await body.locator(".text").textContent()).slice(0, 12);
  await body.locator(".text").click();
  await page.waitForSelector(".page g.on");
  const before = await page.locator(".page").first().innerHTML();
  const latency = await changed(page, () => page.selectOption('[data-act="role"]', "heading"));
  assert.equal(await unit(page, words).getAttribute("data-role"), "heading");
  assert.notEqual(await page.locator(".page").first().innerHTML(), before, "the preview shows the correction");
  await picture(page, "03-corrected");
  const word = await saved(page, () => page.click("#take-docx"));
  console.log(`from drop to a corrected Word file: ${Date.now() - start} ms`);
  assert.match(word.name, /\.docx$/);
  const tree = JSON.parse(run("pandoc", "-t", "json", word.path));
  const text = (node) => (Array.isArray(node) ? node.map(text).join("") : node?.t === "Str" ? node.c : node?.c ? text(node.c) : "");
  assert.ok(tree.blocks.some((block) => block.t === "Header" && text(block.c[2]).startsWith(words.slice(0, 6))), "a heading in Word");
  await page.click("#take-more");
  await picture(page, "04-menu");
  await accessible(page, "menu", [""]);
  const pdf = await saved(page, () => page.click("#take-menu button:nth-child(2)"));
  assert.ok(run("pdftotext", pdf.path, "-").replace(/\s/g, "").includes(words.slice(0, 6)));
  await page.click("#take-more");
  const file = await saved(page, () => page.click("#take-menu hr + button"));
  const corrections = readFileSync(file.path);
  assert.equal(JSON.parse(corrections).paragraphs[0].role, "heading");

  // A download waits for a correction that is on its way.
  await page.route("**/api/documents/*", async (route) => { await new Promise((done) => setTimeout(done, 400)); await route.continue(); });
  await page.selectOption('.unit.on [data-act="role"]', "salutation");
  const late = await saved(page, () => page.evaluate(() => document.querySelector("#take-menu hr + button").click()));
  assert.equal(JSON.parse(readFileSync(late.path, "utf8")).paragraphs[0].role, "salutation", "the last correction is in the download");
  await page.unroute("**/api/documents/*");
  await changed(page, () => page.click("#undo"));

  // The file of corrections is taken again, whatever its name.
  await changed(page, () => page.click("#undo"));
  assert.equal(await unit(page, words).getAttribute("data-role"), "body");
  await changed(page, () => drop(page, [["讲话.corrections (1).json", corrections]]));
  assert.equal(await unit(page, words).getAttribute("data-role"), "heading");
  const used = (words) => page.waitForFunction((words) => document.querySelector("#status").textContent === words, words);
  await used("已按 讲话.corrections (1).json 更正 1 处");
  const astray = { "banshi-corrections": 1, paragraphs: [{ at: 3, text: "别处的话", role: "title" }] };
  await changed(page, () => drop(page, [["别的.json", Buffer.from(JSON.stringify(astray))]]));
  await used("已按 别的.json 更正 0 处，另有 1 处在本文找不到");
  await changed(page, () => page.click("#undo"));

  // A key is about the paragraph that has the focus, whichever is selected: a screen reader brings it anywhere.
  await page.locator('.unit[data-role="title"] .chip').click();
  const near = page.locator('.unit[data-role="salutation"]').first();
  const line = await near.getAttribute("data-index");
  await near.locator(".chip").focus();
  await changed(page, () => page.keyboard.press("0"));
  assert.equal(await page.locator(`.unit[data-index="${line}"]`).getAttribute("data-role"), "body");
  assert.equal(await page.locator(".unit.on").getAttribute("data-index"), line);
  await changed(page, () => page.keyboard.press("Control+z"));

  // What changed with a correction is counted, marked, and said where it is; so what changes back.
  await page.locator('.unit[data-role="heading"] .text').filter({ hasText: "一、提高认识" }).click();
  await page.locator(".unit.on .chip").focus();
  await changed(page, () => page.keyboard.press("0"));
  await page.waitForFunction(() => document.querySelector("#status").textContent !== "");
  const followed = await page.textContent("#status");
  assert.match(followed, /^另有 (\d+) 段随之改变：第 [\d、]+ 行$/);
  assert.equal(await page.locator(".unit.moved").count(), Number(/\d+/.exec(followed)[0]));
  await picture(page, "22-followers");
  await accessible(page, "followers", [""]);
  await changed(page, () => page.keyboard.press("Control+z"));
  assert.equal(await page.textContent("#status"), followed);
  // Another step says nothing of the last.
  await page.locator('.unit[data-role="closing"] .chip').first().click();
  await changed(page, () => page.keyboard.press("0"));
  await page.waitForFunction(() => document.querySelector("#status").textContent === "");
  assert.equal(await page.locator(".unit.moved").count(), 0);
  await changed(page, () => page.keyboard.press("Control+z"));

  // All that was left out is put back in one step, and all that was corrected is taken back in one.
  const [away, all] = [await page.locator('.unit[data-role="boilerplate"]').count(), await page.textContent("#units")];
  assert.ok(away > 1);
  await changed(page, () => page.click("#put-all-back"));
  assert.equal(await page.locator('.unit[data-role="boilerplate"]').count(), 0);
  assert.ok(await page.locator("#put-all-back").isHidden());
  assert.equal(await page.textContent("#announce"), `${away} 段已恢复`);
  assert.equal(await page.evaluate(() => document.activeElement.id), "script-panel", "the focus stays near");
  await changed(page, () => page.click("#forget-all"));
  assert.equal(await page.locator('.unit[data-role="boilerplate"]').count(), away);
  assert.ok(await page.locator("#forget-all").isHidden());
  await changed(page, () => page.click("#undo"));
  await changed(page, () => page.click("#undo"));
  assert.equal(await page.textContent("#units"), all);

  // Undo and redo; put back and leave out; split and join.
  await changed(page, () => page.click("#undo"));
  assert.equal(await unit(page, words).getAttribute("data-role"), "body");
  await changed(page, () => page.keyboard.press("Control+Shift+z"));
  assert.equal(await unit(page, words).getAttribute("data-role"), "heading");
  await changed(page, () => page.keyboard.press("Control+z"));
  await page.locator('.unit[data-role="boilerplate"] .text').first().click();
  await changed(page, () => page.click('[data-act="keep"]'));
  await changed(page, () => page.click("#undo"));
  await unit(page, words).locator(".text").click();
  const count = await page.locator(".unit").count();
  await page.click('[data-act="split"]');
  await page.locator('[data-act="text"]').evaluate((area) => area.setSelectionRange(8, 8));
  await picture(page, "05-split");
  await accessible(page, "split", [""]);
  await changed(page, () => page.click('[data-act="split"]'));
  assert.equal(await page.locator(".unit").count(), count + 1);
  const places = await page.locator(".unit.on .line, .unit.on + .unit .line").allTextContents();
  assert.match(places.join(" "), /^(\d+)·1 \1·2$/, "the pieces are told apart");
  await page.locator(".unit").filter({ has: page.locator(`.text:text-is("${(await page.locator(".unit.on + .unit .text").textContent())}")`) }).first().locator(".text").click();
  await changed(page, () => page.click('[data-act="join"]'));
  assert.equal(await page.locator(".unit").count(), count);

  // The selection stays with its paragraph when others above it come and go.
  const chosen = () => page.locator(".unit.on .text").textContent();
  await unit(page, words).locator(".text").click();
  await page.click('[data-act="split"]');
  await page.locator('[data-act="text"]').evaluate((area) => area.setSelectionRange(8, 8));
  await changed(page, () => page.click('[data-act="split"]'));
  await page.locator(".unit .text").nth(14).click();
  const [said, stood] = [await chosen(), await page.locator(".unit").count()];
  await page.locator(".unit.on .chip").focus();
  await changed(page, () => page.keyboard.press("Control+z"));
  assert.equal(await page.locator(".unit").count(), stood - 1);
  assert.equal(await chosen(), said, "the same paragraph is selected");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".unit.on .chip")), "and has the focus");
  await changed(page, () => page.keyboard.press("Control+Shift+z"));
  assert.equal(await chosen(), said);
  await changed(page, () => page.keyboard.press("Control+z"));

  // A paragraph is split by keys, and its name is said once.
  assert.match(await page.locator('.unit[data-role="title"] .chip').getAttribute("aria-label"), /^标题，第 \d+ 行：/);
  await unit(page, words).locator(".text").click();
  await page.locator(".unit.on .chip").focus();
  await page.keyboard.press("S");
  await page.keyboard.press("Escape");
  assert.equal(await page.textContent("#status"), "");
  await page.keyboard.press("s");
  for (const key of ["ArrowRight", "ArrowRight", "z", "ArrowRight"]) await page.keyboard.press(key);
  await changed(page, () => page.keyboard.press("Enter"));
  assert.equal(await page.textContent("#status"), "", "the tip goes");
  assert.equal([...(await page.locator(".unit.on .text").textContent())].length, 3);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".unit.on .chip")), "keys go on");
  await changed(page, () => page.keyboard.press("Control+z"));

  // A line of the page leads to its paragraph; settings and fields change the page.
  await page.locator(".page g[data-paragraph]").nth(8).dispatchEvent("click");
  assert.ok(await page.locator(".unit.on").count() === 1);
  await changed(page, () => page.selectOption("#profile", "reading"));
  await picture(page, "06-large");
  await changed(page, () => page.selectOption("#profile", "gongwen"));
  await page.click("#head-fields summary");
  await page.fill("#f-byline", "县长　李建国");
  await changed(page, () => page.press("#f-byline", "Tab"));
  assert.equal(await unit(page, "县长　李建国").getAttribute("data-role"), "byline");
  await picture(page, "07-fields");
  await accessible(page, "fields");
  await page.click("#zoom-in");
  await page.click("#zoom-fit");

  // The list of pages, by mouse and by keyboard.
  const sheets = await page.locator(".page").count();
  assert.equal(await page.locator("#page-list img").count(), sheets);
  const shows = (number) => page.waitForFunction((number) => document.querySelector("#page-list [aria-current]")?.innerText === number, number);
  await page.locator("#page-list button").nth(2).click();
  await shows("3");
  await page.keyboard.press("ArrowDown");
  await shows("4");
  await page.waitForFunction(() => document.querySelector('.page[data-page="3"] svg'));
  await page.keyboard.press("Home");
  await shows("1");

  // Single settings of the profile: each shows at once, is taken back, and goes into a file that the command line takes.
  await page.click("#tab-profile");
  await page.waitForSelector("#set-page-left");
  const left = () => page.locator(".page").first().locator("g[data-paragraph] g").nth(20).getAttribute("transform");
  const [margin, first] = [await left(), await page.textContent("#profile-says")];
  await changed(page, () => page.fill("#set-page-left", "45"));
  assert.notEqual(await left(), margin, "the margin shows");
  assert.equal(await page.inputValue("#set-grid-characters"), "25", "what follows from it follows");
  await page.fill("#set-page-top", "9999");
  await page.waitForSelector("#set-page-top-wrong:not(:empty)");
  await picture(page, "14-profile");
  await accessible(page, "profile");
  await page.fill("#set-page-top", "37");
  await page.selectOption("#style-chooser", "styles.title");
  assert.ok((await page.locator(".page g.on").count()) > 0, "where the style stands is marked");
  await changed(page, () => page.selectOption("#set-styles-title-face", "hei"));
  await page.focus("#set-styles-title-size");
  await changed(page, () => page.keyboard.press("ArrowUp"));
  assert.equal(await page.inputValue("#set-styles-title-size"), "22.5");
  await picture(page, "15-profile-title");
  const toml = await saved(page, () => page.click("#profile-save"));
  assert.match(toml.name, /\.toml$/);
  const svg = join(tmpdir(), `banshi-browser-${process.pid}.svg`);
  run(program, "--quiet", fileURLToPath(new URL("../../samples/通知.txt", import.meta.url)), "--profile", toml.path, "-o", svg);
  await changed(page, () => page.locator('[data-path="styles.title.size"] .back').click());
  assert.equal(await page.inputValue("#set-styles-title-size"), "22");
  await changed(page, () => page.click("#profile-reset"));
  assert.equal(await left(), margin);
  assert.equal(await page.textContent("#profile-says"), first);
  await changed(page, () => page.setInputFiles("#profile-chooser", toml.path));
  assert.equal(await page.inputValue("#set-page-left"), "45", "the file is taken again");
  await page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("已用版式文件 "));
  await changed(page, () => page.click("#undo"));
  await page.click("#tab-script");

  // Where colours are the system's, what is chosen shows by its outline.
  await page.emulateMedia({ forcedColors: "active" });
  for (const one of ["#tab-script", ".unit.on", "#page-list [aria-current] img"]) {
    assert.equal(await page.locator(one).first().evaluate((node) => getComputedStyle(node).outlineStyle), "solid", one);
  }
  await picture(page, "21-forced-colours");
  await page.emulateMedia({ forcedColors: null });

  // English, dark.
  await page.click("#language");
  await page.click("#theme");
  await page.waitForTimeout(300);
  await picture(page, "08-dark-english");
  await accessible(page, "dark, English");
  await page.click("#tab-profile");
  await page.waitForSelector("#set-page-left");
  await picture(page, "16-profile-english");
  await accessible(page, "profile, dark, English");
  await page.click("#tab-script");
  await page.click("#language");
  await page.click("#theme");

  // What is wrong in a setting of one document does not stand in another.
  await page.click("#tab-profile");
  await page.fill("#set-page-top", "9999");
  await page.waitForSelector("#set-page-top-wrong:not(:empty)");
  await drop(page, [["通知.txt", sample("通知.txt")]]);
  await page.waitForFunction(() => document.querySelector("#set-page-top")?.value === "37");
  assert.equal(await page.locator("#profile-form [aria-invalid]").count(), 0);
  await page.click("#tab-script");

  // A correction arrives though another document is shown at once; what fails is said.
  await page.locator('.unit[data-role="heading"] .chip').first().click();
  await page.keyboard.press("b");
  await page.keyboard.press("p");
  await page.selectOption("#file-list", { index: 0 });
  await page.selectOption("#file-list", { index: 1 });
  const point = await saved(page, () => page.evaluate(() => document.querySelector("#take-menu hr + button").click()));
  assert.equal(JSON.parse(readFileSync(point.path, "utf8")).paragraphs[0].role, "point");
  await page.route("**/as/docx", (route) => route.fulfill({ json: { refused: { code: "busy" } } }));
  await page.click("#take-docx");
  await page.waitForFunction(() => document.querySelector("#alarm").textContent.startsWith("正忙"));
  await page.unroute("**/as/docx");
  await page.click("#close-file");

  // A broken file, and one in no known format.
  await drop(page, [["坏文件.docx", Buffer.from("PK\u0003\u0004 not a zip")]]);
  await page.waitForSelector("#trouble:not([hidden])");
  await picture(page, "09-broken");
  await accessible(page, "broken");
  await page.click("#close-file");
  await drop(page, [["程序.exe", Buffer.from("MZ")]]);
  await page.waitForSelector("#alarm:not(:empty)");
  await accessible(page, "refused", [""]);
  // Of several files that come at once, each that fails is named.
  await drop(page, [["程序.exe", Buffer.from("MZ")], ["好.txt", sample("通知.txt")], ["图.png", Buffer.from("PNG")], ["坏.docx", Buffer.from("PK")], ["我的.toml", Buffer.from("kinsok = 3\n")]]);
  await page.waitForFunction(() => document.querySelector("#alarm").textContent.includes("toml"));
  const told = await page.textContent("#alarm");
  for (const words of ["程序.exe、图.png：", "坏.docx：不是可用的 docx 文件：文件被截断或已损坏；请从来源处重新获取", "我的.toml：版式方案：第 1 行：kinsok：没有这个键；是不是 kinsoku？"]) assert.ok(told.includes(words), told);
  assert.equal(await page.locator("#file-list option:checked").textContent(), "好", "the one that can be read is shown");
  await picture(page, "23-several-faults");
  await accessible(page, "several faults", [""]);
  await page.click("#close-file");
  await page.click("#close-file");

  // In an empty file there is nothing to take away; characters that no face has are one row, and its places lead to them.
  await drop(page, [["空.txt", Buffer.from(" \n\n")]]);
  await page.waitForFunction(() => document.querySelector("#summary").textContent.includes("没有文字"));
  assert.ok(await page.locator("#take-docx").isDisabled() && await page.locator("#take-menu button").first().isDisabled());
  await picture(page, "24-empty");
  await accessible(page, "empty", [""]);
  await drop(page, [["少见字.txt", Buffer.from(`关于印章的通知\n各科室：\n甲𒀀𒀁𒀂。\n乙𒀃𒀀。\n`)]]);
  await page.waitForSelector("#summary li details");
  assert.equal(await page.locator("#summary > ul > li").count(), 1);
  assert.match(await page.textContent("#summary details > summary"), /U\+12000.*同类共 5 处/);
  await page.click("#summary details > summary");
  assert.ok((await page.textContent("#summary details li:last-child")).endsWith("𒀀"), "which character it is");
  await picture(page, "25-rare-characters");
  await accessible(page, "rare characters", [""]);
  await page.locator("#summary button.where").last().click();
  assert.match(await page.textContent(".unit.on .text"), /^乙/);
  await page.click("#language");
  await page.waitForFunction(() => document.querySelector("#summary").textContent.startsWith("4 paragraphs, "));
  assert.match(await page.textContent("#summary"), /, 1 page; /, "one is one");
  await page.click("#language");
  await page.click("#close-file");
  // What is a line elsewhere is a paragraph in a Word file.
  await drop(page, [["讲话.docx", readFileSync(word.path)]]);
  await page.waitForFunction(() => document.querySelector("#file-list").selectedOptions[0].textContent === "讲话");
  assert.match(await page.locator(".unit.on .chip").getAttribute("aria-label"), /，第 \d+ 段：/);
  await page.click("#close-file");
  await page.click("#close-file");
  const hand = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await hand.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data: { items: [], files: [tmpdir()], dragOperationsMask: 1 } });
  }
  await page.waitForFunction(() => document.querySelector("#alarm").textContent.includes("这是文件夹"));

  // Marks of HTML in names and texts are letters, links of a preview lead nowhere, names of a profile are letters, too.
  const html = "<img src=x onerror=alert(1)>";
  const evil = `# ${html}\n\n同志们：\n\n[网址](javascript:alert(2)) ${html} <script>alert(3)</script>\n\n<svg onload=alert(4)>\n`;
  await drop(page, [[`${html}.md`, Buffer.from(evil)]]);
  await page.waitForFunction(() => document.querySelector("#file-list").selectedOptions[0].textContent.includes("onerror"));
  await page.waitForSelector(".page svg");
  await page.click("#tab-profile");
  const named = `extends = "speech"\nname = "${html}"\n[faces]\nhei = { name = "${html}" }\n`;
  await changed(page, () => page.setInputFiles("#profile-chooser", { name: "x.toml", mimeType: "text/plain", buffer: Buffer.from(named) }));
  await page.click("#tab-script");
  assert.equal(await page.locator(".page a, [onerror], [onload], .unit img, script:not([src])").count(), 0);
  await page.click("#close-file");
  await page.waitForSelector("#leave-dialog[open]");
  await picture(page, "18-unsaved");
  await accessible(page, "unsaved", [""]);
  await page.keyboard.press("Escape");
  assert.ok((await page.locator("#file-list").textContent()).includes("onerror"), "it stays");
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  assert.equal((await asked).type(), "beforeunload", "the browser asks before the page goes");
  await leave(page, "#close-file");

  // Pasted text.
  await page.click("#paste");
  await page.fill("#paste-text", "关于开展安全检查的通知\n各科室：\n一、检查时间\n本周五上午。\n二、检查范围\n全部办公场所。\n");
  await picture(page, "10-paste");
  await accessible(page, "paste");
  await page.keyboard.press("Escape");
  await page.click("#paste");
  assert.match(await page.inputValue("#paste-text"), /^关于/, "what was not used is there again");
  await page.click('#paste-dialog button[value="yes"]');
  await page.waitForFunction(() => document.querySelectorAll(".unit").length === 6);
  assert.equal(await page.locator('.unit[data-role="heading"]').count(), 2);
  await page.context().close();

  // On a narrow screen nothing is wider than it.
  page = await open({ viewport: { width: 390, height: 844 } });
  await drop(page, [["关于进一步加强和改进全县机关单位办公室工作的若干意见（征求意见稿）第三次修改.txt", sample("讲话-带广告.txt")]]);
  await page.waitForSelector(".page svg");
  await picture(page, "17-narrow");
  await accessible(page, "narrow");
  for (const tab of ["#tab-profile", "#tab-script"]) {
    await page.click(tab);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${tab}: wider than the screen`);
  }
  for (const id of ["profile", "number", "title-face", "body-face"]) assert.ok(await page.locator(`#${id}`).isVisible(), id);
  for (const [width, height] of [[390, 844], [683, 384], [820, 600], [960, 600], [1120, 700]]) {
    await page.setViewportSize({ width, height });
    await page.click("#take-more");
    if (width === 683) await picture(page, "19-half");
    const names = "#file-list, .bar > * button:visible, .menu";
    const boxes = await page.locator(names).evaluateAll((all) => all.filter((one) => one.offsetParent && !one.closest(".menu button"))
      .map((one) => ({ name: one.id, menu: one.matches(".menu"), box: one.getBoundingClientRect().toJSON() })));
    for (const [index, { name, menu, box }] of boxes.entries()) {
      assert.ok(box.left >= 0 && box.right <= width, `${width}: ${name} is cut off`);
      const over = !menu && boxes.slice(0, index).find((one) => !one.menu && one.box.left < box.right && box.left < one.box.right && one.box.top < box.bottom && box.top < one.box.bottom);
      assert.ok(!over, `${width}: ${name} lies over ${over?.name}`);
    }
    assert.ok(boxes.find((one) => one.name === "file-list").box.width >= 110, `${width}: the list of files`);
    await page.keyboard.press("Escape");
  }
  // The editor of a paragraph that is chosen stays in sight, at twice the size too.
  await page.setViewportSize({ width: 683, height: 384 });
  await page.locator('.unit[data-role="body"] .text').nth(3).click();
  await page.waitForSelector(".page g.on");
  await page.waitForTimeout(100);
  const seen = await page.locator(".unit.on .edit").boundingBox();
  assert.ok(seen.y >= 0 && seen.y < 384, "the editor is in sight");
  await picture(page, "20-half-editor");
  await page.context().close();

  // Forty files to one zip, which says what became of one that cannot be read, too.
  page = await open();
  const forty = Array.from({ length: 40 }, (_, index) => [`通知${index + 1}.txt`, sample("通知.txt")]);
  await drop(page, [...forty, ["坏.docx", Buffer.from("PK")]]);
  await page.waitForFunction(() => document.querySelectorAll("#file-list option").length === 41);
  await page.click("#tab-profile");
  await page.selectOption("#profile", "speech");
  await page.click("#profile-all");
  await page.waitForFunction(() => document.querySelector("#status").textContent.includes("41"));
  await page.click("#take-more");
  await picture(page, "11-forty");
  const zip = await saved(page, () => page.click("#take-menu button:last-child"));
  const names = run("python3", "-c", "import sys,zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))", zip.path).trim().split("\n");
  assert.equal(names.length, 81);
  assert.ok(names.includes("报告.txt") && names.includes("通知40.docx"));
  const report = run("python3", "-c", "import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).read('报告.txt').decode())", zip.path);
  assert.ok(report.includes("完成：通知40.pdf") && report.includes("失败：坏.docx："), report);
  await page.context().close();

  // By keyboard alone.
  page = await open();
  const chooser = page.waitForEvent("filechooser");
  await page.focus("#open-first");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles({ name: "讲话.txt", mimeType: "text/plain", buffer: sample("讲话-带广告.txt") });
  await page.waitForSelector(".page svg");
  for (let i = 0; i < 40 && !(await page.evaluate(() => document.activeElement.classList.contains("chip"))); i += 1) await page.keyboard.press("Tab");
  for (let i = 0; i < 8; i += 1) await page.keyboard.press("ArrowDown");
  await changed(page, () => page.keyboard.press("2"));
  assert.equal(await page.locator(".unit.on").getAttribute("data-role"), "heading");
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("chip")), "the focus stays");
  await changed(page, () => page.keyboard.press("Control+z"));
  await picture(page, "12-keyboard");
  // What the eye sees of a step is said, too.
  await changed(page, () => page.keyboard.press("3"));
  assert.match(await page.textContent("#announce"), /第 \d+.*小标题 3/);
  await changed(page, () => page.keyboard.press("Control+z"));
  // The tabs, the settings and the list of pages without a mouse.
  await page.focus("#tab-script");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector("#set-page-left");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-profile");
  await page.focus("#set-page-left");
  await changed(page, () => page.keyboard.press("ArrowUp"));
  assert.equal(await page.inputValue("#set-page-left"), "29");
  assert.equal(await page.evaluate(() => document.activeElement.id), "set-page-left", "the focus stays in the form");
  await changed(page, () => page.locator('[data-path="page.left"] .back').press("Enter"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "set-page-left", "and after a setting is given back");
  await page.focus("#tab-profile");
  await page.keyboard.press("ArrowLeft");
  await page.focus("#take-more");
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.evaluate(() => document.activeElement.parentElement.id === "take-menu"));
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "take-more");

  // A page that is loaded anew finds its documents as they were corrected.
  const again = await open();
  again.removeAllListeners("dialog");
  again.on("dialog", (dialog) => dialog.accept());
  await drop(again, [["讲话.txt", sample("讲话-带广告.txt")]]);
  await again.waitForSelector(".page svg");
  const plain = again.locator('.unit[data-role="body"]').first();
  const place = await plain.getAttribute("data-index");
  await plain.locator(".text").click();
  await again.locator(".unit.on .chip").focus();
  await changed(again, () => again.keyboard.press("2"));
  await again.reload();
  await again.waitForSelector(".page svg");
  assert.equal(await again.locator(`.unit[data-index="${place}"]`).getAttribute("data-role"), "heading");
  await again.context().close();

  // How long a correction takes in a speech of five thousand characters.
  const paragraph = "各部门要把思想和行动统一到会议的部署上来，突出重点，细化措施，压实责任，确保各项任务按时完成，取得实实在在的效果。";
  const speech = ["全县工作会议上的讲话", "同志们：", ...Array.from({ length: 15 }, (_, i) => [`${"一二三四五六七八九"[i % 9]}、做好第${i}项工作`, ...Array(5).fill(paragraph)]).flat()].join("\n");
  await drop(page, [["长稿.txt", Buffer.from(speech)]]);
  await page.waitForFunction(() => document.querySelector("#file-list")?.selectedOptions[0]?.textContent === "长稿");
  await page.waitForSelector(".page svg");
  await page.locator(".unit .text").nth(3).click();
  const times = [];
  for (const key of ["2", "0", "3", "0", "1", "0"]) {
    await page.locator(".unit.on .chip").focus();
    times.push(await changed(page, () => page.keyboard.press(key)));
  }
  console.log(`a correction in ${[...speech].length} characters shows after ${times.join(", ")} ms (and ${latency} ms at first)`);
  const other = await open();
  await drop(other, [["通知.txt", sample("通知.txt")]]);
  await other.waitForSelector(".page svg");
  await leave(page, "#quit");
  await page.waitForSelector(".done:visible");
  await drop(page, [["通知.txt", sample("通知.txt")]]);
  await page.setViewportSize({ width: 800, height: 600 });
  await picture(page, "13-ended");
  await accessible(page, "ended", [""]);
  assert.equal(await ended, 0, "the program ends, and well");
  const quiet = faults.length;
  await other.click("#take-docx");
  await other.waitForFunction(() => document.querySelector("#alarm").textContent.startsWith("程序已退出"));
  await other.locator(".unit .text").nth(1).click();
  await other.selectOption('.unit.on [data-act="role"]', "body");
  await other.waitForTimeout(300);
  // The browser itself puts requests that failed on record.
  faults.splice(quiet, faults.length - quiet, ...faults.slice(quiet).filter((one) => !one.includes("ERR_CONNECTION_REFUSED")));

} catch (error) {
  faults.push(error.stack);
} finally {
  await browser.close();
  server.kill();
}
writeFileSync(join(pictures, "faults.txt"), faults.join("\n"));
if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log("the page holds");
