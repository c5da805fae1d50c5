"""Seeds of the fuzz targets, made of the samples and profiles: python3 fuzz/seeds.py BANSHI"""

import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
# Parts of a Word file in the order in which the target takes them, and what stands between them.
PARTS = ["document", "styles", "numbering", "footnotes", "endnotes", "comments"]
BETWEEN = b"%%%%"


def corpus(target):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def parts_of(word):
    with zipfile.ZipFile(word) as package:
        names = {Path(name).stem: name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")}
        return [package.read(names[part]) if part in names else b"" for part in PARTS]


def main(banshi):
    for sample in sorted((ROOT / "samples").iterdir()):
        if sample.name == "README.md":
            continue
        for target, form in [("markdown", "md"), ("docx", "docx"), ("json", "json"), ("pandoc_json", "pandoc.json")]:
            made = corpus(target) / f"{sample.stem}.{form}"
            subprocess.run([banshi, "--quiet", sample, "-o", made], check=True)
        word = corpus("docx") / f"{sample.stem}.docx"
        (corpus("docx") / f"{sample.stem}.parts").write_bytes(BETWEEN.join(parts_of(word)))
        tree = corpus("json") / f"{sample.stem}.json"
        (corpus("roundtrip") / tree.name).write_bytes(tree.read_bytes())
        own = "markdown" if sample.suffix == ".md" else "text"
        (corpus(own) / sample.name).write_bytes(sample.read_bytes())
        if own == "text":
            (corpus("roundtrip") / sample.name).write_bytes(sample.read_bytes())
    for profile in (ROOT / "src" / "profile").glob("*.toml"):
        (corpus("profile") / profile.name).write_bytes(profile.read_bytes())


main(sys.argv[1])
