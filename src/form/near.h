/*
 * near: the known word that a misspelt one most likely means.
 *
 * Layer: form.
 */
#ifndef YW_FORM_NEAR_H
#define YW_FORM_NEAR_H

#include <stddef.h>

/* A running search: offer it words, then see `best` (borrowed; NULL if none is near enough). */
struct near {
	const char *word;
	const char *best;
	size_t distance;
};

void near_begin(struct near *near, const char *word);
void near_offer(struct near *near, const char *known); /* NULL is no word */
/* " (did you mean \"x\"?)" or ""; caller frees. */
char *near_words(const struct near *near);

#endif
