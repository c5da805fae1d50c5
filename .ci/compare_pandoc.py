#!/usr/bin/env python3
"""Takes Markdown files through Word and back, by banshi and by pandoc, and prints side by side what each keeps.

usage: compare_pandoc.py PATH_OF_BANSHI [PANDOC] FILE_OR_FOLDER…
What is counted is what pandoc finds in the three Markdown files, as GitHub reads them. Fails where banshi loses something.
"""
import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from checks import run

KINDS = {
    "headings": {"Header"}, "tables": {"Table"}, "lists": {"BulletList", "OrderedList"}, "notes": {"Note"}, "links": {"Link"},
    "pictures": {"Image"}, "code": {"Code", "CodeBlock"}, "emphasis": {"Emph", "Strong", "Strikeout"}, "quotes": {"BlockQuote"},
}


def count(node, found, linked=False):
    """Counts the nodes of a document; what is emphasised or linked without any letter shows nothing, and there is no link
    within a link, though pandoc makes one of an address in the text of a link."""
    if isinstance(node, list):
        for part in node:
            count(part, found, linked)
    elif isinstance(node, dict):
        if node.get("t") in {"Code", "CodeBlock", "Str"} or node.get("t") not in {"Emph", "Strong", "Strikeout", "Link"} \
                or re.search(r'"Str"|"Code"|"Image"', json.dumps(node)):
            found[node.get("t")] += not (linked and node.get("t") == "Link")
        count(node.get("c"), found, linked or node.get("t") == "Link")
    return found


def as_addresses(node):
    """The document with every picture named by an address, which pandoc can do without."""
    if isinstance(node, list):
        return [as_addresses(part) for part in node]
    if isinstance(node, dict):
        if node.get("t") == "Image" and not re.match(r"[a-z]+:", node["c"][2][0]):
            node["c"][2][0] = "http://localhost:9/" + node["c"][2][0].lstrip("/")
        return {key: as_addresses(value) for key, value in node.items()}
    return node


def kept(pandoc, markdown):
    blocks = json.loads(run(pandoc, "-f", "gfm+footnotes", "-t", "json", markdown))["blocks"]
    found = count(blocks, Counter())
    return {kind: sum(found[name] for name in names) for kind, names in KINDS.items()}


def main():
    banshi, *rest = sys.argv[1:]
    pandoc = rest.pop(0) if Path(rest[0]).name == "pandoc" else "pandoc"
    files = sorted(f for p in map(Path, rest) for f in (p.glob("*.md") if p.is_dir() else [p]))
    totals, lost = [Counter(), Counter(), Counter()], []
    print(f"{'':44}" + "".join(f"{kind:>20}" for kind in KINDS) + "\n" + f"{'':44}")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for file in files:
            # Front matter is no text; all three are without it.
            source = folder / "source.md"
            source.write_text(re.sub(r"\A---\n.*?\n---\n", "", file.read_text(encoding="utf-8"), flags=re.S), encoding="utf-8")
            run(banshi, "-q", source, "-o", folder / "ours.docx", "--keep-boilerplate")
            run(banshi, "-q", folder / "ours.docx", "-o", folder / "ours.md", "--keep-boilerplate")
            # Pictures that are not at hand are replaced by their descriptions, by pandoc with an error for local ones.
            found = json.loads(run(pandoc, "-f", "gfm+footnotes", "-t", "json", source))
            local = folder / "source.json"
            local.write_text(json.dumps(as_addresses(found)), encoding="utf-8")
            run(pandoc, "-f", "json", local, "-o", folder / "theirs.docx")
            run(pandoc, folder / "theirs.docx", "-t", "gfm+footnotes", "--wrap=none", "-o", folder / "theirs.md")
            counts = [kept(pandoc, folder / name) for name in ("source.md", "ours.md", "theirs.md")]
            for total, one in zip(totals, counts):
                total.update(one)
            lost += [f"{file.name}: {kind}: {counts[0][kind]}, after banshi {counts[1][kind]}" for kind in KINDS if counts[0][kind] != counts[1][kind]]
            print(f"{file.name:44}" + "".join(f"{counts[0][k]:>8}{counts[1][k]:>6}{counts[2][k]:>6}" for k in KINDS))
    print(f"{'all':44}" + "".join(f"{totals[0][k]:>8}{totals[1][k]:>6}{totals[2][k]:>6}" for k in KINDS))
    if lost:
        sys.exit("\n".join(lost))


if __name__ == "__main__":
    main()
