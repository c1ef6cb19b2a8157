"""CODE-MAP has one line for each source file (a .c and its .h are one), and none for a file that is gone."""
import os
import re

from lint import files, main, read


def rule(top):
    here = {os.path.splitext(file)[0] for file in files(top, "src")}
    listed = re.findall(r"^(src/\S+)[ \t]+\S", read(top, "CODE-MAP"), re.M)
    return ([f"CODE-MAP has no line for {stem}" for stem in sorted(here - set(listed))] +
            [f"CODE-MAP speaks of {stem}, which is not there" for stem in sorted(set(listed) - here)] +
            [f"CODE-MAP speaks twice of {stem}" for stem in sorted(set(listed)) if listed.count(stem) > 1])


main(rule, [
    ({"src/a.c": "", "src/a.h": "", "src/b/c.h": "", "CODE-MAP": "Text.\nsrc/a  what\nsrc/b/c what\n"}, []),
    ({"src/a.c": "", "src/b.h": "", "CODE-MAP": "src/a  what\nsrc/b\n"}, ["no line for src/b"]),
    ({"src/a.c": "", "CODE-MAP": "src/a  what\nsrc/a  who\nsrc/d  where\n"}, ["src/d, which is not", "twice of src/a"]),
])
