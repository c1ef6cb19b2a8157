/*
 * actions: the table of everything a person can do (actions.def).
 *
 * Layer: ui, private.
 */
#ifndef YW_UI_ACTIONS_H
#define YW_UI_ACTIONS_H

#include "tui/action.h"

/* Preconditions; why they do not hold is in actions.c. */
enum needs {
	NEEDS_ROW = 1,        /* something is selected */
	NEEDS_DRAFT = 2,      /* and it is a draft */
	NEEDS_WRITABLE = 4,   /* the person may write here */
	NEEDS_CHECKLIST = 8,  /* the form has a check list that may be written */
	NEEDS_FOLLOW = 16,    /* a form follows from this one now */
	NEEDS_TABLE = 32,     /* the caret is in a table that may be written */
	NEEDS_LINK = 64,      /* the record has links */
	NEEDS_SHELL = 128,    /* there is a shell to go back to */
};

enum action_id {
	ACTION_NONE,
#define X(id, name, keys, label, help, needs) ACTION_##id,
#include "ui/actions.def"
#undef X
};

/* The machinery over the table; NULL and ERR only if a key of it cannot be read (our bug). */
struct actions *ui_actions(struct err *err);
/* Those that every screen has, ended by 0. */
extern const int ui_global_actions[];

#endif
