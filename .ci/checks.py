"""What the checks of this folder share: the samples, running a program, and counting what does not hold."""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in {".txt", ".md"} and p.name != "README.md")
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



def finish(words):
    """Ends the run: with those words where everything holds."""
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print(words)
