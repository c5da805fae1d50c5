#!/usr/bin/env python3
"""Checks what banshi writes with the programs that people open it with: pandoc, LibreOffice, qpdf and poppler.

usage: check_outputs.py PATH_OF_BANSHI
Prints a line per check and fails on the first output that does not hold what its source says.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in {".txt", ".md"} and p.name != "README.md")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE_NUMBER = re.compile(r"— ?\d+ ?—")
# The faces that the Word file names, and those of fonts/ that stand in for them here.
FACES = {
    "方正小标宋简体": "Noto Serif SC SemiBold", "黑体": "Noto Sans SC", "楷体_GB2312": "Banshi Kai",
    "仿宋_GB2312": "Zhuque Fangsong (technical preview)", "宋体": "Noto Serif SC", "Times New Roman": "Liberation Serif",
}
failures = []


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def check(what, holds, detail=""):
    print(("ok   " if holds else "FAIL ") + what + ("" if holds else f"  {detail}"))
    if not holds:
        failures.append(what)


def squeezed(text):
    """The characters that count: no spaces, no line ends."""
    return re.sub(r"[\s\u3000\u00a0]+", "", text)


def difference(want, got):
    at = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b), min(len(want), len(got)))
    return f"at {at}: want …{want[max(0, at - 10):at + 20]!r}, got …{got[max(0, at - 10):at + 20]!r}"


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
    run("qpdf", "--check", out["pdf"])
    faces = run("pdffonts", out["pdf"]).decode().splitlines()[2:]
    flags = [line.split()[-5:-2] for line in faces]
    check(f"{name}: {len(faces)} faces embedded, subset, with Unicode", bool(faces) and all(f == ["yes"] * 3 for f in flags), faces)

    if sample.suffix != ".txt":
        return
    units, text = author_text(banshi, sample)
    word = squeezed(run("pandoc", out["docx"], "-s", "-t", "plain", "--wrap=none").decode())
    # pandoc sets the title apart, so it stands first even where a number stands above it.
    check(f"{name}: pandoc finds every character of the Word file", sorted(word) == sorted(text) or word == text, difference(text, word))
    wanted = [squeezed(u["text"]) for u in units if u["role"] == "heading"]
    check(f"{name}: pandoc finds {len(wanted)} headings", headings_of(out["docx"]) == wanted, headings_of(out["docx"]))
    lines = run("pdftotext", "-raw", out["pdf"], "-").decode().splitlines()
    numberless = squeezed("".join(line for line in lines if not PAGE_NUMBER.fullmatch(line.strip())))
    check(f"{name}: poppler finds every character of the PDF", numberless == text, difference(text, numberless))


def lines_of(pdf):
    """Per page, the text lines: characters that share a baseline, without the page number."""
    boxes = ET.fromstring(re.sub(rb'xmlns="[^"]*"', b"", run("pdftotext", "-bbox-layout", pdf, "-")))
    pages = []
    for page in boxes.iter("page"):
        rows = {}
        for word in page.iter("word"):
            if float(word.get("yMin")) < 750:  # above the page number
                rows.setdefault(round(float(word.get("yMax"))), []).append(word.text)
        pages.append(["".join(rows[y]) for y in sorted(rows)])
    return pages


def install_faces(folder):
    """Lets LibreOffice find the faces of fonts/ under the names in the Word file."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
        for name, face in FACES.items())
    config = folder / "fonts.conf"
    config.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
                      f'<dir>{ROOT / "fonts"}</dir><cachedir>{folder / "cache"}</cachedir>{aliases}</fontconfig>')
    os.environ["FONTCONFIG_FILE"] = str(config)


def check_grid(banshi, folder):
    """A page of plain Han text holds 22 lines of 28 characters, in the PDF and as LibreOffice lays out the Word file."""
    source = folder / "grid.txt"
    source.write_text("\n".join("　　" + "办公室工作会议通知文件材料" * 60 for _ in range(3)) + "\n", encoding="utf-8")
    run(banshi, "--quiet", source, "-o", folder / "grid.pdf", "-o", folder / "grid.docx")
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
        "--outdir", folder / "office", folder / "grid.docx")
    for label, pdf in (("PDF", folder / "grid.pdf"), ("Word file in LibreOffice", folder / "office" / "grid.pdf")):
        page = lines_of(pdf)[1]
        widths = {len(line) for line in page}
        check(f"{label}: 22 lines to a page", len(page) == 22, len(page))
        check(f"{label}: 28 characters to a line", max(widths) == 28 and sum(len(l) == 28 for l in page) >= 20, sorted(widths))


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
        install_faces(folder)
        check_grid(banshi, folder)
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print("all outputs hold")


if __name__ == "__main__":
    main()
