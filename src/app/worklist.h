/*
 * worklist: what the work bench shows.
 *
 * Layer: app.
 */
#ifndef YW_APP_WORKLIST_H
#define YW_APP_WORKLIST_H

#include "app/edit.h"

struct work_due {             /* to do today: a form that has to be filed */
	int64_t id;               /* of the duty's due date; 0 if it comes from the form alone */
	char *form, *title;
	int64_t due_utc;
	bool done, overdue;
	int64_t record;           /* with which it was done; 0 */
	int64_t draft;            /* begun already; 0 */
};
struct work_waiting {         /* a record that waits for the actor */
	int64_t record;
	char *form, *number, *title, *department, *state;  /* state: its label */
	int64_t since_utc, due_utc;
	bool overdue;
};
struct worklist {
	struct work_due *due;
	size_t due_count;
	struct work_waiting *waiting;  /* longest waiting first, at most 200 */
	size_t waiting_count;
	struct edit_list *drafts;
	struct { int due, done, missed, late; } month; /* this month's duties up to now */
	struct { char *title; int64_t due_utc; } next;  /* the actor's next duty after today; NULL: none */
};

struct worklist *worklist_load(struct office *office, const struct actor *actor, struct err *err);
void worklist_free(struct worklist **list);

/* How many records wait for ACTOR. Cheap enough for every change. */
int worklist_count(struct office *office, const struct actor *actor);

#endif
