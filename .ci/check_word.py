#!/usr/bin/env python3
"""Checks the Word files that banshi writes: by the schemas of Open XML, and as LibreOffice sets them beside our own PDF.

usage: check_word.py PATH_OF_BANSHI
Prints a line per check and fails on what does not hold.
"""
import json
import os
import subprocess
import sys
import tempfile
import venv
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

from checks import ROOT, SAMPLES, check, finish, run, squeezed
from pages import HEIGHT, LEFT, PITCH, TOP, WIDTH, lines_of, rows_of

PROFILES = ("gongwen", "speech", "reading", "handout", "plain")
# The faces of fonts/ by the names that LibreOffice knows, so that both programs set the same ones. A quotation mark of
# 仿宋 is wide only with the feature `fwid`; 楷体 has no wide one that a program finds by itself.
FACES = """
[latin]
name = "Liberation Serif"
[faces]
biaosong = { name = "Noto Serif SC SemiBold" }
hei = { name = "Noto Sans SC Medium" }
kai = { name = "Banshi Kai" }
fangsong = { name = "Zhuque Fangsong (technical preview):fwid" }
song = { name = "Noto Serif SC" }
"""
# The names that a Word file has by itself, and the faces that stand in for them.
STAND_INS = {
    "方正小标宋简体": "Noto Serif SC SemiBold", "黑体": "Noto Sans SC", "楷体_GB2312": "Banshi Kai",
    "仿宋_GB2312": "Zhuque Fangsong (technical preview)", "宋体": "Noto Serif SC", "Times New Roman": "Liberation Serif",
}

# What may be asked of a written Word file, and so what the schema must allow.
WORD_OPTIONS = {
    "usual": [], "toc": ["--toc"], "faces": ["--embed-fonts"], "outline": ["--run-in-outline", "--toc"],
    "template": ["--reference-doc", "template.docx"], **{p: ["--profile", p] for p in PROFILES[1:]},
}


def check_schema(banshi, folder):
    """The Open XML schemas and rules (as the SDK of Microsoft states them) allow every part of every Word file."""
    venv.create(folder / "audit", with_pip=True)
    run(folder / "audit" / "bin" / "pip", "install", "--quiet", "openxml-audit==0.8.0")
    run(banshi, "--quiet", ROOT / "samples" / "条例.txt", "-o", folder / "template.docx")
    files = folder / "schema"
    files.mkdir()
    for sample in SAMPLES:
        for name, options in WORD_OPTIONS.items():
            run(banshi, "--quiet", sample, "-o", files / f"{sample.name}.{name}.docx", *options, cwd=folder)
    done = subprocess.run([str(folder / "audit" / "bin" / "openxml-audit"), "--recursive", str(files)], capture_output=True)
    said = done.stdout.decode() + done.stderr.decode()
    check(f"schema: {len(list(files.iterdir()))} Word files without a violation", done.returncode == 0, said[-2000:])


