#!/usr/bin/env python3
"""Checks what banshi writes with programs that read it: pandoc 2 and 3 its pandoc-json, four readers its Markdown.

usage: check_roundtrips.py PATH_OF_BANSHI
Installs the readers by pip into a folder of its own, prints a line per check, and fails where one does not hold.
"""
import json
import random
import re
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

from checks import SAMPLES, check, difference, finish, run, squeezed

PACKAGES = ["pypandoc_binary", "cmarkgfm", "markdown-it-py", "mdit-py-plugins"]


# pandoc-json ---------------------------------------------------------------------------------------------------------

# What pandoc is given of every node it knows, in the formats that have it.
PANDOC_INPUTS = {
    "rst": "标题\n====\n\n甲 *乙* **丙** ``码`` [1]_\n\n.. [1] 注文\n\n- 一\n- 二\n\n  1. 子\n  2. 丑\n\n术语\n  释义\n\n| 行一\n| 行二\n\n"
           "=====  =====\n列一   列二\n=====  =====\na      b\n=====  =====\n\n.. image:: a.png\n   :alt: 图\n",
    "html": "<h1>题</h1><p>甲<u>乙</u><sup>丙</sup><sub>丁</sub><del>戊</del><br>己 <a href='u' title='t'>庚</a></p>"
            "<table><tr><th colspan=2>头</th></tr><tr><td>a</td><td>b</td></tr></table><blockquote><p>引</p></blockquote>"
            "<ol start=3><li>三</li></ol><hr><pre><code class='rust'>fn a() {}\n</code></pre>"
            "<figure><img src='b.png' alt='二'><figcaption>图二</figcaption></figure><p class='x'>末</p>",
    "latex": "\\section{节} 甲\\textbf{乙}\\emph{丙}\\footnote{注\\footnote{再注}} $x^2$ \\textsc{Small}\n\n\\begin{itemize}\\item 一\\item 二\\end{itemize}",
    "org": "* 题\n甲 /乙/ *丙* =码= _下_ +删+\n\n#+begin_src rust\nfn a() {}\n#+end_src\n\n| a | b |\n|---+---|\n| 1 | 2 |\n",
    "markdown": "---\ntitle: 题\nauthor: [甲, 乙]\nkeywords: [一, 二]\n---\n\n# 一 {#id .class key=value}\n\n“引” 'q' [甲]{.smallcaps} @ref H~2~O x^2^ ^[行内注]\n\n"
                "::: {.signature}\n某县\n:::\n\n- [ ] 未办\n- [x] 已办\n\n`<b>`{=html} `\\x`{=latex}\n\n: 表\n\n|a|b|\n|:-|-:|\n|1|2|\n",
    "mediawiki": "== 题 ==\n'''粗'''''斜''\n* 一\n** 二\n",
}


def pandoc_text(pandoc, *source, **options):
    """The text of a document as pandoc prints it plainly."""
    return run(pandoc, *source, "-t", "plain", "--wrap=none", **options).decode()


