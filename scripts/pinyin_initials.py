#!/usr/bin/env python3
"""Write data/pinyin.tsv anew from the Unihan database (Debian package unicode-data):

    scripts/pinyin_initials.py > data/pinyin.tsv

Only needed when a new Unihan is to be taken over; the table itself is kept.
"""
import bz2
import re
import sys
import unicodedata

SOURCE = "/usr/share/unicode/Unihan_Readings.txt.bz2"
WANTED = ("kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983")
# Unihan counts 〇, the zero of dates, as a number and gives it no reading.
ZERO = {0x3007: {"kMandarin": "líng"}}


def readings(path):
    """{character: {property: value}} of the properties that give Mandarin readings."""
    found = {}
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] in WANTED:
                found.setdefault(int(fields[0][2:], 16), {})[fields[1]] = fields[2]
    return found


def initial(syllable):
    return unicodedata.normalize("NFD", syllable)[0].lower()


def initials(values):
    """The usual reading first; the dictionary of 1983 only where that of 2013 is silent, as it has obsolete ones."""
    syllables = values.get("kMandarin", "").split()
    syllables += re.findall(r"(\w+)\(", values.get("kHanyuPinlu", ""))
    dictionary = values.get("kTGHZ2013") or values.get("kXHC1983", "")
    for entry in dictionary.split():
        syllables += entry.split(":")[1].split(",")
    return "".join(dict.fromkeys(initial(s) for s in syllables))


def is_wanted(c, values):
    """What people write: the BMP, and beyond it what the standard table of 2013 lists (for names)."""
    return c < 0xF900 or "kTGHZ2013" in values


def main():
    found = readings(SOURCE) | ZERO
    print("# Initials of the Mandarin readings of Chinese characters, the usual one first.")
    print("# From Unihan 15.0 (Debian package unicode-data, Unihan_Readings.txt: kMandarin, kHanyuPinlu,")
    print("# kTGHZ2013, kXHC1983; Copyright Unicode, Inc., terms of use at www.unicode.org) by scripts/pinyin_initials.py.")
    for c in sorted(found):
        letters = initials(found[c]) if is_wanted(c, found[c]) else ""
        if letters:
            if not re.fullmatch("[a-z]+", letters):
                sys.exit(f"U+{c:04X}: {letters!r} is not made of letters")
            print(f"{chr(c)}\t{letters}")


if __name__ == "__main__":
    main()
