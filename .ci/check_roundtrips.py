#!/usr/bin/env python3
"""Checks what banshi writes with programs that read it: pandoc 2 and 3 its pandoc-json, four readers its Markdown.

usage: check_roundtrips.py PATH_OF_BANSHI
Installs the readers by pip into a folder of its own, prints a line per check, and fails where one does not hold.
"""
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in {".txt", ".md"} and p.name != "README.md")
PACKAGES = ["pypandoc_binary", "cmarkgfm", "markdown-it-py", "mdit-py-plugins"]
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


def main():
    banshi = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        library = folder / "library"
        run(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", library, *PACKAGES)
        sys.path.insert(0, str(library))
        check_pandoc(banshi, library / "pypandoc/files/pandoc", "3", folder)
        check_pandoc(banshi, "pandoc", "2", folder)
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print("all round trips hold")


if __name__ == "__main__":
    main()