def missing(wanted, got):
    """The letters and digits of one text that another lacks; raised digits and small capitals are what they stand for."""
    letters = lambda text: Counter(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
    return "".join((letters(wanted) - letters(got)).elements())


def check_pandoc(banshi, pandoc, version, folder):
    major = run(pandoc, "--version").decode().split()[1].split(".")[0]
    check(f"pandoc {version} is of major version {version}", major == version, major)
    for sample in SAMPLES:
        name = f"{sample.name} in pandoc {version}"
        ours = folder / f"{sample.name}.pandoc.json"
        run(banshi, "--quiet", sample, "--pandoc", version, "-o", ours)
        text = squeezed(run(banshi, "--quiet", ours, "--to", "txt", "-o", "-").decode())
        # Through pandoc and back: the very tree.
        again = folder / "again.pandoc.json"
        again.write_bytes(run(pandoc, "-f", "json", "-t", "json", ours))
        trees = [json.loads(run(banshi, "--quiet", source, "--to", "json", "-o", "-")) for source in (ours, again)]
        check(f"{name}: the tree comes back from pandoc", trees[0] == trees[1])
        back = json.loads(run(banshi, "--quiet", sample, "--to", "json", "-o", "-"))
        roles = lambda tree: [b["kind"]["paragraph"].get("role", "body") for b in tree["document"]["blocks"] if "paragraph" in b["kind"]]
        wanted = [role for role in roles(back) if role != "boilerplate"]
        check(f"{name}: {len(wanted)} roles come back", roles(trees[1]) == wanted)
        for form in ("html", "markdown", "docx", "epub", "odt", "latex", "rst"):
            made = folder / f"made.{form}"
            run(pandoc, "-f", "json", "-t", form, ours, "-o", made)
            check(f"{name}: writes {form}", made.stat().st_size > 0)
        for form in ("docx", "html"):
            # The title of a Word file is a property to pandoc, shown with -s.
            got = pandoc_text(pandoc, "-s", "-f", form, folder / f"made.{form}")
            lost = missing(pandoc_text(pandoc, "-f", "json", ours), got)
            check(f"{name}: every letter is in the {form}", not lost, lost)
        if sample.suffix == ".txt":
            plain = squeezed(pandoc_text(pandoc, "-f", "json", ours))
            check(f"{name}: pandoc shows every character", plain == text, difference(text, plain))
            styles = zipfile.ZipFile(folder / "made.docx").read("word/styles.xml").decode()
            if "salutation" in wanted:
                check(f"{name}: the salutation has its Word style", 'w:val="Salutation"' in styles)
    for form, source in PANDOC_INPUTS.items():
        theirs = folder / f"theirs.{form}.json"
        theirs.write_bytes(run(pandoc, "-f", form, "-t", "json", input=source.encode()))
        tree = folder / "theirs.pandoc.json"
        run(banshi, "--quiet", theirs, "-o", tree, "--plain", "--pandoc", version)
        lost = missing(pandoc_text(pandoc, "-f", form, input=source.encode()), pandoc_text(pandoc, "-f", "json", tree))
        check(f"{form} by pandoc {version}: every letter is read", not lost, lost)
        stages = [json.loads(run(banshi, "--quiet", tree, "--to", "json", "-o", "-", "--plain"))]
        run(banshi, "--quiet", tree, "-o", folder / "once.pandoc.json", "--plain", "--pandoc", version)
        stages.append(json.loads(run(banshi, "--quiet", folder / "once.pandoc.json", "--to", "json", "-o", "-", "--plain")))
        check(f"{form} by pandoc {version}: comes back", stages[0] == stages[1])


# Readers of Markdown -------------------------------------------------------------------------------------------------

# What means something to Markdown, stands beside emphasis, or is rare.
NASTY = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ab1x29甲乙一。，、；：？！“”‘’（）《》「」【】—…·①€～＋％é㐂𠮷😀") + [
    "\u3000", "\u00a0", "1. ", "2) ", "- ", "# ", "***", "---", "===", "———", "```", "~~~", "&amp;", "&#65;", "[x] ", "[a](b)",
    "[a]: b", "一、", "第一，", "（一）", "| a |", ":--", "**", "__", "~~", "<!-- x -->", "![", "](", "    ", "\\|", "{.title}", "+ ", "> ",
]
# What a reader could take for markup of its own: tags, references, addresses, escapes, notes, formulas.
HOSTILE = [
    "<div>", "</div>", "<u>", "</u>", "<br>", "<script>", "<a href='b'>", "<?x?>", "<!--", "-->", "]]>", "&lt;", "&nbsp;", "&copy", "&#0;",
    "http://a.b/c", "https://a.b", "www.a.b", "a@b.c", "<http://a.b>", "<a@b.c>", "\\*", "\\\\", "\\`", "``", "\\[", "[^1]", "[^1]: ",
    "[a]: <b> ", "$x$", "$$", ":::", ":a:", "==a==", "^a^", "~a~", "@a", "#1", "{#a}", "[[a]]", "1) ", "+++", "||", "\\|", "a_b_c",
]
STYLES = {"strong": "b", "emphasis": "i", "strike": "s"}


def random_inlines(rng, depth=0):
    out = []
    for _ in range(rng.randint(1, 4)):
        kind = rng.random()
        if kind < 0.6 or depth > 2:
            hostile = rng.hostile and rng.random() < 0.3
            out.append({"text": "".join(rng.choice(HOSTILE if hostile else NASTY) for _ in range(rng.randint(1, 6)))})
        elif kind < 0.66 and rng.hostile:
            link = {"target": "".join(rng.choice(NASTY + HOSTILE) for _ in range(rng.randint(1, 3))), "content": [{"text": rng.choice(NASTY + HOSTILE)}]}
            out.append({"link": link | ({"title": rng.choice(HOSTILE)} if rng.random() < 0.5 else {})})
        elif kind < 0.68 and rng.hostile:
            out.append({"image": {"target": "a.png", "alt": rng.choice(HOSTILE), "title": rng.choice(HOSTILE)}})
        elif kind < 0.9:
            out.append({"styled": [rng.choice(list(STYLES)), random_inlines(rng, depth + 1)]})
        elif kind < 0.96:
            out.append({"code": "".join(rng.choice(NASTY) for _ in range(rng.randint(1, 4)))})
        elif not rng.hostile:
            # GitHub takes the backslash of a break right behind an address for a part of it.
            out.append("break")
    return out


