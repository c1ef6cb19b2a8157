/*
 * view: one record with everything around it, for a person who may see it.
 *
 * Layer: app. The definition is the version that the record was filed under.
 */
#ifndef YW_APP_VIEW_H
#define YW_APP_VIEW_H

#include "app/office.h"
#include "model/record.h"

struct view_event {           /* one journal entry, oldest first */
	int64_t seq, at_utc;
	char *person, *acting_for, *origin;
	char *action;             /* ASCII verb */
	char *label;              /* as the form words it */
	char *from, *to;          /* labels of the states; "" if it stayed */
	char *note;
	json_t *changes;          /* {"key": [old, new]} or NULL */
	int64_t waited_s;         /* since the event before; 0 for the first */
};
struct view_link { int64_t record; char *number, *title, *relation; bool outgoing; };
struct view_attachment { int64_t id, size; char *name, *sm3, *by; int64_t at_utc; };
struct view_timer {
	char *label;
	int64_t seconds;          /* elapsed, or left if limited (negative: overdue) */
	bool limited, stopped;
};
struct view {
	struct record *record;
	const struct definition *form; /* borrowed from the office */
	const struct state *state;
	struct view_event *events;
	size_t event_count;
	struct view_link *links;
	size_t link_count;
	struct view_attachment *attachments;
	size_t attachment_count;
	struct view_timer *timers;
	size_t timer_count;
	int64_t due_utc;          /* when it should leave this state; 0: no limit */
	bool may_edit;            /* the actor may write at least one field now */
	char *others;             /* who else has it open, names; "" if nobody */
};

/* WHICH: number, ASCII code, filing number, or "#id". ERR_REFUSED if there is none, ERR_DENIED if he may not see it. */
struct view *view_open(struct office *office, const struct actor *actor, const char *which, struct err *err);
struct view *view_open_id(struct office *office, const struct actor *actor, int64_t record, struct err *err);
void view_free(struct view **view);

/* "I have this open" (EDITING: to write); to be repeated every 30 s, forgotten after 90 s. */
bool view_mark_open(struct office *office, const struct actor *actor, int64_t record, bool editing, struct err *err);
void view_mark_closed(struct office *office, const struct actor *actor, int64_t record);

#endif
