/*
 * choices: what a cell may be filled with.
 *
 * Layer: form. The choices of the definition, a dictionary's that belong to the
 * value of another field (choices_by), or the entries of a register that the
 * world gives. Filtering by text or pinyin is the screen's (base/pinyin.h).
 */
#ifndef YW_FORM_CHOICES_H
#define YW_FORM_CHOICES_H

#include <stdbool.h>
#include <stddef.h>

#include "form/session.h"

struct option {
	char *text;  /* what is stored */
	char *label; /* what is shown: the text, or its English */
	char *note;  /* shown beside; NULL */
	enum verdict verdict;
	bool chosen; /* it is the cell's value, or one of them */
};

struct options {
	struct option *items;
	size_t count;
	bool many;      /* several may be chosen */
	bool free_text; /* a text beside the list is accepted */
};

/* True if CELL is filled from a list at all. */
bool form_cell_has_choices(const struct form_session *session, struct cell cell);
/* Fills *OPTIONS; release with options_release. */
void form_cell_choices(const struct form_session *session, struct cell cell, struct options *options);
void options_release(struct options *options);

#endif
