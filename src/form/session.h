/*
 * session: one record being filled in, checked or decided.
 *
 * Layer: form. Screens, the command line and use-cases all work on a record's
 * body through a session, so the same rules hold everywhere. A session owns its
 * copy of the record and body; nothing reaches the store. After every change
 * what hangs on it is evaluated again: computed fields, conditions, checks.
 *
 * A draft may be invalid: a text that is not (yet) a value of its field is kept
 * as typed beside the body's values (under "_raw") and shown with its fault.
 * An absent key was never touched; null was emptied by hand. A default follows the
 * fields that it names for as long as nobody has put another value in its place.
 * A hidden field keeps its value but has none for expressions, and is not filed.
 * Faults are what the person typed, never a struct err.
 */
#ifndef YW_FORM_SESSION_H
#define YW_FORM_SESSION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "form/expr.h"
#include "model/definition.h"
#include "model/permission.h"
#include "model/record.h"

struct form_session;

/* ---- opening ---- */

struct session_start {
	const struct definition *form; /* borrowed, outlives the session */
	struct evaluator *evaluator;   /* borrowed, may be shared by sessions; brings the world */
	const struct actor *actor;     /* borrowed, outlives the session */
	const struct record *record;   /* copied: state, applicant, department, number, body; id 0: a new one */
	const json_t *body;            /* a draft's body in place of the record's; NULL */
	const json_t *last;            /* body of the last filed one, for "as last time"; NULL */
};

/* Copies from the last (only a new record without body, if the form says copy_last), sets defaults, computes. */
struct form_session *form_session_new(const struct session_start *start, struct err *err);
void form_session_free(struct form_session **session);

const struct definition *form_session_form(const struct form_session *session);

/* ---- cells ---- */

enum cell_part {
	CELL_VALUE,
	CELL_NOTE, /* the note of a check item */
	CELL_HEAD, /* a table or check list as a whole: its caption, and where rows are added */
	CELL_NONE, /* a fault of the record as a whole */
};

struct cell {
	int field;  /* index in definition->fields; -1: none */
	int row;    /* of a table; else -1 */
	int child;  /* index of the column or item; else -1 */
	enum cell_part part;
};

bool cell_equal(struct cell a, struct cell b);
/* "key", "table.2.column", "list.item", "list.item.note" (rows from 1): for drafts and --set. Caller frees. */
char *form_cell_path(const struct form_session *session, struct cell cell);
bool form_cell_parse(const struct form_session *session, const char *path, struct cell *cell);

/* The visible cells of a section in walking order; *CELLS is an array the caller frees. */
size_t form_session_cells(const struct form_session *session, size_t section, struct cell **cells);
bool form_session_section_visible(const struct form_session *session, size_t section);
bool form_session_cell_visible(const struct form_session *session, struct cell cell);

/* How a cell stands. The struct is filled by form_session_view and emptied by cell_view_release. */
struct cell_view {
	const struct field *field; /* the field, column or item itself */
	const struct field *owner; /* its table or check list; NULL */
	const char *label;         /* borrowed, in the current language; of a note: NULL */
	const char *unit;          /* borrowed; NULL */
	const char *group;         /* a check item's zone, borrowed; NULL */
	const char *help;          /* borrowed; NULL */
	const char *phrases;       /* phrase list behind F3, borrowed; NULL */
	int article;               /* of the regulation; 0: none */
	bool required;             /* must be filled as things stand */
	bool missing;              /* required and empty */
	bool read_only;            /* this person may not write it now */
	bool is_raw;               /* what was typed is no value yet */
	enum verdict verdict;
	char *text;                /* for editing */
	char *display;             /* for reading */
	char *note;                /* what is known of it: the person's department, the asset's name; NULL */
	char *hint;                /* "normal 198–242"; "" */
	char *last;                /* the last record's value for reading; "" */
	char *fault;               /* what is wrong with it; NULL. Being missing is no fault here. */
	bool fault_is_warning;
};

void form_session_view(const struct form_session *session, struct cell cell, struct cell_view *view);
void cell_view_release(struct cell_view *view);

/* The value in the body (borrowed; NULL if empty or raw). */
const json_t *form_session_value(const struct form_session *session, struct cell cell);

/* ---- changing ---- */

enum form_set {
	FORM_SET_VALUE,   /* taken */
	FORM_SET_RAW,     /* kept as typed; the cell's fault says why it is no value */
	FORM_SET_REFUSED, /* nothing changed; ERR says why (read-only, control characters, too long) */
};

/* Reads TEXT as the cell's type: "" empties. Several values are separated by 、 or a comma. */
enum form_set form_session_set_text(struct form_session *session, struct cell cell, const char *text,
                                    struct err *err);
