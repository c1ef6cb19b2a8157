/*
 * text: the program's own sentences, translated by gettext.
 *
 * Layer: base. Source texts are English; Chinese lives in po/zh_CN.po and
 * needs no locale generated on the machine.
 */
#ifndef YW_BASE_TEXT_H
#define YW_BASE_TEXT_H

#include <libintl.h>
#include <stdbool.h>

#define _(text) gettext(text)
#define N_(text) (text)

/*
 * Sets locale and catalogue. LANGUAGE is "zh" or "en"; CATALOGUES the folder of
 * compiled catalogues. If the environment's codeset is ASCII, C.UTF-8 is used.
 */
void text_init(const char *language, const char *catalogues);
/* The terminal's codeset ("UTF-8", "GB18030"), after text_init. */
const char *text_codeset(void);
/* True if the language is English: pick title_en beside title. */
bool text_is_english(void);

#endif
