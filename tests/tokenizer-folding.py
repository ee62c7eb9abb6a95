#!/usr/bin/env python3
"""Makes src/KbAlbertStream.Core/Tokenization/folding.txt from the reference's tables.

    tests/tokenizer-folding.py ../shared/golden/tokenizers > src/KbAlbertStream.Core/Tokenization/folding.txt

The reference gives lower(c) and lower(strip(c)); strip(c) alone, which strip_accents without do_lower_case needs, is
the canonical decomposition without the marks that the reference drops. That lower(strip(c)) is what the table says is
checked here for every code point, and again by FoldingGoldenTests.
"""
import gzip
import sys
import unicodedata

HEADER = """\
# What do_lower_case and strip_accents make of code points, as the reference has it: lower case of Unicode 17, canonical
# decomposition and order of marks of Unicode 9. Not the run time's Unicode, on purpose. Made by tests/tokenizer-folding.py.
# FIRST[-LAST[/STEP]] then +N or -N (hex, added), code points (hex), '=' for nothing; in [order] the combining class.
# Hangul syllables are decomposed by arithmetic."""


def table(folder, name):
    with gzip.open(f"{folder}/{name}", "rt", encoding="ascii") as rows:
        next(rows)
        return [row.rstrip("\n").split("\t") for row in rows]


def code_points(text):
    return [int(part, 16) for part in text.split()]


def runs(entries):
    """Entries (code point, value) as lines; value is a delta, a tuple of code points or a class."""
    left = dict(entries)
    for first in sorted(left):
        if first not in left:
            continue
        best = (0, 1, None)
        target = left[first]
        forms = [target] if not isinstance(target, tuple) or len(target) != 1 else [target, target[0] - first]
        for step in (1, 2):
            for form in forms:
                count = 0
                while (at := left.get(first + count * step)) is not None and (
                        at == form or isinstance(at, tuple) and len(at) == 1 and at[0] - (first + count * step) == form):
                    count += 1
                if count > best[0]:
                    best = (count, step, form)
        count, step, form = best
        last = first + (count - 1) * step
        for i in range(count):
            del left[first + i * step]
        place = f"{first:04X}" + (f"-{last:04X}" if count > 1 else "") + (f"/{step}" if count > 1 and step > 1 else "")
        if isinstance(form, tuple):
            yield place + " " + (" ".join(f"{c:04X}" for c in form) or "=")
        else:
            yield place + f" {form:+X}"


def main(folder):
    rows = table(folder, "uncased.tsv.gz")
    uncased = {int(row[0], 16): code_points(row[1]) for row in rows}
    lower = {int(row[0], 16): code_points(row[2]) for row in rows if code_points(row[2]) != [int(row[0], 16)]}
    strip = {}
    for c in (c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and not 0xAC00 <= c <= 0xD7A3):
        expected = uncased.get(c, [c])
        marks_gone = [ord(x) for x in unicodedata.normalize("NFD", chr(c)) if uncased.get(ord(x)) != []]
        if [y for x in marks_gone for y in lower.get(x, [x])] != expected:
            marks_gone = [c]  # decomposed since Unicode 9: the reference does not
            assert lower.get(c, [c]) == expected, f"U+{c:04X}"
        if marks_gone != [c]:
            strip[c] = marks_gone
    print(HEADER)
    for name, entries in (("lower", lower), ("strip", strip)):
        print(f"[{name}]")
        print("\n".join(runs((c, tuple(to)) for c, to in entries.items())))
    print("[order]")
    print("\n".join(runs((int(row[0], 16), int(row[1])) for row in table(folder, "ccc.tsv.gz"))))


main(sys.argv[1])
