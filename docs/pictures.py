#!/usr/bin/env python3
"""Makes the pictures of the READMEs: the first two pages of a sample in each of the main profiles.

usage: docs/pictures.py PATH_OF_BANSHI (needs poppler's pdftoppm)
"""
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PICTURES = {"gongwen": "通知.txt", "speech": "讲话-带广告.txt", "reading": "讲话-带广告.txt", "handout": "讲话-带广告.txt"}


def png(width, height, grey):
    """A PNG file of 16 greys, which print needs no more of."""
    rows = bytearray()
    for y in range(height):
        row = [(g + 8) * 15 // 255 if g < 248 else 15 for g in grey[y * width:(y + 1) * width]]
        row.append(0)
        rows += b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, width, 2))
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b""))


def main():
    banshi = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        for profile, sample in PICTURES.items():
            pdf = Path(folder) / f"{profile}.pdf"
            subprocess.run([banshi, "--quiet", DOCS.parent / "samples" / sample, "--profile", profile,
                            "--pages-per-sheet", "2", "-o", pdf], check=True)
            page = subprocess.run(["pdftoppm", "-gray", "-r", "96", "-f", "1", "-l", "1", "-singlefile", pdf],
                                  check=True, capture_output=True).stdout
            kind, size, _, grey = page.split(b"\n", 3)
            assert kind == b"P5"
            width, height = map(int, size.split())
            (DOCS / f"{profile}.png").write_bytes(png(width, height, grey))


if __name__ == "__main__":
    main()
