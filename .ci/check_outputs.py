#!/usr/bin/env python3
"""Checks what banshi writes with the programs that people open it with: pandoc, qpdf, poppler and MuPDF.

usage: check_outputs.py PATH_OF_BANSHI
Prints a line per check and fails on the first output that does not hold what its source says.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from checks import ROOT, SAMPLES, check, difference, finish, run, squeezed
from pages import HEIGHT, LEFT, MM, PITCH, SIZE, TOP, WIDTH, glyphs_of, lines_of

# From the middle of a line to its baseline, in em.
BASELINE = 0.38
PAGE_NUMBER = re.compile(r"— ?\d+ ?—")


def author_text(banshi, sample):
    """The paragraphs of the source as the outline lists them, without those that are not the author's."""
    units = json.loads(run(banshi, "outline", "--json", "--quiet", sample))["units"]
    return units, squeezed("".join(u["text"] for u in units if u["role"] != "boilerplate"))


def headings_of(docx):
    blocks = json.loads(run("pandoc", docx, "-t", "json"))["blocks"]
    flat = lambda x: (x["c"] if x["t"] == "Str" else "" if x["t"] in {"Space", "SoftBreak", "LineBreak"}
                      else "".join(flat(y) for y in (x["c"][-1] if isinstance(x.get("c"), list) else [])))
    return [squeezed("".join(flat(i) for i in b["c"][2])) for b in blocks if b["t"] == "Header"]


def check_sample(banshi, sample, folder):
    name = sample.name
    out = {ext: folder / f"{name}.{ext}" for ext in ("docx", "pdf", "md")}
    again = {ext: folder / f"{name}.again.{ext}" for ext in out}
    for files in (out, again):
        run(banshi, "--quiet", sample, *[a for p in files.values() for a in ("-o", p)])
    check(f"{name}: same bytes on a second run", all(out[e].read_bytes() == again[e].read_bytes() for e in out))

    for part in zipfile.ZipFile(out["docx"]).namelist():
        if part.endswith((".xml", ".rels")):
            ET.fromstring(zipfile.ZipFile(out["docx"]).read(part))
    check_pdf(name, out["pdf"])
    units, text = author_text(banshi, sample)
    tree = json.loads(run(banshi, "--quiet", sample, "-o", "-", "--to", "json"))["document"]
    titles = [t for t in [tree.get("meta", {}).get("title")] if t] + [u["text"] for u in units if u["role"] == "title"]
    title = re.search(r"^Title: +(.*)$", run("pdfinfo", out["pdf"]).decode(), re.M)
    check(f"{name}: the PDF has the right title",
          bool(title) and (not titles or squeezed(title[1]) == squeezed(titles[0])), title and title[1])
    if sample.suffix != ".txt":
        return
    # The 版记 is a table, which plain text draws between lines of hyphens.
    plain = run("pandoc", out["docx"], "-s", "-t", "plain", "--wrap=none").decode()
    word = squeezed(re.sub(r"^ *-{3,}[- ]*$", "", plain, flags=re.M))
    # pandoc sets the title apart, so it stands first even where a number stands above it.
    check(f"{name}: pandoc finds every character of the Word file", sorted(word) == sorted(text) or word == text, difference(text, word))
    wanted = [squeezed(u["text"]) for u in units if u["role"] == "heading"]
    check(f"{name}: pandoc finds {len(wanted)} headings", headings_of(out["docx"]) == wanted, headings_of(out["docx"]))
    check_text(name, out["pdf"], text)
    check_places(name, out["pdf"])


def check_pdf(name, pdf):
    """What the programs that check files say of one."""
    run("qpdf", "--check", pdf)
    faces = run("pdffonts", pdf).decode().splitlines()[2:]
    right = [line.split()[-8:-2] == ["CID", "TrueType", "Identity-H", "yes", "yes", "yes"] for line in faces]
    check(f"{name}: {len(faces)} faces CID TrueType, embedded, subset, with Unicode", bool(faces) and all(right), faces)
    info = run("pdfinfo", pdf).decode()
    check(f"{name}: tagged", re.search(r"^Tagged: +yes$", info, re.M) is not None, info)


def check_text(name, pdf, text):
    """Both readers of PDF find the text, page numbers apart, in its order."""
    for reader in (["pdftotext", "-raw", pdf, "-"], ["mutool", "draw", "-q", "-F", "txt", pdf]):
        lines = run(*reader).decode().replace("\f", "\n").splitlines()
        numberless = squeezed("".join(line for line in lines if not PAGE_NUMBER.fullmatch(line.strip())))
        check(f"{name}: {reader[0]} finds every character of the PDF", numberless == text, difference(text, numberless))


