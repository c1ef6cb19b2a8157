/*
 * search_words: text as the words of the index. Private to store/search*.c and
 * check_search.c.
 */
#ifndef YW_STORE_SEARCH_WORDS_H
#define YW_STORE_SEARCH_WORDS_H

#include <stddef.h>

#include "base/str.h"

/* What the last word was: a run goes on, a character of its own does not. */
enum word_kind { WORD_NONE, WORD_LETTERS, WORD_DIGITS, WORD_SINGLE };

/*
 * Appends the words of TEXT's first LEN bytes, lower case, with a blank before
 * each: " 不 动 产 kb 5031" of "不动产 KB5031". Punctuation only separates.
 * At most MOST words. Returns the kind of the last one.
 */
enum word_kind search_words(struct str *out, const char *text, size_t len, size_t most);

#endif
