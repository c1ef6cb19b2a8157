/*
 * pinyin: find Chinese words by the initials of their syllables.
 *
 * Layer: base. The table of initials is generated at build time from
 * data/pinyin.tsv; a character with several readings has several initials.
 */
#ifndef YW_BASE_PINYIN_H
#define YW_BASE_PINYIN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * True if QUERY (case-insensitive, full-width folded) occurs in TEXT either as
 * text or as a run of initials: "bdc" and "动产" both find 不动产登记中心.
 * An empty query finds everything. ASCII in TEXT stands for itself.
 */
bool pinyin_finds(const char *text, const char *query);

/* The possible initials of C as lower-case letters in a static text ("c", "cz"), "" if none. */
const char *pinyin_initials(uint32_t c);

#endif