def check_places(name, pdf):
    """Body text stands on the grid and within the type area, page numbers where GB/T 9704-2012 7.5 has them."""
    pages = glyphs_of(pdf)
    # The rows count from the top of the type area; type of all sizes stands on them, but for notes and the imprint.
    first = TOP + PITCH / 2 + BASELINE * SIZE
    body = [g for page in pages for g in page if g[0] == SIZE]
    off = [abs((g[3] - first) / PITCH - round((g[3] - first) / PITCH)) * PITCH for g in body]
    check(f"{name}: baselines on the grid within 0.1 pt", max(off, default=0) <= 0.1, max(off, default=0))
    # Marks are squeezed at the ends of lines: their white lies outside.
    letters = [g for g in body if g[1].isalnum()]
    outside = [g for g in letters if not (LEFT - 0.5 * MM <= g[2] and g[4] <= LEFT + WIDTH + 0.5 * MM
               and TOP - 0.5 * MM <= g[3] - 0.88 * SIZE and g[3] <= TOP + HEIGHT + 0.5 * MM)]
    check(f"{name}: type within the margins", not outside, outside[:3])
    wrong = []
    for number, page in enumerate(pages, 1):
        foot = [g for g in page if g[0] == 14 and g[3] > TOP + HEIGHT]
        text = squeezed("".join(g[1] for g in foot))
        edge = LEFT + WIDTH - 14 - foot[-1][4] if number % 2 else foot[0][2] - LEFT - 14
        # The middle of the dash is 7 mm below the type area; a dash stands a third of an em above its baseline.
        middle = (foot[0][3] - 0.35 * 14 - TOP - HEIGHT) / MM
        if text != f"—{number}—" or abs(edge) > 1 or abs(middle - 7) > 0.5:
            wrong.append((number, text, edge, middle))
    check(f"{name}: page numbers outside, one character in, 7 mm below", not wrong, wrong)


def check_all_characters(banshi, folder):
    """All of GBK and 200 rare characters come out of the PDF; what is changed on the way is reported."""
    pairs = [bytes([a, b]) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF) if b != 0x7F]
    gbk = []
    for pair in pairs:
        try:
            gbk.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            pass
    characters = gbk + list("䶮㛃𬭊𠮷𰻞") + [chr(c) for c in range(0x3400, 0x3400 + 195)]
    source, pdf = folder / "characters.txt", folder / "characters.pdf"
    source.write_text("\n".join("".join(characters[i:i + 280]) for i in range(0, len(characters), 280)) + "\n", encoding="utf-8")
    told = subprocess.run([str(banshi), "--plain", "--lines", "keep", "--message-format", "json", str(source), "-o", str(pdf)],
                          capture_output=True, check=True).stderr.decode().splitlines()
    told = [json.loads(line) for line in told]
    changed = {m["text"]: unicodedata.normalize("NFKC", m["text"]) for m in told if m.get("code") == "character-unified"}
    check(f"{len(characters)} characters: {len(changed)} changed, all of them compatibility ideographs",
          len(changed) <= 9 and all(0xF900 <= ord(c) <= 0xFAFF for c in changed), changed)
    check("all of them have a face", not any(m.get("code") == "character-missing" for m in told))
    check_text("all characters", pdf, squeezed("".join(changed.get(c, c) for c in characters)))


def check_grid(banshi, folder):
    """A page of plain Han text holds 22 lines of 28 characters."""
    source = folder / "grid.txt"
    source.write_text("\n".join("　　" + "办公室工作会议通知文件材料" * 60 for _ in range(3)) + "\n", encoding="utf-8")
    run(banshi, "--quiet", source, "-o", folder / "grid.pdf")
    page = lines_of(folder / "grid.pdf")[1]
    widths = {len(line) for line in page}
    check("PDF: 22 lines to a page", len(page) == 22, len(page))
    check("PDF: 28 characters to a line", max(widths) == 28 and sum(len(line) == 28 for line in page) >= 20, sorted(widths))
    rows = {}
    for g in glyphs_of(folder / "grid.pdf")[1]:
        if g[0] == SIZE:
            rows.setdefault(round(g[3], 1), []).append(g)
    full = [sorted(row, key=lambda g: g[2]) for row in rows.values() if len(row) == 28]
    edges = [(row[0][2] - LEFT, LEFT + WIDTH - row[-1][2] - SIZE) for row in full]
    check("PDF: full lines reach from margin to margin within 0.5 mm",
          len(rows) == 22 and len(full) >= 20 and all(abs(e) <= 0.5 * MM for pair in edges for e in pair), edges[:3])
    top, bottom = min(rows) - BASELINE * SIZE - PITCH / 2, max(rows) - BASELINE * SIZE + PITCH / 2
    check("PDF: the first and the last line reach the margins within 0.5 mm",
          abs(top - TOP) <= 0.5 * MM and abs(bottom - TOP - HEIGHT) <= 0.5 * MM, (top / MM, bottom / MM))


def check_twins(banshi, folder):
    """The same speech in GBK and in UTF-8 gives the same bytes."""
    one, other = ROOT / "samples" / "讲话-带广告.txt", ROOT / "samples" / "讲话-带广告-gbk.txt"
    for ext in ("docx", "pdf", "md"):
        made = [run(banshi, "--quiet", s, "-o", "-", "--to", ext) for s in (one, other)]
        check(f"speech in UTF-8 and GBK: same {ext}", made[0] == made[1])
    size = len(run(banshi, "--quiet", one, "-o", "-", "--to", "pdf"))
    check(f"speech: PDF of {size} bytes is below 500 kB", size <= 500_000)


def main():
    banshi = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        os.environ["HOME"] = str(folder)
        for sample in SAMPLES:
            check_sample(banshi, sample, folder)
        check_twins(banshi, folder)
        check_all_characters(banshi, folder)
        check_grid(banshi, folder)
    finish("all outputs hold")


if __name__ == "__main__":
    main()
