/*
 * layout_model: what a layout says, inside this folder.
 *
 * Layer: report. Built by layout_load.c; the texts marked T are templates (print.h).
 */
#ifndef YW_REPORT_LAYOUT_MODEL_H
#define YW_REPORT_LAYOUT_MODEL_H

#include "report/flow.h"
#include "report/layout.h"
#include "report/words.h"

/* What the body of a form's page is made of: X(ENUM, "the word that begins it"). */
#define ELEMENTS(X)                                                                                \
	X(SECTION, "section")     /* a heading across the page */                                  \
	X(GRID, "grid")           /* labels and values side by side */                             \
	X(TEXT, "text")           /* one long field: label at the left, text at the right */       \
	X(TICKS, "ticks")         /* all choices of a field, ticked or not */                      \
	X(TABLE, "table")         /* the rows of a table */                                        \
	X(CHECKLIST, "checklist") /* items, readings, results */                                   \
	X(APPROVAL, "approval")   /* an opinion, its trace, room to sign */                        \
	X(APPROVALS, "approvals") /* one for each office that decides */                            \
	X(LINE, "line")           /* a template across the page, with a label or without */        \
	X(TIMELINE, "timeline")   /* the journal */                                                \
	X(REST, "rest")           /* all fields that no other element shows, by section */         \
	X(NOTE, "note")           /* small print below the frame */                                \
	X(BREAK, "break")         /* a new page */

enum element_kind {
#define X(name, text) ELEMENT_##name,
	ELEMENTS(X)
#undef X
		ELEMENT_COUNT
};

struct grid_item {
	char *field;         /* either this or value */
	char *value;         /* T */
	char *label;         /* NULL: the field's */
	int span;            /* how many pairs of label and value it takes */
	int line;
};

struct column_width {
	char *key;
	int width;           /* Chinese characters; 0: by the field */
	int line;
};

struct element {
	enum element_kind kind;
	char *what;          /* the field's key, the title or (T) the text; NULL */
	char *label;         /* T; NULL: the field's */
	char *value;         /* T; approval: stands before the opinion */
	char *trace;         /* T; approval: instead of what the journal says of it */
	char *sign;          /* T; approval: the line to sign on; NULL: the common one */
	char *when;          /* expression; NULL: always */
	struct grid_item *items;
	size_t item_count;
	struct column_width *columns; /* of a table; none: all of them */
	size_t column_count;
	char **states, **actions;     /* of an approval, NULL-terminated; NULL: any */
	int pairs;           /* of a grid, in a row */
	int groups;          /* of a check list: columns of items side by side */
	int rows;            /* of a table: most rows in place, the others go to an annex; 0: all in place */
	int blank;           /* of a table: at least so many lines */
	int lines;           /* of a text: at least so many lines */
	int most;            /* of a text: most lines in place; 0: all */
	double height_pt;    /* of an approval or a line, at least */
	bool seal;           /* 45 mm clear for it */
	bool plain;          /* of a table: no numbers before its rows */
	bool short_list;     /* of a check list: no notes below */
	bool unzoned;        /* of a check list: no column for the groups */
	int line;
};

enum column_total { TOTAL_NONE, TOTAL_SUM, TOTAL_COUNT };

/* One column of a register. It shows its value, or what the items of a check list come to. */
struct register_column {
	char *label;         /* T */
	char *value;         /* T; NULL if by check list */
	char *checklist;     /* key; the worst verdict of: */
	char **items;        /* item keys, and */
	char **groups;       /* all items of these groups; both NULL: all items */
	bool abnormal;       /* instead of a verdict: the items that are not normal, in words */
	int width;           /* Chinese characters */
	enum align align;
	enum column_total total;
	int line;
};

enum { MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_COUNT };

struct layout {
	enum layout_kind kind;
	char *name;          /* where it came from */
	struct words words;
	char *title, *title_en;  /* T; NULL: the form's */
	char *head_left, *head_right; /* T: the line below the title */
	bool archive_box;
	double size_pt;      /* of the text */
	double margins_mm[MARGIN_COUNT];

	struct element *body;
	size_t body_count;

	bool days;           /* a row a day of the month */
	char *each;          /* a row for each row of this table; NULL: a row a record */
	char *sort;          /* T; NULL: by number */
	struct register_column *columns; /* none: those of the form's list */
	size_t column_count;
	bool untotalled;
	double row_pt;       /* least height of a row */
	char *sign;          /* T */
};

const char *element_name(enum element_kind kind);

#endif
