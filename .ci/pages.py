"""Pages of PDF files as glyphs and lines, and the type area of GB/T 9704-2012 that they stand in."""
import re
import xml.etree.ElementTree as ET

from checks import run

MM = 72 / 25.4
# GB/T 9704-2012: margins of 37 and 28 mm, a type area of 156 by 225 mm with 22 lines of size 3 (16 pt).
TOP, LEFT, WIDTH, HEIGHT, ROWS, SIZE = 37 * MM, 28 * MM, 156 * MM, 225 * MM, 22, 16
PITCH = HEIGHT / ROWS

SPAN = re.compile(r'<span [^>]*trm="([\d.]+) [^>]*>(.*?)</span>', re.S)
GLYPH = re.compile(r'<g unicode="([^"]*)"[^>]* x="([-\d.]+)" y="([-\d.]+)" adv="([\d.]+)"')


def glyphs_of(pdf):
    """Per page, all glyphs as mutool finds them: size, character, left edge, baseline from the top, right edge."""
    trace = run("mutool", "trace", pdf).decode()
    pages = []
    for page in trace.split("<page ")[1:]:
        height = float(re.search(r'mediabox="\S+ \S+ \S+ ([\d.]+)"', page)[1])
        pages.append([(float(size), c, float(x), height - float(y), float(x) + float(advance) * float(size))
                      for size, span in SPAN.findall(page) for c, x, y, advance in GLYPH.findall(span)])
    return pages


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


def rows_of(pdf):
    """The lines of all pages as their glyphs, from left to right, without blanks and page numbers; what stands a
    little higher or lower, as the marks of notes do, belongs to its line."""
    rows = []
    for page in glyphs_of(pdf):
        found = []
        for glyph in sorted((g for g in page if g[1].strip() and g[3] <= TOP + HEIGHT + SIZE / 2), key=lambda g: g[3]):
            if found and glyph[3] - found[-1][-1][3] < 0.45 * SIZE:
                found[-1].append(glyph)
            else:
                found.append([glyph])
        rows += [sorted(row, key=lambda g: g[2]) for row in found]
    return rows