def random_block(rng, depth=0):
    kind = rng.random()
    if kind < 0.62 or depth > 2:
        return {"paragraph": {"content": random_inlines(rng)}}
    if kind < 0.70:
        return {"paragraph": {"role": {"heading": rng.randint(1, 4)}, "content": random_inlines(rng)}}
    inner = lambda: [{"kind": random_block(rng, depth + 1)} for _ in range(rng.randint(1, 3))]
    if kind < 0.82:
        start = {} if rng.random() < 0.5 else {"start": rng.randint(1, 12)}
        return {"list": {"tight": rng.random() < 0.5, "items": [{"blocks": inner()} for _ in range(rng.randint(1, 3))], **start}}
    if kind < 0.90:
        return {"quote": inner()}
    if kind < 0.95:
        return {"code": {"text": "".join(rng.choice(NASTY + ["\n"]) for _ in range(8)) + "\n"}}
    cell = lambda: {"blocks": [{"kind": {"paragraph": {"content": random_inlines(rng)}}}]}
    row = lambda: {"cells": [cell(), cell()]}
    return {"table": {"columns": ["left", "default"], "header_rows": 1, "rows": [row(), row()]}}


def spelt(text):
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


class Shown:
    """What a reader sees: text with its emphasis, each piece with the blocks that hold it."""

    def __init__(self):
        self.pieces, self.path, self.text = [], [], ""
        self.leads = set()

    def end(self):
        # An empty paragraph is a break by itself.
        if (text := spelt(self.text)) not in ("", "⏎"):
            self.pieces.append(("/".join(self.path), text))
        self.text = ""

    def open(self, block):
        self.end()
        self.path.append(block)

    def close(self):
        self.end()
        self.path.pop()


def shown_in_tree(blocks, shown=None):
    shown = shown or Shown()

    def inlines(content):
        for inline in content:
            if inline == "break":
                shown.text += "⏎"
                continue
            (kind, value), = inline.items()
            if kind == "text":
                shown.text += value
            elif kind == "code":
                shown.text += "⟦c" + value + "⟧"
            elif kind == "styled":
                shown.text += "⟦" + STYLES.get(value[0], "?")
                inlines(value[1])
                shown.text += "⟧"
            elif kind == "link":
                inlines(value["content"])
            elif kind == "image":
                shown.text += "⟦image⟧"

    for block in blocks:
        kind = block["kind"]
        if isinstance(kind, str):
            continue
        (kind, value), = kind.items()
        if kind == "paragraph":
            role = value.get("role", "body")
            level = 1 if role == "title" else role["heading"] + 1 if isinstance(role, dict) and "heading" in role else 0
            shown.open(f"h{level}" if level else "p")
            if "lead" in value:
                shown.leads.add(len(shown.pieces))
            inlines(value["content"])
            shown.close()
        elif kind == "list":
            shown.open("ol" if "start" in value else "ul")
            for item in value["items"]:
                shown.open("li")
                shown_in_tree(item["blocks"], shown)
                shown.close()
            shown.close()
        elif kind == "quote":
            shown.open("blockquote")
            shown_in_tree(value, shown)
            shown.close()
        elif kind == "code":
            shown.open("pre")
            shown.text += value["text"]
            shown.close()
        elif kind == "table":
            shown.open("table")
            for row in value["rows"]:
                for cell in row["cells"]:
                    shown.open("td")
                    shown_in_tree(cell["blocks"], shown)
                    shown.close()
            shown.close()
        elif kind == "image":
            shown.open("p")
            shown.text += "⟦image⟧"
            shown.close()
    return shown


