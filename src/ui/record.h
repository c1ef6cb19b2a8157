/*
 * record: what the files of the record screen share.
 *
 * Layer: ui, private to record*.c.
 */
#ifndef YW_UI_RECORD_H
#define YW_UI_RECORD_H

#include "app/act.h"
#include "app/view.h"
#include "form/session.h"
#include "ui/desk.h"
#include "ui/text_lines.h"

struct record_view {
	struct desk *desk;
	struct loop *loop;
	int64_t id;
	bool in_turn;                  /* the next waiting one comes after a decision */
	struct view *view;
	struct form_session *session;  /* to read by: conditions, verdicts, what follows */
	struct act_choices *choices;
	struct text_lines lines;
	int rows, cols;
	unsigned seen;
	int64_t marked_ms;             /* when "I have this open" was last said */
	int64_t minute;
	const struct transition *pending;
	struct cell *amendable;        /* while a field to amend is chosen */
	size_t amendable_count;
	char *amend_path, *amend_value;
};

/* record_text.c: the whole record as lines. */
void record_compose(struct record_view *record);
/* record_amend.c */
enum react record_amend(struct record_view *record);
/* Every change of every field, in a viewer. */
void record_history(struct record_view *record);

#endif