/* Sets a JSON value as it stands in a body (array for several); a string is read as by set_text. */
enum form_set form_session_set_value(struct form_session *session, struct cell cell, const json_t *value,
                                     struct err *err);

/* Rows of a table; FIELD is the index. AT counts from 0; the number of rows appends. */
size_t form_session_row_count(const struct form_session *session, int field);
bool form_session_row_add(struct form_session *session, int field, size_t at, struct err *err);
bool form_session_row_remove(struct form_session *session, int field, size_t at, struct err *err);
bool form_session_row_move(struct form_session *session, int field, size_t from, size_t to, struct err *err);

/*
 * "All normal": pass/fail choice items that are still empty get their normal
 * choice; numbers never. SECTION or SIZE_MAX for all. Returns how many were set
 * (a fact for the journal).
 */
size_t form_session_all_normal(struct form_session *session, size_t section);
/* "Same as last" for one cell; refused for readings (copy = measure), which nobody may take over. */
bool form_session_same_as_last(struct form_session *session, struct cell cell, struct err *err);

/* Takes back the last change (at most 100); *WHERE (may be NULL) is the cell it was made in. False if there is none. */
bool form_session_undo(struct form_session *session, struct cell *where);
bool form_session_redo(struct form_session *session, struct cell *where);

/* Counts up at every change: autosave compares. 0: nothing typed yet. */
uint64_t form_session_revision(const struct form_session *session);

/* The record was changed by another: takes RECORD (copied) and the merged BODY (NULL: the record's). */
bool form_session_rebase(struct form_session *session, const struct record *record, const json_t *body,
                         struct err *err);
/* Evaluates everything again (time has passed). */
void form_session_refresh(struct form_session *session);

/* ---- the outcome ---- */

/* Everything typed, hidden fields and raw texts, too: what a draft keeps. New reference. */
json_t *form_session_draft(const struct form_session *session);
/* What is filed: valid values of visible fields only. New reference. */
json_t *form_session_body(const struct form_session *session);

struct form_fault {
	struct cell cell;
	bool is_warning;
	char *text; /* with the field's label in front */
};

/*
 * What is wrong, in walking order; *FAULTS is freed with form_faults_free.
 * TRANSITION NULL: what was typed. With a transition also what it requires:
 * missing fields (require, check_all) and its gates.
 */
size_t form_session_faults(const struct form_session *session, const struct transition *transition,
                           struct form_fault **faults);
void form_faults_free(struct form_fault **faults, size_t count);
/* True if no fault but warnings stands in the way of TRANSITION. */
bool form_session_may_pass(const struct form_session *session, const struct transition *transition);

/* True if TRANSITION leaves from the present state and its `when` holds. Who may is permission.h's. */
bool form_session_offers(const struct form_session *session, const struct transition *transition);
/* The first that is offered with that action, or NULL. */
const struct transition *form_session_transition(const struct form_session *session, const char *action);

/*
 * Carries out one effect that changes the body (set, clear, stamp; read-only
 * fields, too); others do nothing here. REASON (may be NULL) is bound as :reason.
 */
bool form_session_apply_effect(struct form_session *session, const struct effect *effect, const char *reason,
                               struct err *err);
/* What the app has allotted; NULL leaves it as it is. Bound as :number and :filing_number from now on. */
void form_session_set_numbers(struct form_session *session, const char *number, const char *filing_number);

/* True if FOLLOW is offered as things stand. */
bool form_session_follows(const struct form_session *session, const struct follow *follow);
/* The body with which the new record of FOLLOW begins; new reference. */
json_t *form_session_presets(const struct form_session *session, const struct follow *follow, struct err *err);

/*
 * The value of any EXPRESSION (a printed layout's) over the record: a new reference, JSON
 * null if it gives none. False with ERR if it is no expression.
 */
bool form_session_evaluate(struct form_session *session, const char *expression, json_t **value, struct err *err);

struct form_completion {
	int fields;           /* visible cells */
	int filled;           /* of them with a value */
	int required;         /* that must be filled as things stand */
	int required_filled;
	int faults;           /* without warnings */
};
struct form_completion form_session_completion(const struct form_session *session, size_t section);

/* What stands beside the body in the store. Caller frees the texts. */
char *form_session_title(const struct form_session *session);
char *form_session_department(const struct form_session *session);
int64_t form_session_occurred(const struct form_session *session); /* UTC; 0: not known yet */
/* Words for the search index: values of the fields that go into it, one a line. Caller frees. */
char *form_search_text(const struct definition *form, const json_t *body);

struct form_timer {
	const struct timer *timer;
	int64_t from_utc;
	int64_t due_utc; /* 0: it counts up */
	bool is_done;
};
/* The clocks to show now; *TIMERS is an array the caller frees. */
size_t form_session_timers(const struct form_session *session, struct form_timer **timers);

#endif
