# data/pinyin.tsv (character TAB initials) -> C, included by src/base/pinyin.c.
# Run with LC_ALL=C, so that a character is its bytes; the file is in the order of code points.
BEGIN {
	FS = "\t"
	for (i = 1; i < 256; i++)
		byte[sprintf("%c", i)] = i
	sets = 0
	number[""] = 0
	letters[0] = ""
}

function trail(c, at) { return byte[substr(c, at, 1)] % 64 }

function code(c,   first) {
	first = byte[substr(c, 1, 1)]
	if (first < 128) return first
	if (first < 224) return first % 32 * 64 + trail(c, 2)
	if (first < 240) return (first % 16 * 64 + trail(c, 2)) * 64 + trail(c, 3)
	return ((first % 8 * 64 + trail(c, 2)) * 64 + trail(c, 3)) * 64 + trail(c, 4)
}

/^#/ || /^$/ { next }

{
	c = code($1)
	if (NF != 2 || $2 !~ /^[a-z]+$/ || c <= last) {
		print FILENAME ":" NR ": expected a character, a tab and letters, in order" > "/dev/stderr"
		failed = 1
		exit 1
	}
	if (!($2 in number)) {
		number[$2] = ++sets
		letters[sets] = $2
	}
	last = c
	if (c > 65535) {
		others = others sprintf("\t{ 0x%X, %d },\n", c, number[$2])
		next
	}
	if (!first) first = c
	end = c
	of[c] = number[$2]
}

END {
	if (failed || sets > 255 || !first || others == "") exit 1
	print "/* Made from data/pinyin.tsv by cmake/pinyin.awk. */"
	printf "static const char *const initial_sets[] = {\n"
	for (i = 0; i <= sets; i++) printf "\t\"%s\",\n", letters[i]
	printf "};\n\nenum { FIRST_CHARACTER = 0x%X, LAST_CHARACTER = 0x%X };\n\n", first, end
	printf "static const uint8_t common_sets[] = {"
	for (c = first; c <= end; c++) printf "%s%d,", (c - first) % 32 ? "" : "\n\t", of[c]
	printf "\n};\n\nstatic const struct rare_set { uint32_t c; uint8_t set; } rare_sets[] = {\n%s};\n", others
}
