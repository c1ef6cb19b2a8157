"""Every screen as `yunwei script` saves it, compared with the golden ones.

YW_UPDATE_GOLDEN=1 writes them anew: look at each before committing it.
"""
import difflib
import glob
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(__file__)
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from office import CLERK, Office, run_tests

GOLDEN = os.path.join(HERE, "golden")
UPDATE = os.environ.get("YW_UPDATE_GOLDEN")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def saved_screens(script, folder):
    """Runs SCRIPT in an office of its own; the screens that it saves lie in FOLDER."""
    with Office() as office:
        language = ["--lang", "en"] if "english" in script else []
        words = office.argv(who=CLERK)
        words[1:1] = language
        done = subprocess.run(words + ["script", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout == "", f"{script}: {done.returncode}\n{done.stdout}{done.stderr}"
    names = sorted(os.path.basename(path) for path in glob.glob(f"{folder}/*.txt"))
    assert names, f"{script} saves nothing"
    return names


def compare(name, seen):
    path = os.path.join(GOLDEN, name)
    if UPDATE:
        with open(path, "w", encoding="utf-8") as file:
            file.write(seen)
        return ""
    if not os.path.exists(path):
        return f"{name}: there is no golden screen\n{seen}"
    lines = difflib.unified_diff(read(path).split("\n"), seen.split("\n"), f"golden/{name}", "seen", lineterm="")
    return "\n".join(lines)


def screens_are_as_they_were():
    faults, seen = [], set()
    for script in sorted(glob.glob(os.path.join(HERE, "scripts", "*.keys"))):
        with tempfile.TemporaryDirectory(prefix="screens-") as folder:
            for name in saved_screens(os.path.abspath(script), folder):
                faults.append(compare(name, read(os.path.join(folder, name))))
                seen.add(name)
    stale = set(os.listdir(GOLDEN)) - seen
    assert not stale, f"golden screens that no script saves: {sorted(stale)}"
    assert not any(faults), "\n".join(filter(None, faults))
    print(f"{len(seen)} screens")


def a_script_tells_what_is_wrong():
    with Office() as office, tempfile.TemporaryDirectory(prefix="screens-") as folder:
        for text, wanted in (("<NoSuchKey>\n", "wrong.keys:1"), ("2\n:save-scream x\n", "wrong.keys:2"),
                             ("1\n:expect 没有这样的字\n", "没有这样的字")):
            path = os.path.join(folder, "wrong.keys")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            done = office.run("script", path, who=CLERK, status=1)
            assert wanted in done.stderr, done.stderr


if __name__ == "__main__":
    run_tests(screens_are_as_they_were, a_script_tells_what_is_wrong)
