#!/usr/bin/env bash
# The banned functions are compile errors, in every file of ours; and what only a reader can ban is not there.
. "$(dirname "$0")/lint.sh"

banned=$(sed -n 's/^#pragma GCC poison //p' src/base/banned.h)
[ "$(wc -w <<<"$banned")" -gt 10 ] || broken "src/base/banned.h bans almost nothing: $banned"

# compiles NAME: a file that names NAME compiles under the forced include.
compiles() {
	echo "void *use(void);  void *use(void) { return (void *)$1; }" |
		gcc -std=gnu17 -fsyntax-only -include src/base/banned.h -x c - 2>"$scratch/said"
}
compiles strlen || broken "strlen is refused: $(cat "$scratch/said")"
for name in strcpy strcat sprintf strncpy atoi localtime gmtime strtok $banned; do
	if compiles "$name" || ! grep -q "poisoned \"$name\"" "$scratch/said"; then
		fault "$name is not banned"
	fi
done

# The build forces the include on every file of ours.
commands=${YW_BUILD:-}/compile_commands.json
if [ -f "$commands" ]; then
	missing=$(grep '"command"' "$commands" | grep -F -- "-c $PWD/src/" | grep -cvF -- '-include '"$PWD/src/base/banned.h")
	[ "$missing" = 0 ] || fault "$missing files are compiled without src/base/banned.h"
fi

# What a macro cannot ban well: shells and programs, memory that may be NULL, undoing the ban.
forbidden='\b(system|popen|exec[lv]p?e?|alloca|vfork)[[:space:]]*\(|\bsetjmp\b'
memory='\b(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf)[[:space:]]*\('
search() { # search PATTERN FOLDER: lines of code with it, no comments that begin a line
	grep -nrE --include='*.[ch]' "$1" "$2" | grep -vE '^[^:]+:[0-9]+:[[:space:]]*(/?\*|//)'
}
mkdir "$scratch/src"
printf 'x = system ("ls");\n/* system(3) */\nmalloc(2);\nmem_realloc(3);\n' >"$scratch/src/a.c"
[ "$(search "$forbidden" "$scratch" | wc -l)" = 1 ] || broken "system() is not seen"
[ "$(search "$memory" "$scratch" | wc -l)" = 1 ] || broken "malloc() is not seen"
while read -r line; do fault "$line: no shell, no other program, no alloca"; done < <(search "$forbidden" src)
while read -r line; do fault "$line: memory comes from base/mem.h"; done < <(search "$memory" src | grep -v '^src/base/mem\.c:')
finish
