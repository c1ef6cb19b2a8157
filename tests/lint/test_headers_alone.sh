#!/usr/bin/env bash
# Every header of ours compiles alone, twice in a row, with gcc and with clang.
. "$(dirname "$0")/lint.sh"

# alone COMPILER FOLDER HEADER: HEADER, below FOLDER, needs nothing before it.
alone() {
	local layer=${3%%/*}
	printf '#include "%s"\n#include "%s"\n' "$3" "$3" |
		"$1" -std=c17 -D_XOPEN_SOURCE=700 -DNCURSES_WIDECHAR=1 "-DYW_LAYER_${layer^^}" -Wall -Wextra -Wpedantic \
			-Werror -include src/base/banned.h -I "$2" -fsyntax-only -x c - 2>&1 && return
	echo "$1: $3 does not compile alone"
	return 1
}
export -f alone

mkdir "$scratch/x"
echo 'struct a { size_t length; };' >"$scratch/x/needy.h"
echo 'struct a { int length; };' >"$scratch/x/twice.h"
printf '#ifndef X\n#define X\n#include <stddef.h>\nstruct a { size_t length; };\n#endif\n' >"$scratch/x/good.h"
for compiler in gcc clang; do
	alone "$compiler" "$scratch" x/good.h || broken "$compiler refused a header that is complete"
	alone "$compiler" "$scratch" x/needy.h >/dev/null && broken "$compiler took a header that lacks an include"
	alone "$compiler" "$scratch" x/twice.h >/dev/null && broken "$compiler took a header without a guard"
done

for compiler in gcc clang; do
	# shellcheck disable=SC2016 # the inner bash expands
	find src -name '*.h' ! -name banned.h -printf '%P\0' | sort -z |
		xargs -0 -P 2 -I {} bash -c 'alone "$0" src "$1"' "$compiler" {} || faults=$((faults + 1))
done
finish
