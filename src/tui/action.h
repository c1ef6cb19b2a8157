/*
 * action: what a person can do, declared once.
 *
 * Layer: tui. The table itself is ui's (ui/actions.def, an X-macro): this is the
 * machinery on it. From the table come the keys, the footer, the F1 help, the
 * section of the man page and the reason why an action is not available.
 */
#ifndef YW_TUI_ACTION_H
#define YW_TUI_ACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "tui/key.h"

struct action {
	int id;            /* > 0; an enum of the owner of the table */
	const char *name;  /* "record-submit": in settings, scripts, the man page */
	const char *keys;  /* default keys, blanks between: "F9", "Esc F10", "1" */
	const char *label; /* N_(): one or two words for the footer; NULL keeps it out of the footer */
	const char *help;  /* N_(): a sentence for the help screen */
	unsigned needs;    /* bits that must hold, see struct action_need */
};

/* One precondition: its bit and the sentence that says why it does not hold. */
struct action_need {
	unsigned bit;
	const char *why; /* N_() */
};

/* A set of actions with their keys; tables are borrowed and outlive it. */
struct actions;

/* NULL and ERR if a key of the table cannot be read. */
struct actions *actions_new(const struct action *table, size_t count, const struct action_need *needs,
                            size_t need_count, struct err *err);
void actions_free(struct actions **actions);

const struct action *actions_get(const struct actions *actions, int id);
const struct action *actions_named(const struct actions *actions, const char *name);
/* Replaces the keys of the action NAME (a setting). */
bool actions_bind(struct actions *actions, const char *name, const char *keys, struct err *err);

/*
 * The action that KEY means on a screen with the actions IDS (ended by 0), then among
 * GLOBAL (ended by 0, may be NULL). With TAKES_TEXT, characters are text, not actions.
 * 0 if none.
 */
int actions_find(const struct actions *actions, const int *ids, const int *global, const struct key *key,
                 bool takes_text);
/* NULL if HOLDS satisfies the action; else the translated reason of the first need that does not hold. */
const char *actions_why_not(const struct actions *actions, int id, unsigned holds);
/* The first key of the action as it is shown, "" if it has none. */
char *actions_key(const struct actions *actions, int id, char buffer[KEY_NAME_SIZE]);
/* One line an action of IDS, then of GLOBAL: "F9, Ctrl-S  Submit: Sends the form to the next hand." */
void actions_help(const struct actions *actions, const int *ids, const int *global, struct str *out);
/* The table as a section of a man page (roff). */
void actions_manual(const struct actions *actions, struct str *out);

#endif
