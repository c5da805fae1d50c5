#!/usr/bin/env python3
"""Reads other people's Word files and counts what is in the tree: characters against a plain walk of w:t, tables and
pictures against what pandoc finds.

usage: compare_word.py PATH_OF_BANSHI FILE_OR_FOLDER…
Prints each file that differs and the sums. Fails where a character is neither in the tree nor reported, where a file
takes more than two seconds, and where the program ends in any other way than reading the file or refusing it.
"""
import json
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

from checks import squeezed

KINDS = {"Table": "table", "Image": "image"}
TEXT = {"text", "code", "raw", "alt", "content"}


def walked(file):
    """The characters of w:t in the text and its notes; of the alternatives of a drawing the first."""
    text = []

    def walk(element):
        namespace, _, name = element.tag.rpartition("}")
        if name == "Fallback":
            return
        if name == "t" and "wordprocessingml" in namespace:
            text.append(element.text or "")
        for child in element:
            walk(child)

    archive = zipfile.ZipFile(file)
    for part in archive.namelist():
        if part.endswith(".xml"):
            try:
                root = ET.fromstring(archive.read(part))
            except ET.ParseError:
                continue
            if re.search(r"wordprocessingml.*\}(document|footnotes|endnotes)$", root.tag):
                walk(root)
    return Counter(squeezed("".join(text)))


def strings(node):
    """The characters of a tree."""
    if isinstance(node, list):
        return "".join(map(strings, node))
    if isinstance(node, dict):
        return "".join(v if k in TEXT and isinstance(v, str) else strings(v) for k, v in node.items())
    return ""


def count(node, found, ours):
    """Counts tables and pictures, in our tree or pandoc's."""
    if isinstance(node, list):
        for part in node:
            count(part, found, ours)
    elif isinstance(node, dict):
        for kind, key in KINDS.items():
            found[kind] += isinstance(node.get(key), dict) if ours else node.get("t") == kind
        for value in node.values():
            count(value, found, ours)
    return found


def compare(banshi, file, total, failures):
    start = time.monotonic()
    done = subprocess.run([banshi, "--message-format", "json", file, "-o", "-", "--to", "json", "--keep-boilerplate"],
                          capture_output=True)
    seconds = time.monotonic() - start
    if seconds > 2:
        failures.append(f"{file}: {seconds:.1f} s")
    messages = [json.loads(line) for line in done.stderr.decode().splitlines() if line.startswith("{")]
    if done.returncode != 0:
        total["refused"] += 1
        print(f"{file}: refused: {[m.get('message') for m in messages]}")
        if done.returncode != 1 or not messages:
            failures.append(f"{file}: exit {done.returncode}")
        return
    document = json.loads(done.stdout)["document"]
    try:
        wanted = walked(file)
    except (zipfile.BadZipFile, OSError, RuntimeError):
        wanted = Counter()
    total.update(read=1, characters=sum(wanted.values()))
    wanted -= Counter(squeezed(strings(document)))
    left_out = sum(wanted.values())
    for message in messages:
        wanted -= Counter(squeezed(message.get("text", "")))
    lost = sum(wanted.values())
    total.update(left_out=left_out, lost=lost)
    if left_out:
        reasons = sorted({m["code"] for m in messages if m.get("text")})
        print(f"{file}: {left_out} characters not in the tree: {', '.join(reasons)}")
    if lost:
        failures.append(f"{file}: {lost} characters lost without a word: {''.join(wanted)[:40]}")
    pandoc = subprocess.run(["pandoc", "-f", "docx", file, "-t", "json"], capture_output=True)
    if pandoc.returncode == 0:
        theirs = count(json.loads(pandoc.stdout), Counter(), False)
        own = count(document, Counter(), True)
        for kind in KINDS:
            total.update({f"{kind} of pandoc": theirs[kind], f"{kind} of ours": own[kind]})
            if theirs[kind] != own[kind]:
                print(f"{file}: {kind}: pandoc {theirs[kind]}, ours {own[kind]}")


def main():
    banshi, *rest = sys.argv[1:]
    files = sorted(f for p in map(Path, rest) for f in (p.rglob("*.do[ct][xm]") if p.is_dir() else [p]))
    total, failures = Counter(), []
    for file in files:
        compare(banshi, file, total, failures)
    print(", ".join(f"{name} {number}" for name, number in total.items()))
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
