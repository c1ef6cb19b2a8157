/*
 * utf8: the only place that knows how text is laid out in columns.
 *
 * Layer: base; the only user of libunistring. All text inside the program is
 * NUL-terminated, valid UTF-8; it is validated where it enters (keys, files,
 * arguments, environment) with utf8_is_valid(). A caret or a cut is always at a
 * grapheme boundary (UAX 29), a line breaks as UAX 14 says, and a width is a
 * number of terminal columns.
 */
#ifndef YW_BASE_UTF8_H
#define YW_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* East Asian ambiguous characters (“ ” … — ① ■ ℃) take two columns if WIDE. Setting, process wide, set once. */
void utf8_set_ambiguous_wide(bool wide);

/* True if all LEN bytes are valid UTF-8 without NUL; else *BAD_AT (may be NULL) is the offset. */
bool utf8_is_valid(const char *bytes, size_t len, size_t *bad_at);
/* A valid copy of any bytes: each bad byte becomes U+FFFD. The caller frees. */
char *utf8_repaired(const char *bytes, size_t len);

/* The most of the LEN bytes of TEXT that are at most MOST and split no character (a grapheme perhaps). */
size_t utf8_cut(const char *text, size_t len, size_t most);

/* Decodes the character at TEXT (valid, not at its end); *LEN is its length in bytes. */
uint32_t utf8_decode(const char *text, size_t *len);
/* Encodes C into BUFFER (at least 5 bytes, NUL-terminated); its length in bytes, 0 if C is none. */
size_t utf8_encode(uint32_t c, char buffer[5]);

size_t utf8_next(const char *text, size_t at);         /* offset of the next grapheme boundary, at most strlen */
size_t utf8_prev(const char *text, size_t at);         /* of the previous, at least 0 */
size_t utf8_chars(const char *text);                   /* graphemes: what a person counts as 字 */

int utf8_width(const char *text);                      /* columns of the whole text, one line, control bytes 0 */
int utf8_width_len(const char *text, size_t len);      /* of its first LEN bytes */
/* How many bytes of TEXT fit into COLUMNS, whole graphemes only; *USED (may be NULL) the columns taken. */
size_t utf8_fit(const char *text, int columns, int *used);
/* Offset of the grapheme that covers column COLUMN (0 = first); strlen if beyond. */
size_t utf8_at_column(const char *text, int column);
/* TEXT cut to COLUMNS, with "…" (or ".." in ASCII) as its last column(s) if it was cut. The caller frees. */
char *utf8_ellipsis(const char *text, int columns);

/* One visual line of a wrapped text: bytes [start, end) without the break; next is where the following starts. */
struct utf8_line { size_t start, end, next; };
/*
 * Breaks TEXT into lines of at most COLUMNS (>= 2) by UAX 14 and at '\n';
 * *LINES is an array the caller frees; returns how many, at least 1.
 */
size_t utf8_wrap(const char *text, int columns, struct utf8_line **lines);

/* Full-width ASCII (U+FF01..FF5E), U+3000 and 。、 become their half-width forms: for numbers, dates, addresses. Caller frees. */
char *utf8_halfwidth(const char *text);
/* NFC, control characters but '\n' (kept if MULTILINE, else a blank) removed, tab a blank. Caller frees. */
char *utf8_clean(const char *text, bool multiline);
/* Offset of the first control character other than '\n' and '\t' (or SIZE_MAX): C0, DEL, C1, bidi overrides. */
size_t utf8_find_control(const char *text);

/* TEXT, from CODESET ("UTF-8", "GB18030", ...) by iconv; NULL if it is not valid there. Caller frees. */
char *utf8_from(const char *codeset, const char *bytes, size_t len);

#endif
