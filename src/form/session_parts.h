/*
 * session_parts: what the files of the session share; nobody else includes it.
 *
 * Layer: form. The body is never changed in place: every change makes a new
 * body that shares what stayed, so that taking back a change is keeping the old
 * one. How each cell stands (its slot) is evaluated by session_settle().
 */
#ifndef YW_FORM_SESSION_PARTS_H
#define YW_FORM_SESSION_PARTS_H

#include "form/names.h"
#include "form/session.h"

enum { UNDO_MOST = 100, ROWS_MOST = 200, NOTE_MOST = 200, ALL_FIELDS = -1 };

/* What is wrong with one cell. */
struct cell_fault {
	char *text;
	bool is_warning;
	bool of_note; /* of a check item's note, not its value */
};

/* How one cell stands. A table has one for each row and column, a check list for each item. */
struct slot {
	bool is_visible;
	bool is_required;
	bool is_missing;      /* required and empty */
	bool needs_note, misses_note;
	bool is_computed;     /* has been, once */
	json_t *given;        /* what its default last came to; NULL: not evaluated yet */
	struct cell_fault *faults;
	size_t fault_count;
};

struct field_state {
	bool in_state;        /* the field is written in this state, by whomever */
	bool may_fill;        /* and by this person, read-only or not */
	struct slot self;
	struct slot *children;
	size_t rows;          /* of children; a check list has one */
};

struct undo_step {
	json_t *body;
	struct cell cell;
};

struct form_session {
	const struct definition *form;
	struct evaluator *evaluator;
	const struct actor *actor;
	struct record *record;
	json_t *body;
	json_t *last;         /* NULL if there is none */
	bool *section_visible;
	struct field_state *fields;
	struct undo_step undo[UNDO_MOST], redo[UNDO_MOST];
	size_t undo_count, redo_count;
	uint64_t revision;
};

/* ---- session_body.c: the tree ---- */

/* The field, column or item of CELL; NULL if there is none such. */
const struct field *session_field(const struct form_session *session, struct cell cell);
/* The value at CELL in BODY; NULL if the key is absent. */
const json_t *body_value(const struct definition *form, const json_t *body, struct cell cell);
const char *body_raw(const struct definition *form, const json_t *body, struct cell cell);
/* A new body with VALUE (stolen; NULL: absent) at CELL, RAW beside it (NULL: none). */
json_t *body_with(const struct definition *form, const json_t *body, struct cell cell, json_t *value,
                  const char *raw);
size_t body_rows(const struct definition *form, const json_t *body, int field);
struct cell cell_of_field(int field);
struct cell cell_of_child(int field, int row, int child);

/* ---- session_scope.c: names and rules ---- */

/* Where an expression stands: the cell whose rule it is. */
struct scope {
	const struct form_session *session;
	struct cell cell;        /* CELL_NONE: the record's */
	const char *reason;      /* in effects */
};

json_t *scope_lookup(void *context, const char *name);
/* The rule's value, a new reference; null if there is none or it cannot be evaluated (logged). */
json_t *session_evaluate(const struct form_session *session, const struct rule *rule, struct cell cell);
/* Does it hold? FALLBACK if there is no rule; NULL counts as IF_NULL. */
bool session_holds(const struct form_session *session, const struct rule *rule, struct cell cell, bool fallback,
                   bool if_null);
/* What is filed of a field: hidden parts and raw texts left out. New reference; NULL if nothing. */
json_t *session_filed(const struct form_session *session, int field);
bool session_is_visible(const struct form_session *session, int field);
/* The value of the field that selects CELL's choices, in its row or in the form; NULL if there is none. */
const char *session_group(const struct form_session *session, struct cell cell);
int64_t session_now(const struct form_session *session);

/* ---- session_settle.c: what hangs on a change ---- */

/* After FIELD (or ALL_FIELDS) has changed. */
void session_settle(struct form_session *session, int field);
struct slot *session_slot(const struct form_session *session, struct cell cell);
void session_release_slots(struct form_session *session);
/* The body was replaced: what the defaults came to is found anew. */
void session_forget_defaults(struct form_session *session);
/* The rows of FIELD have moved: their slots are made anew. */
void session_reset_rows(struct form_session *session, int field);
/* Who may write what, after the record has changed. */
void session_find_rights(struct form_session *session);
bool session_may_edit(const struct form_session *session, struct cell cell);

/* ---- session_start.c ---- */

/* The body that a new record begins with, from the last one by the copy policy. New reference. */
json_t *session_copy_last(const struct form_session *session);
/* Texts that are not in their canonical form are read as if typed. */
void session_normalise(struct form_session *session);
/* The last record's value for CELL, borrowed; NULL. */
const json_t *session_last(const struct form_session *session, struct cell cell);

/* ---- session_change.c ---- */

/* Takes BODY (stolen) as the new one, the old one for undo. */
void session_change(struct form_session *session, json_t *body, struct cell cell);
void session_forget_undo(struct form_session *session);

/* "is wrong" for a cell, in front of a fault: its label, with row or list. Caller frees. */
char *session_cell_name(const struct form_session *session, struct cell cell);

#endif
