/*
 * workflow: the states a record passes and who moves it.
 *
 * Layer: model. Data only; permission.h says who may, app/ carries it out.
 */
#ifndef YW_MODEL_WORKFLOW_H
#define YW_MODEL_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "model/field.h"

/* What kind of state, for lists, colours and rules. X(ENUM, "name"). */
#define STATE_KINDS(X)                                                                             \
	X(DRAFT, "draft")       /* only its author works on it; not in the registers */            \
	X(OPEN, "open")         /* waits for somebody */                                           \
	X(SUSPENDED, "suspended") /* the clock stands still */                                     \
	X(DONE, "done")         /* filed: locked */                                                \
	X(ARCHIVED, "archived")                                                                    \
	X(REFUSED, "refused")   /* rejected, withdrawn, closed as unfounded */                     \
	X(VOID, "void")         /* number and content kept */

enum state_kind {
#define X(name, text) STATE_##name,
	STATE_KINDS(X)
#undef X
		STATE_KIND_COUNT
};

struct state {
	char *key;
	char *label, *label_en;
	enum state_kind kind;
	bool approved;          /* from here on the decision stands; before it, print says "not decided" */
	char **who;             /* roles for whose work list it waits; NULL-terminated */
	int limit_hours;        /* it should leave this state within; working hours if limit_working; 0: none */
	bool limit_working;     /* limit counts working days of 24 h skipping rest days */
	char *note;             /* shown at the head of the record while it stands here */
	int line;
};

enum reason_mode { REASON_NONE, REASON_MAY, REASON_MUST };

/*
 * Effects by name, with the fewest and most arguments: X(ENUM, "name", fewest, most).
 * The session carries out those that change the body, app/effect.c the others.
 */
#define EFFECTS(X)                                                                                 \
	X(NUMBER, "number", 0, 0)               /* allots the record's number */                   \
	X(FILING_NUMBER, "filing_number", 0, 0) /* allots the filing number */                     \
	X(SET, "set", 2, 2)                     /* field, expression */                            \
	X(CLEAR, "clear", 1, 1)                 /* field */                                        \
	X(STAMP, "stamp", 1, 1)                 /* field: gets the present time or day */          \
	X(OPEN, "open", 1, 1)                   /* form: by the definition's `follow` of that form */

enum effect_kind {
#define X(name, text, fewest, most) EFFECT_##name,
	EFFECTS(X)
#undef X
		EFFECT_KIND_COUNT
};

/* What a transition does beside changing the state, by name; arguments are the definition's words. */
struct effect {
	char *name;             /* "number", "set", "open", ... */
	enum effect_kind kind;
	char *arg1, *arg2;      /* NULL if absent */
	int line;
};

struct transition {
	char *action;           /* ASCII verb: submit, agree, return, ... */
	char *label, *label_en;
	char **from;            /* state keys, NULL-terminated; "*" any open or suspended state */
	char *to;               /* state key; "=" stays where it is */
	char **who;             /* roles, relative to the record */
	char **not_same_as;     /* earlier actions whose actor may not do this one (four eyes) */
	struct rule *gates;     /* expressions that must hold, with the rule's words */
	size_t gate_count;
	struct rule when;       /* offered only if it holds */
	char **require;         /* field or section keys ("section:KEY") that must be complete */
	bool check_all;         /* all visible fields editable so far must be valid (submit) */
	enum reason_mode reason;
	int reason_min;         /* characters */
	char *reason_default;   /* offered, never silently taken */
	char *phrases;          /* phrase list for the reason */
	bool sign;              /* asks for the password again */
	bool confirm;           /* asks before it is done */
	bool primary;           /* the one that the submit key does in this state */
	struct effect *effects;
	size_t effect_count;
	int line;
};

struct workflow {
	struct state *states;   /* the first is where a new record begins (a draft) */
	size_t state_count;
	struct transition *transitions;
	size_t transition_count;
};

/* A clock that is shown while a record is under way ("time since found", "external report due"). */
struct timer {
	char *label, *label_en;
	struct rule when;       /* shown while this holds */
	char *from_field;       /* a datetime field it counts from */
	int limit_minutes;      /* 0: counts up; else down to zero, then overdue */
	struct rule done;       /* stops when this holds */
	int line;
};

const char *timer_label(const struct timer *timer);

bool effect_kind_parse(const char *name, enum effect_kind *kind);
bool state_kind_parse(const char *name, enum state_kind *kind);
const char *state_kind_name(enum state_kind kind);
const char *state_label(const struct state *state);
const char *transition_label(const struct transition *transition);
const struct state *workflow_state(const struct workflow *workflow, const char *key);
const struct transition *workflow_transition(const struct workflow *workflow, const char *from, const char *action);
/* True if TRANSITION leaves from STATE. */
bool workflow_starts_in(const struct workflow *workflow, const struct transition *transition, const char *state);
/* True if STATE is in a NULL-terminated list of keys; NULL list: false; "*": any. */
bool workflow_list_has(char *const *list, const char *key);
void workflow_release(struct workflow *workflow);

#endif
