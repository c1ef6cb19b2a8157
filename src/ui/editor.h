/*
 * editor: what the files of the form editor share.
 *
 * Layer: ui, private to editor*.c. One section of the form is seen at a time, a
 * line a cell; the cell with the caret is edited in an input or an area, all
 * others are only shown. What is typed goes into the form session when the
 * caret leaves the cell and at every tick, and from there into the draft.
 */
#ifndef YW_UI_EDITOR_H
#define YW_UI_EDITOR_H

#include "app/act.h"
#include "app/edit.h"
#include "form/session.h"
#include "tui/area.h"
#include "tui/input.h"
#include "ui/desk.h"

/* Where a cell of the section stands, in lines from the section's top. */
struct place {
	int row, rows;
	const char *heading; /* a zone or "Row 2" above it; NULL */
	int heading_row;     /* number in "Row 2"; 0: heading is a zone */
};

struct editor {
	struct desk *desk;
	struct loop *loop;
	struct edit *edit;
	struct record *record;        /* what expressions and permissions see */
	struct form_session *session;
	const struct definition *form;

	size_t section;
	struct cell *cells;           /* of the section, in walking order */
	struct place *places;
	size_t cell_count;
	size_t focus;                 /* index in cells; cell_count if the section is empty */
	int rows, cols;               /* of the pane */
	int label_cols;
	int foot_rows;                /* a line about the cell, then the words of the section's articles */
	int top, total;               /* first line seen, lines in all */

	struct input *input;          /* one of the two while a cell is typed in */
	struct area *area;
	char *shown;                  /* the text the cell had when it got the caret */
	bool typed;                   /* something was typed since the last keep */
	uint64_t kept;                /* the session's revision that the draft has */
	int64_t kept_utc;
	int64_t late_utc;             /* it makes up for what was due then; 0 */
	bool only_typed;              /* the next paint is the caret's cell alone: */
	struct rect typed_at;         /* where that was painted last */
	unsigned seen;                /* of desk->changes */
	bool finished;                /* submitted or discarded: nothing to keep */
	struct form_fault *faults;    /* while their list is open */
	size_t fault_count;
	struct act_result conflict;   /* while collisions are being settled */
	size_t conflict_at;
	json_t *keep_theirs;
	const struct transition *pending;
};

enum { EDITOR_HEAD_ROWS = 2 };


/* editor_cells.c: layout and the caret. */
void editor_layout(struct editor *editor);
/* Cells anew (a condition has changed); the caret stays at its cell or goes to the nearest. */
void editor_refresh(struct editor *editor);
void editor_go_section(struct editor *editor, size_t section, bool last_cell);
void editor_go_cell(struct editor *editor, struct cell cell);
/* What was typed into the session; false if it was refused (a notice says why). */
bool editor_take_typed(struct editor *editor);
void editor_focus(struct editor *editor, size_t cell);
/* The next (or previous) cell that may be written, over sections; TO_MISSING: in a check list the next empty one. */
void editor_step(struct editor *editor, bool forward, bool to_missing);
/* The next zone of a check list, or the next part. */
void editor_step_part(struct editor *editor, bool forward);
struct cell editor_cell(const struct editor *editor);
bool editor_restore_place(struct editor *editor);
void editor_scroll(struct editor *editor);

/* editor_keys.c: keys that are no actions. */
enum react editor_key(struct editor *editor, const struct key *key);
/* Opens the list of choices of the caret's cell; false if it has none. */
bool editor_choose(struct editor *editor, const struct key *typed);
enum react editor_phrases(struct editor *editor);
enum react editor_more(struct editor *editor);
enum react editor_add_row(struct editor *editor);
enum react editor_drop_row(struct editor *editor);
/* A cell got a new value not by typing: shows it. */
void editor_show_value(struct editor *editor);

/* editor_paint.c */
void editor_paint(void *self, struct pane *pane, bool whole);

/* editor_submit.c */
enum react editor_submit(struct editor *editor);
enum react editor_follow(struct editor *editor);
bool editor_has_follow(const struct editor *editor);

/* editor.c */
/* Keeps the draft; false (with a notice) if the store refused. FORCE: although nothing was typed. */
bool editor_keep(struct editor *editor, bool force);

#endif
