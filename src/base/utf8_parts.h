/*
 * utf8_parts: what the files of utf8 share among themselves; nobody else includes it.
 *
 * Layer: base.
 */
#ifndef YW_BASE_UTF8_PARTS_H
#define YW_BASE_UTF8_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Property East_Asian_Width=A. */
bool utf8_is_ambiguous(uint32_t c);

/*
 * A character that never joins with another such: printing ASCII, Chinese
 * characters and their punctuation, full-width forms. Nearly all text is made
 * of these, and what is asked of them needs no table.
 */
static inline bool utf8_is_plain(uint32_t c)
{
	return (c >= 0x20 && c < 0x7F) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
	       (c >= 0x3000 && c <= 0x3029) || (c >= 0x3041 && c <= 0x3096) || (c >= 0xFF01 && c <= 0xFF60);
}

/* The end of the grapheme at AT, which is at a boundary and not the end; *COLUMNS (may be NULL) its width. */
size_t utf8_cluster(const char *text, size_t at, int *columns);

#endif
