/*
 * layout: how a form's page or a month's register looks on paper.
 *
 * Layer: report. The language is yunwei-export(5), libconfig files in export/.
 * A layout is read whole, every mistake is told at once with file and line, and
 * it is never changed afterwards. A form that has no layout of its own is
 * printed by the general ones (generic.cfg, generic-month.cfg), from its
 * definition alone.
 */
#ifndef YW_REPORT_LAYOUT_H
#define YW_REPORT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/definition.h"

enum layout_kind {
	LAYOUT_FORM,     /* A4 portrait, one record */
	LAYOUT_REGISTER, /* A4 landscape, one row a record (or a day) */
};

struct layout; /* owned by whom it was loaded for; layout_free */

struct layout_mistake {
	char *file;
	int line;        /* 0: the file as a whole */
	char *text;      /* translated, without file and line */
};

struct layout_mistakes { /* zeroed: none */
	struct layout_mistake *items;
	size_t count;
};

void layout_mistakes_release(struct layout_mistakes *mistakes);

/* One file. NULL if it has any mistake; each is appended to MISTAKES. */
struct layout *layout_load_file(const char *path, struct layout_mistakes *mistakes);
/* The same from a text; NAME is for mistakes, FOLDER is where its @include stand (NULL: it has none). */
struct layout *layout_load_text(const char *text, const char *name, const char *folder,
                                struct layout_mistakes *mistakes);

/*
 * The layout of FORM's page: FOLDER/<form->layout or id>.cfg, or FOLDER/generic.cfg if there is no such file;
 * of its month sheet: FOLDER/<the same>-month.cfg or FOLDER/generic-month.cfg. NULL with ERR, which names the
 * first mistake, if it cannot be read or does not fit the form (layout_check).
 */
struct layout *layout_of_form(const char *folder, const struct definition *form, struct err *err);
struct layout *layout_of_month(const char *folder, const struct definition *form, struct err *err);

/* What in LAYOUT does not fit FORM (unknown fields, columns, items, states): appended; true if nothing. */
bool layout_check(const struct layout *layout, const struct definition *form, struct layout_mistakes *mistakes);

enum layout_kind layout_kind(const struct layout *layout);
void layout_free(struct layout **layout);

#endif
