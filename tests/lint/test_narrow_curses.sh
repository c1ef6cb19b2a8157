#!/usr/bin/env bash
# No program of ours needs the narrow libncurses, or the shared libcdk that is bound to it: beside
# ncursesw they crash at the first Chinese character.
. "$(dirname "$0")/lint.sh"

narrow() {
	readelf -d "$1" | grep -E 'NEEDED.*\[lib(ncurses|cdk|form|menu|panel)\.so'
}

echo 'int main(void) { return 0; }' >"$scratch/a.c"
gcc -o "$scratch/narrow" "$scratch/a.c" -Wl,--no-as-needed -lncurses || broken "no program with the narrow library"
gcc -o "$scratch/wide" "$scratch/a.c" -Wl,--no-as-needed -lncursesw || broken "no program with the wide library"
narrow "$scratch/narrow" >/dev/null || broken "the narrow library is not seen"
narrow "$scratch/wide" && broken "the wide library is taken for the narrow one"

cd "${YW_BUILD:?the build folder}" || exit 1
programs=$(find . -maxdepth 1 -type f -executable)
[ -x yunwei ] || fault "there is no yunwei in $YW_BUILD"
for program in $programs; do
	narrow "$program" && fault "$program needs it"
done
echo "$(wc -w <<<"$programs") programs"
finish
