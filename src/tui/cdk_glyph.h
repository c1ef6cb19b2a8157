/*
 * cdk_glyph: graphemes as chtypes.
 *
 * Layer: tui, private. CDK's widgets count cells, a chtype each. A grapheme that is
 * no ASCII character is interned in a table; its index stands in the character and
 * in seven attribute bits that CDK never uses, under a mark bit. The second cell of
 * a wide grapheme holds index 0.
 */
#ifndef YW_TUI_CDK_GLYPH_H
#define YW_TUI_CDK_GLYPH_H

#include "tui/cells.h"

/* Begins a run of text in STYLE in a text for CDK: this byte, then 'A' + style. Data never has it: cdk_text() takes it out. */
enum { CDK_STYLE = 0x01 };

/* The cell of the grapheme of LEN bytes at TEXT; '?' if the table is full. */
chtype glyph_cell(const char *text, size_t len);
chtype glyph_second_half(void);
bool glyph_is_second_half(chtype cell);
/* The grapheme in CELL as UTF-8, "" for a second half; ASCII as it is. BUFFER holds ASCII. */
const char *glyph_text(chtype cell, char buffer[2]);
/* What CDK may have or-ed to the cell: the attributes it knows. */
chtype glyph_attributes(chtype cell);

/* TEXT as a widget of CDK takes it: literal, whatever it looks like, in STYLE. Caller frees. */
char *cdk_text(enum style style, const char *text);
/* The same for the first LEN bytes, appended to OUT. */
struct str;
void cdk_text_add(struct str *out, enum style style, const char *text, size_t len);

#endif
