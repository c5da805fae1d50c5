"""Prints a table of times and memory of banshi and its peers: benches/peers.py BANSHI [--quick]

Whole processes, as a user starts them; of typst only the call that compiles, in a process of its own each time, since its wheel
brings a Python with it. Runs are paired: one of each, in turn, so that a busy machine is busy for both. A ratio is the median of
the ratios of the pairs; of times the median, too. `cpu` is the ratio of the processor's time, which a busy machine disturbs less.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPEECH = ROOT / "samples" / "讲话-带广告.txt"
COPIES = 100
FILES = 1000


@dataclass
class Run:
    wall: float
    cpu: float
    memory: float


def process(*command):
    """Runs a command: seconds, seconds of the processor, and MiB at its largest."""
    start = time.perf_counter()
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    child = os.posix_spawnp(str(command[0]), [str(word) for word in command], os.environ, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


TYPST = """
import json, resource, sys, time, typst
start, cpu = time.perf_counter(), time.process_time()
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([time.perf_counter() - start, time.process_time() - cpu, largest]))
"""


def typst(source, target):
    done = subprocess.run([sys.executable, "-c", TYPST, source, target, ROOT / "fonts"], capture_output=True, check=True)
    return Run(*json.loads(done.stdout))


def typst_source(banshi, text, source):
    """The document as one would write it for typst by hand: page, faces and roles as by GB/T 9704."""
    done = subprocess.run([banshi, "--quiet", text, "--to", "md", "-o", "-"], capture_output=True, check=True)
    lines = [
        '#set page(width: 210mm, height: 297mm, margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")',
        '#set text(font: ("Liberation Serif", "Zhuque Fangsong (technical preview)"), size: 15.8pt, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 13.1pt, spacing: 13.1pt)",
        '#show heading: set text(font: "Noto Sans SC", size: 15.8pt, weight: "medium")',
        "#show heading: set block(above: 13.1pt, below: 13.1pt)",
    ]
    for line in filter(None, done.stdout.decode().split("\n")):
        marks, _, words = line.partition(" ") if line.startswith("#") else ("", "", line)
        words = json.dumps(words.replace("**", "").replace("\\", ""), ensure_ascii=False)
        if marks == "#":
            lines.append(f'#align(center, text(font: "Noto Serif SC", size: 22pt, weight: "semibold", {words}))')
        elif marks:
            lines.append(f"#heading(level: {len(marks) - 1}, {words})")
        else:
            lines.append(f"#par({words})")
    source.write_text("\n".join(lines), encoding="utf-8")


def pairs(count, one, other):
    """Both in turn, that many times, after one run of each for the caches."""
    one(), other()
    return [(one(), other()) for _ in range(count)]


def median(values):
    return statistics.median(list(values))


def shown(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def row(what, own, peer="", times="", cpu="", target="", holds=None):
    print(f"| {what} | {own} | {peer} | {times} | {cpu} | {target} | {'' if holds is None else 'yes' if holds else 'no'} |", flush=True)


def against(what, runs, target):
    ratio = median(peer.wall / own.wall for own, peer in runs)
    cpu = median(peer.cpu / own.cpu for own, peer in runs)
    own, peer = (median(run[side].wall for run in runs) for side in (0, 1))
    row(what, shown(own), shown(peer), f"{ratio:.1f}", f"{cpu:.1f}", f"≥ {target}", ratio >= target)


def main(banshi, quick):
    count = 3 if quick else 15
    few = 1 if quick else 5
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        # As it is installed: a file that a linker has just written lies in memory in the smallest pieces, and starts slower.
        banshi = Path(shutil.copy2(banshi, folder / "banshi"))
        text = {1: folder / "one.txt", COPIES: folder / "many.txt"}
        words = SPEECH.read_text(encoding="utf-8")
        for copies, path in text.items():
            path.write_text(words * copies, encoding="utf-8")
            # pandoc has no reader of plain text; a line is a paragraph in its Markdown if an empty one follows.
            path.with_suffix(".md").write_text((words * copies).replace("\n", "\n\n"), encoding="utf-8")
            subprocess.run([banshi, "--quiet", path, "-o", path.with_suffix(".docx")], check=True)
            typst_source(banshi, path, path.with_suffix(".typ"))
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder]
        out = folder / "out"

        def own(source, form, *options):
            return lambda: process(banshi, "--quiet", source, "-o", out.with_suffix(f".{form}"), *options)

        print(f"One speech of {len(words)} characters, and {COPIES} copies of it in one text ({len(words) * COPIES:,} characters).\n")
        print("| what | banshi | peer | time, ratio | cpu, ratio | target | holds |")
        print("|---|---|---|---|---|---|---|")
        started = median(process(banshi, "--version").wall for _ in range(count * 2))
        row("start (`--version`)", shown(started), target="≤ 5 ms", holds=started <= 0.005)
        for copies, source in text.items():
            name = "speech" if copies == 1 else f"{copies} copies"
            times = count if copies == 1 else few
            md, docx = source.with_suffix(".md"), source.with_suffix(".docx")
            pandoc = lambda: process("pandoc", md, "-o", out.with_suffix(".docx"))
            against(f"{name}: txt → docx, pandoc", pairs(times, own(source, "docx"), pandoc), 8)
            pandoc = lambda: process("pandoc", docx, "-t", "gfm", "-o", out.with_suffix(".md"))
            against(f"{name}: docx → md, pandoc", pairs(times, own(docx, "md"), pandoc), 8)
            typ = lambda: typst(source.with_suffix(".typ"), out.with_suffix(".pdf"))
            against(f"{name}: PDF, typst", pairs(times, own(source, "pdf"), typ), 4 if copies == 1 else 8)
            libre = lambda: process(*office, docx)
            against(f"{name}: PDF, LibreOffice", pairs(few if copies == 1 else 1, own(source, "pdf"), libre), 50 if copies == 1 else 12)
        runs = [own(text[COPIES], "md")() for _ in range(count)]
        rate = text[COPIES].stat().st_size / 1e6 / median(run.wall for run in runs)
        row(f"{COPIES} copies: txt → md", f"{rate:.0f} MB/s", target="≥ 100 MB/s", holds=rate >= 100)

        files = folder / "files"
        files.mkdir()
        for number in range(FILES):
            (files / f"{number}.txt").write_text(words.replace("同志们：", f"同志们：\n今天是第{number}次会议。", 1), encoding="utf-8")
        for form, target in [("pdf", 120), ("docx", 600)]:
            runs = [process(banshi, "--quiet", "-r", files, "--to", form, "--out-dir", folder / "made") for _ in range(few)]
            rate = FILES / median(run.wall for run in runs)
            row(f"{FILES:,} speeches to {form}, one call", f"{rate:.0f}/s", target=f"≥ {target}/s", holds=rate >= target)
        for what, source, form, peer, target in [
            ("speech → PDF", text[1], "pdf", lambda: typst(text[1].with_suffix(".typ"), out.with_suffix(".pdf")), 40),
            ("speech → docx", text[1], "docx", lambda: process("pandoc", text[1].with_suffix(".md"), "-o", out.with_suffix(".docx")), None),
            (f"{COPIES} copies → docx", text[COPIES], "docx",
             lambda: process("pandoc", text[COPIES].with_suffix(".md"), "-o", out.with_suffix(".docx")), 100),
            (f"{COPIES} copies → PDF", text[COPIES], "pdf", lambda: typst(text[COPIES].with_suffix(".typ"), out.with_suffix(".pdf")), 120),
        ]:
            mine, theirs = own(source, form)().memory, peer().memory
            row(f"{what}: memory at most", f"{mine:.0f} MiB", f"{theirs:.0f} MiB", target=f"≤ {target} MiB" if target else "",
                holds=mine <= target if target else None)
        size = Path(banshi).stat().st_size / 2**20
        row("the program itself", f"{size:.1f} MiB")


main(Path(sys.argv[1]).resolve(), "--quick" in sys.argv[2:])
