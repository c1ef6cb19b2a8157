/*
 * mistake: what is wrong in a definition, and where.
 *
 * Layer: form. Every reader of libconfig files appends to one list, so that all
 * mistakes are told at once.
 */
#ifndef YW_FORM_MISTAKE_H
#define YW_FORM_MISTAKE_H

#include <stdbool.h>
#include <stddef.h>

struct mistake {
	char *file;
	int line;   /* 0: the file as a whole */
	char *text; /* translated, without file and line */
};

struct mistakes {
	struct mistake *items;
	size_t count;
};

void mistake_add(struct mistakes *mistakes, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* "file:line: text"; caller frees. */
char *mistake_text(const struct mistake *mistake);
/* Puts them in order of file and line; the same one twice is kept once. */
void mistakes_sort(struct mistakes *mistakes);
void mistakes_release(struct mistakes *mistakes);

#endif