class Html(HTMLParser):
    """The same of a reader's HTML."""
    BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "ol", "ul", "li", "blockquote", "pre", "table", "td", "th", "p"}
    STYLES = {"strong": "b", "em": "i", "del": "s", "s": "s", "code": "c"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.shown = Shown()

    def handle_starttag(self, tag, attributes):
        if tag in self.BLOCKS:
            self.shown.open("td" if tag == "th" else tag)
        elif tag in self.STYLES and not (tag == "code" and self.shown.path[-1:] == ["pre"]):
            self.shown.text += "⟦" + self.STYLES[tag]
        elif tag == "br":
            self.shown.text += "⏎"
        elif tag == "img":
            self.shown.text += "⟦image⟧"

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.shown.close()
        elif tag in self.STYLES and not (tag == "code" and self.shown.path[-1:] == ["pre"]):
            self.shown.text += "⟧"

    def handle_data(self, data):
        self.shown.text += data


def pieces_of_html(html):
    parser = Html()
    parser.feed(html)
    parser.close()
    parser.shown.end()
    return alike(parser.shown.pieces)


def unbolded(text):
    """A text without the bold of its opening."""
    depth = 0
    for at, c in enumerate(text if text.startswith("⟦b") else ""):
        depth += (c == "⟦") - (c == "⟧")
        last = at if c == "⟦" and depth == 2 else last if at else None
        if depth == 0:
            inner, rest = text[2:at], text[at + 1:]
            # Emphasis that goes on behind the bold is one.
            if inner.endswith("⟧") and rest.startswith(text[last:last + 2]):
                return inner[:-1] + rest[2:]
            return inner + rest
    return text


def alike(pieces):
    """Paragraphs in lists and cells may be written without `p`; spaces beside a break and in code show nothing."""
    tidy = lambda text: re.sub(r" ?⏎ ?", "⏎", re.sub(r"⟦c ?(.*?) ?⟧", r"⟦c\1⟧", text))
    return [("/".join(part for part in path.split("/") if part != "p"), tidy(text)) for path, text in pieces]


def readers(pandoc):
    import cmarkgfm
    from cmarkgfm.cmark import Options
    from markdown_it import MarkdownIt

    options = Options.CMARK_OPT_UNSAFE
    markdown_it = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    by_pandoc = lambda form: lambda text: run(pandoc, "-f", form, "-t", "html", "--wrap=preserve", input=text.encode()).decode()
    return {
        "cmark-gfm": lambda text: cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=["table", "strikethrough", "autolink"]),
        "markdown-it": markdown_it.render,
        "pandoc gfm": by_pandoc("gfm-tex_math_dollars-emoji"),
        "pandoc commonmark": by_pandoc("commonmark+pipe_tables+strikeout"),
    }


def check_readers(banshi, pandoc, folder):
    sources = {}
    for seed in range(40):
        rng = random.Random(seed)
        rng.hostile = seed >= 20
        blocks = [{"kind": {"paragraph": {"role": "title", "content": [{"text": "题"}]}}}]
        blocks += [{"kind": random_block(rng)} for _ in range(40)]
        name = f"hostile tree {seed}" if rng.hostile else f"random tree {seed}"
        sources[name] = folder / f"random{seed}.json"
        sources[name].write_text(json.dumps({"banshi": 1, "document": {"blocks": blocks}}), encoding="utf-8")
    sources |= {sample.name: sample for sample in SAMPLES if sample.suffix == ".txt"}
    for name, source in sources.items():
        written = folder / "written.md"
        run(banshi, "--quiet", source, "-o", written)
        text = written.read_text(encoding="utf-8")
        tree = json.loads(run(banshi, "--quiet", "--plain", written, "--to", "json", "-o", "-"))["document"]
        wanted = shown_in_tree(tree["blocks"])
        leads, wanted = wanted.leads, alike(wanted.pieces)
        for reader, render in readers(pandoc).items():
            # To pandoc's GFM, unlike GitHub's, a tag is a part of the address before it.
            if reader == "pandoc gfm" and name.startswith("hostile"):
                continue
            got = pieces_of_html(render(text))
            # A run-in heading is bold in Markdown; to banshi it is more than that.
            got = [(path, unbolded(piece) if at in leads else piece) for at, (path, piece) in enumerate(got)]
            differing = [(a, b) for a, b in zip_longest(wanted, got) if a != b]
            check(f"{name}: {reader} sees the same {len(wanted)} blocks and their emphasis", not differing, differing[:2])


def main():
    banshi = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        library = folder / "library"
        run(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", library, *PACKAGES)
        sys.path.insert(0, str(library))
        pandoc = library / "pypandoc/files/pandoc"
        check_readers(banshi, pandoc, folder)
        check_pandoc(banshi, pandoc, "3", folder)
        check_pandoc(banshi, "pandoc", "2", folder)
    finish("all round trips hold")


if __name__ == "__main__":
    main()