def install_faces(folder):
    """Lets LibreOffice find the faces of fonts/, also under the names in a Word file of the built-in profiles."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
        for name, face in STAND_INS.items())
    config = folder / "fonts.conf"
    config.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
                      f'<dir>{ROOT / "fonts"}</dir><cachedir>{folder / "cache"}</cachedir>{aliases}</fontconfig>')
    os.environ["FONTCONFIG_FILE"] = str(config)


def office(folder, out, to, *files):
    """What LibreOffice makes of files."""
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", to, "--outdir", out, *files)


def check_grid(banshi, folder):
    """A page of plain Han text holds 22 lines of 28 characters as LibreOffice lays out the Word file."""
    source = folder / "grid.txt"
    source.write_text("\n".join("　　" + "办公室工作会议通知文件材料" * 60 for _ in range(3)) + "\n", encoding="utf-8")
    run(banshi, "--quiet", source, "-o", folder / "grid.docx")
    office(folder, folder / "office", "pdf", folder / "grid.docx")
    page = lines_of(folder / "office" / "grid.pdf")[1]
    widths = {len(line) for line in page}
    check("Word file in LibreOffice: 22 lines to a page", len(page) == 22, len(page))
    check("Word file in LibreOffice: 28 characters to a line",
          max(widths) == 28 and sum(len(line) == 28 for line in page) >= 20, sorted(widths))


# Between Han and figures or letters our lines have a quarter em; LibreOffice has less, and none beside %.
GAP = 0.25
# LibreOffice counts in whole units of the screen: a line is full that lacks less, in pt.
ROUNDING = 2
FIGURES = set("0123456789.〇零一二三四五六七八九十百千万亿两")


def line_starts(rows, paragraphs):
    """By paragraph, the characters before which its lines begin, and the glyphs of these lines."""
    text = "".join(g[1] for row in rows for g in row)
    begins, at = {}, 0
    for row in rows:
        begins[at] = row
        at += sum(len(g[1]) for g in row)
    found, at = {}, 0
    for number, paragraph in enumerate(paragraphs):
        start = text.find(paragraph, at)
        if start < 0 or start not in begins:
            continue
        at = start + len(paragraph)
        found[number] = {place - start: begins[place] for place in range(start, at) if place in begins}
    return found


def reason(paragraph, own, other, own_row, other_row):
    """Why our line and that of LibreOffice, which begin alike, end before different characters; none for no reason."""
    if any(g[1] in "“”‘’" and g[4] - g[2] < 0.9 * g[0] for g in other_row):
        return "face"  # The other program has a narrow quotation mark there.
    meets = [{a[1], b[1]} for a, b in zip(own_row, own_row[1:]) if is_letter(a[1]) + is_letter(b[1]) == 1]
    gaps = sum(1 for pair in meets if all(c.isalnum() or c == "%" for c in pair))
    if own > other:
        natural = sum(g[4] - g[2] - 0.25 * (g[0] == 16) for g in own_row) + gaps * GAP * 16
        return "squeeze" if natural > LEFT + WIDTH - own_row[0][2] - ROUNDING else None
    if paragraph[other - 1] in FIGURES and paragraph[other].isalnum():
        return "figure"  # A figure stays with its unit.
    if sum(c.isalnum() for c in paragraph[other:]) < 2:
        return "company"  # No last line of one character.
    return "percent" if any("%" in pair for pair in meets) else None


def is_letter(c):
    return c == "%" or c.isascii() and c.isalnum()


def check_pages(banshi, folder):
    """LibreOffice sets the Word file of every sample, by every profile, on as many pages as the PDF has, give or take
    one; and where a line begins with the same character it mostly ends with the same. It departs from ours only
    where we squeeze marks to keep one on its line, which LibreOffice cannot be told to do by a Word file (it passes
    over characterSpacingControl), where we keep a figure with its unit or a character from standing
    alone, and where its faces differ."""
    files = folder / "pages"
    files.mkdir()
    made = []
    for profile in PROFILES:
        settings = folder / f"{profile}.toml"
        settings.write_text(f'name = "{profile}-faces"\nextends = "{profile}"\n{FACES}', encoding="utf-8")
        for sample in SAMPLES:
            made.append((profile, sample, f"{sample.name}.{profile}"))
            run(banshi, "--quiet", sample, "--profile", settings, "-o", files / f"{made[-1][2]}.docx", "-o", files / f"{made[-1][2]}.pdf")
    office(folder, files / "office", "pdf", *sorted(files.glob("*.docx")))
    total, pages = Counter(), Counter()
    for profile, sample, name in made:
        own, other = files / f"{name}.pdf", files / "office" / f"{name}.pdf"
        count = [len(lines_of(pdf)) for pdf in (own, other)]
        pages[abs(count[0] - count[1])] += 1
        if abs(count[0] - count[1]) > 1:
            check(f"{name}: {count[0]} pages, as LibreOffice has of the Word file", False, count[1])
        if profile != "gongwen":
            continue
        units = json.loads(run(banshi, "outline", "--json", "--quiet", sample))["units"]
        paragraphs = [squeezed(u["text"]) for u in units if u["role"] != "boilerplate"]
        ours, theirs = (line_starts(rows_of(pdf), paragraphs) for pdf in (own, other))
        found = Counter(paragraphs=len(ours.keys() & theirs.keys()))
        for number in ours.keys() & theirs.keys():
            ends = [[*sorted(starts[number]), len(paragraphs[number])] for starts in (ours, theirs)]
            for at in set(ends[0][:-1]) & set(ends[1][:-1]):
                one, another = (end[end.index(at) + 1] for end in ends)
                why = "same" if one == another else reason(paragraphs[number], one, another, ours[number][at], theirs[number][at])
                found["lines"] += 1
                found[why] += 1
                if why is None:
                    print(f"     {sample.name}: {paragraphs[number][at:max(one, another) + 1]}: {one - at} and {another - at}")
        total += found
        check(f"{name}: of {found['lines']} lines that begin alike {found['same'] / found['lines']:.0%} end alike, the others for a reason",
              found[None] == 0 and found["same"] >= 0.75 * found["lines"]
              and (found["paragraphs"] >= 0.9 * len(paragraphs) or sample.suffix == ".md"), dict(found))
    check(f"{len(made)} documents on as many pages, give or take one: {dict(pages)}", sum(pages.values()) == pages[0] + pages[1])
    share = total["same"] / total["lines"]
    check(f"all samples: {share:.1%} of {total['lines']} lines end alike: {dict(total)}", share >= 0.88)


def check_imprint(folder):
    """LibreOffice sets the 版记 at the foot of the last page, its last line within the last row of the type area."""
    for name in ("通知.txt", "办法-随通知印发.txt"):
        rows = rows_of(folder / "pages" / "office" / f"{name}.gongwen.pdf")
        last = rows[-1][-1][3]
        check(f"{name}: 版记 at the foot of the page in LibreOffice", TOP + HEIGHT - PITCH < last < TOP + HEIGHT, last)


# Emphasis is 楷体 in Chinese and sloping in Latin: by the names that pandoc and LibreOffice give its styles.
EMPHASIS = {"Emphasis", "强调（西文）", "强调_ff08_西文_ff09_"}
ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
MARKUP = """# 标题一\n\n正文，**加粗的字**与*强调的字word*，脚注[^1]，又一处**bold**[^b]。\n\n## 一、小标题\n
| 甲 | 乙 |\n|---|---|\n| 一 | **二** |\n\n（一）次级标题\n\n| 丙 |\n|---|\n| 三[^c] |\n
[^1]: 注一。\n\n[^b]: 注二，有*强调*。\n\n[^c]: 注三。\n"""


def facts_of_tree(document):
    """Texts of headings, of what is strong and what is emphasised, and how many tables and notes there are. The 版记 is
    a table in the file."""
    found = {"headings": [], "strong": "", "emphasis": "", "tables": 0, "notes": len(document.get("notes", []))}

    def text(node):
        if isinstance(node, list):
            return "".join(map(text, node))
        return "".join(v if k in {"text", "code"} else text(v) for k, v in node.items()) if isinstance(node, dict) else ""

    def walk(node):
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            if "styled" in node:
                style, content = node["styled"]
                if style in found:
                    found[style] += squeezed(text(content))
            paragraph = node.get("paragraph")
            if isinstance(paragraph, dict) and "heading" in paragraph["role"] and isinstance(paragraph["role"], dict):
                found["headings"].append(squeezed(text(paragraph["content"])))
            found["tables"] += isinstance(node.get("table"), dict)
            walk(list(node.values()))

    blocks = document["blocks"]
    walk([blocks, document.get("notes", [])])
    last = blocks[-1]["kind"].get("paragraph", {}) if blocks and isinstance(blocks[-1]["kind"], dict) else {}
    found["tables"] += last.get("role") == "copy-to"
    return found


def facts_of_pandoc(docx):
    """The same as pandoc finds it."""
    found = {"headings": [], "strong": "", "emphasis": "", "tables": 0, "notes": 0}

    def text(node):
        if isinstance(node, list):
            return "".join(map(text, node))
        if not isinstance(node, dict) or node.get("t") == "Note":
            return ""
        return node["c"] if node.get("t") == "Str" else text(list(node.values()))

    def walk(node):
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            kind, content = node.get("t"), node.get("c")
            found["tables"] += kind == "Table" and not styles
            found["notes"] += kind == "Note" and not styles
            if kind == "Header" and not styles:
                found["headings"].append(squeezed(text(content[2])))
            if kind == "Strong" and not styles:
                found["strong"] += squeezed(text(content))
            if kind == "Span" and dict(content[0][2]).get("custom-style") in EMPHASIS:
                found["emphasis"] += squeezed(text(content[1]))
            walk(content)

    for styles in (False, True):
        walk(json.loads(run("pandoc", "-f", "docx+styles" if styles else "docx", docx, "-t", "json"))["blocks"])
    return found


def facts_of_office(odt):
    """The same as LibreOffice finds it, in its own format."""
    tree = ET.fromstring(zipfile.ZipFile(odt).read("content.xml"))
    name = (ODF % "text") + "style-name"
    spans = [(e.get(name), squeezed("".join(e.itertext()))) for e in tree.iter((ODF % "text") + "span")]
    return {
        "headings": [squeezed("".join(e.itertext())) for e in tree.iter((ODF % "text") + "h")],
        "strong": "".join(text for style, text in spans if style == "Strong"),
        "emphasis": "".join(text for style, text in spans if style in EMPHASIS),
        "tables": sum(1 for _ in tree.iter((ODF % "table") + "table")),
        "notes": sum(1 for _ in tree.iter((ODF % "text") + "note")),
    }


def check_readers(banshi, folder):
    """pandoc and LibreOffice read from the Word file what is in the tree: headings, tables, notes, emphasis."""
    files = folder / "readers"
    files.mkdir()
    source = files / "markup.md"
    source.write_text(MARKUP, encoding="utf-8")
    sources = [*SAMPLES, source]
    for sample in sources:
        run(banshi, "--quiet", sample, "-o", files / f"{sample.name}.docx")
    office(folder, files / "office", "odt", *sorted(files.glob("*.docx")))
    for sample in sources:
        wanted = facts_of_tree(json.loads(run(banshi, "--quiet", sample, "-o", "-", "--to", "json"))["document"])
        for reader, got in (("pandoc", facts_of_pandoc(files / f"{sample.name}.docx")),
                            ("LibreOffice", facts_of_office(files / "office" / f"{sample.name}.odt"))):
            differ = {key: (wanted[key], got[key]) for key in wanted if wanted[key] != got[key]}
            check(f"{sample.name}: {reader} reads {len(wanted['headings'])} headings, {wanted['tables']} tables, "
                  f"{wanted['notes']} notes and the emphasis", not differ, differ)


def main():
    banshi = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        os.environ["HOME"] = str(folder)
        check_schema(banshi, folder)
        check_readers(banshi, folder)
        install_faces(folder)
        check_grid(banshi, folder)
        check_pages(banshi, folder)
        check_imprint(folder)
    finish("all Word files hold")


if __name__ == "__main__":
    main()
