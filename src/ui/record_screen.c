/* One record: what it says, what happened to it, what may be done with it now. */
#include <stdio.h>
#include <stdlib.h>

#include "app/edit.h"
#include "app/export.h"
#include "app/worklist.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "tui/menu.h"
#include "tui/view.h"
#include "ui/follow.h"
#include "ui/record.h"
#include "ui/screens.h"
#include "ui/step.h"

enum { HEAD_ROWS = 5, STEPS_MOST = 24, OPEN_AGAIN_MS = 30000 };

static const int actions[] = {
	ACTION_ACT, ACTION_EDIT, ACTION_AMEND, ACTION_HISTORY, ACTION_PRINT, ACTION_LINKS, 0,
};

/* --- loading */

static bool open_session(struct record_view *record, struct view *view, struct err *err)
{
	struct form_session *session = form_session_new(
		&(struct session_start){
			.form = view->form,
			.evaluator = office_evaluator(record->desk->office),
			.actor = desk_actor(record->desk),
			.record = view->record,
		},
		err);

	if (!session)
		return false;
	form_session_free(&record->session);
	record->session = session;
	return true;
}

static bool reload(void *self, struct loop *loop, struct err *err)
{
	struct record_view *record = self;
	struct office *office = record->desk->office;
	const struct actor *actor = desk_actor(record->desk);
	struct view *view = view_open_id(office, actor, record->id, err);
	struct act_choices *choices;

	(void)loop;
	if (!view)
		return false;
	choices = act_choices(office, actor, view->record, NULL, err);
	if (!choices || !open_session(record, view, err)) {
		act_choices_free(&choices);
		view_free(&view);
		return false;
	}
	view_free(&record->view);
	act_choices_free(&record->choices);
	record->view = view;
	record->choices = choices;
	if (record->cols)
		record_compose(record);
	return true;
}

static void layout(void *self, int rows, int cols)
{
	struct record_view *record = self;

	record->rows = rows;
	record->cols = cols;
	record_compose(record);
}

/* --- painting */

static void paint_state(struct record_view *record, struct pane *pane)
{
	const struct view *view = record->view;
	struct str line = STR_INIT;
	char span[32];
	bool overdue = view->due_utc && view->due_utc < clock_now();

	str_addf(&line, _("State: %s"), state_label(view->state));
	if (view->due_utc)
		str_addf(&line, overdue ? _("  !! overdue by %s") : _("  due in %s"),
		         desk_span(view->due_utc - clock_now(), span, sizeof span));
	for (size_t i = 0; i < view->timer_count; i++) {
		const struct view_timer *timer = &view->timers[i];

		str_addf(&line, "  %s%s %s%s", timer->limited && timer->seconds < 0 && !timer->stopped ? "!! " : "", timer->label,
		         timer->limited && timer->seconds < 0 ? "-" : "", desk_span(timer->seconds, span, sizeof span));
	}
	if (!str_is_empty(view->others))
		str_addf(&line, _("  also open: %s"), view->others);
	draw_cell(pane, 2, 1, record->cols - 2, overdue ? STYLE_FAIL : STYLE_LABEL, str_text(&line));
	str_release(&line);
}

/* "1 Agree  2 Return": one key a step. */
static size_t allowed(const struct record_view *record, const struct transition **steps)
{
	const struct act_choice *items[STEPS_MOST];
	size_t count;

	step_order(record->choices, items, STEPS_MOST, &count);
	for (size_t i = 0; i < count; i++)
		steps[i] = items[i]->transition;
	return count;
}

static void paint_steps(struct record_view *record, struct pane *pane)
{
	const struct transition *steps[STEPS_MOST];
	size_t count = allowed(record, steps);
	int col = 1;
	char digit[8];

	draw_clear_rect(pane, (struct rect){ 3, 0, 1, record->cols });
	for (size_t i = 0; i < count && i < 9 && col < record->cols - 6; i++) {
		snprintf(digit, sizeof digit, "%zu", i + 1);
		col += draw_text(pane, 3, col, 2, STYLE_KEY, digit);
		col += 1 + draw_text(pane, 3, col + 1, record->cols - col - 2, STYLE_TEXT, transition_label(steps[i]));
		col += 2;
	}
	if (!count)
		draw_text(pane, 3, col, record->cols - 2, STYLE_DIM, _("Nothing is yours to decide here now (F9 says why)."));
	draw_hline(pane, 4, 0, record->cols);
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct record_view *record = self;
	const struct record *facts = record->view->record;
	char *title = str_format("%s · %s", definition_name(record->view->form), facts->number ? facts->number : _("draft"));

	(void)whole;
	desk_head(record->desk, pane, title);
	free(title);
	paint_state(record, pane);
	paint_steps(record, pane);
	text_lines_paint(&record->lines, pane, (struct rect){ HEAD_ROWS, 1, record->rows - HEAD_ROWS, record->cols - 1 });
	draw_caret(pane, HEAD_ROWS, 1);
}

/* --- steps */

static enum react next_in_turn(struct record_view *record)
{
	struct worklist *work = worklist_load(record->desk->office, desk_actor(record->desk), NULL);
	int64_t next = 0;

	/* Its next step may be the same person's. */
	for (size_t i = 0; work && i < work->waiting_count; i++)
		if (!next || work->waiting[i].record == record->id)
			next = work->waiting[i].record;
	worklist_free(&work);
	if (!next)
		return REACT_CLOSE;
	if (next == record->id)
		return REACT_RELOAD;
	view_mark_closed(record->desk->office, desk_actor(record->desk), record->id);
	record->id = next;
	record->lines.top = 0;
	return REACT_RELOAD;
}

static enum react step_done(void *owner, struct loop *loop, const struct act_result *result, const struct err *err)
{
	struct record_view *record = owner;

	if (err) {
		struct str text = STR_INIT;
		size_t i;
		json_t *fault;

		str_add(&text, err->text);
		json_array_foreach(result->faults, i, fault)
			str_addf(&text, "\n· %s", json_string_value(json_object_get(fault, "message")));
		dialog_message(loop, STYLE_FAIL, _("Not done"), str_text(&text));
		str_release(&text);
		return REACT_RELOAD;
	}
	step_notice(loop, record->pending, result);
	if (result->opened) {
		editor_resume(record->desk, loop, result->opened);
		return REACT_RELOAD;
	}
	return record->in_turn ? next_in_turn(record) : REACT_RELOAD;
}

static enum react start(struct record_view *record, size_t index)
{
	const struct transition *steps[STEPS_MOST];

	if (index >= allowed(record, steps))
		return REACT_IGNORED;
	record->pending = steps[index];
	return step_start(record->desk, record->loop,
	                  &(struct step_options){
				  .transition = steps[index], .record = record->id, .done = step_done, .owner = record });
}

static enum react step_chosen(void *owner, struct loop *loop, size_t index)
{
	struct record_view *record = owner;
	record->loop = loop;
	return start(record, index);
}

/* All steps that begin here: those that are not this person's say why. */
static enum react ask_step(struct record_view *record)
{
	const struct act_choice *shown[STEPS_MOST];
	struct menu_item items[STEPS_MOST];
	size_t allowed_count, count = step_order(record->choices, shown, STEPS_MOST, &allowed_count);

	if (!count) {
		loop_notice(record->loop, STYLE_DIM, "%s", _("This record has come to its end: nothing more is to be done."));
		return REACT_PAINT;
	}
	for (size_t i = 0; i < count; i++)
		items[i] = (struct menu_item){ transition_label(shown[i]->transition), shown[i]->allowed ? NULL : shown[i]->why_not };
	menu_open(record->loop, _("What is to be done?"), items, count, step_chosen, record);
	return REACT_PAINT;
}

/* --- the other keys */

static enum react fill_in(struct record_view *record)
{
	struct err err = { 0 };
	struct edit *edit = edit_of_record(record->desk->office, desk_actor(record->desk), record->id, &err);

	if (edit)
		editor_screen(record->desk, record->loop, edit);
	else
		loop_notice_err(record->loop, &err);
	return REACT_PAINT;
}

static enum react print(struct record_view *record)
{
	struct err err = { 0 };
	char *written = NULL;

	if (export_record(record->desk->office, desk_actor(record->desk), record->id, NULL, &written, &err))
		loop_notice(record->loop, STYLE_OK, _("The page lies in %s."), written);
	else
		loop_notice_err(record->loop, &err);
	free(written);
	return REACT_RELOAD;
}

static enum react link_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct record_view *record = owner;

	(void)text;
	if (!count)
		return REACT_REDRAW;
	if (picked[0] < record->view->link_count)
		record_screen(record->desk, loop, record->view->links[picked[0]].record);
	else
		follow_open(record->desk, loop, record->session, record->id);
	return REACT_REDRAW;
}

/* The records that belong to this one, and the form that may follow from it. */
static enum react links(struct record_view *record)
{
	const struct follow *follow = follow_of(record->session);
	size_t count = record->view->link_count;
	struct choice_item *items = mem_zeroed(count + 1, sizeof *items);

	for (size_t i = 0; i < count; i++)
		items[i] = (struct choice_item){ record->view->links[i].number, record->view->links[i].title, false };
	if (follow)
		items[count++] = (struct choice_item){ follow_label(follow), _("new"), false };
	choice_open(record->loop, &(struct choice_options){
		.title = _("Belongs to it"), .items = items, .count = count, .done = link_chosen, .owner = record });
	free(items);
	return REACT_PAINT;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct record_view *record = self;

	record->loop = loop;
	switch (action) {
	case ACTION_BACK:
		return REACT_CLOSE;
	case ACTION_EDIT:
		return fill_in(record);
	case ACTION_AMEND:
		return record_amend(record);
	case ACTION_HISTORY:
		record_history(record);
		return REACT_PAINT;
	case ACTION_PRINT:
		return print(record);
	case ACTION_LINKS:
		return links(record);
	case ACTION_ACT:
		return ask_step(record);
	default:
		break;
	}
	if (key && key->kind == KEY_TEXT && key->len == 1 && key->text[0] >= '1' && key->text[0] <= '9')
		return start(record, (size_t)(key->text[0] - '1'));
	return text_lines_key(&record->lines, key, record->rows - HEAD_ROWS) ? REACT_PAINT : REACT_IGNORED;
}

static enum react tick(void *self, struct loop *loop, int64_t now_ms)
{
	struct record_view *record = self;
	int64_t minute = clock_now() / 60;
	bool moved = minute != record->minute;

	record->minute = minute;
	if (now_ms - record->marked_ms >= OPEN_AGAIN_MS) {
		record->marked_ms = now_ms;
		view_mark_open(record->desk->office, desk_actor(record->desk), record->id, false, NULL);
	}
	if (desk_changed(record->desk, loop, &record->seen))
		return REACT_RELOAD;
	return moved ? REACT_PAINT : REACT_NONE;
}

/* The editor that lay over it has said that the record is closed. */
static enum react resumed(void *self, struct loop *loop)
{
	struct record_view *record = self;

	record->marked_ms = loop_now_ms(loop);
	view_mark_open(record->desk->office, desk_actor(record->desk), record->id, false, NULL);
	return REACT_RELOAD;
}

static unsigned holds(const void *self)
{
	const struct record_view *record = self;
	unsigned bits = record->view->may_edit ? NEEDS_WRITABLE : 0;

	if (record->view->link_count || follow_of(record->session))
		bits |= NEEDS_LINK;
	return bits;
}

static void on_leave(void *self, struct loop *loop, enum leave why)
{
	struct record_view *record = self;

	(void)loop;
	(void)why;
	view_mark_closed(record->desk->office, desk_actor(record->desk), record->id);
}

static void record_view_free(void *self)
{
	struct record_view *record = self;

	view_free(&record->view);
	form_session_free(&record->session);
	act_choices_free(&record->choices);
	text_lines_release(&record->lines);
	free(record->amendable);
	free(record->amend_path);
	free(record->amend_value);
	free(record);
}

static const struct screen screen = {
	.name = "record",
	.flags = SCREEN_TICKS,
	.actions = actions,
	.reload = reload,
	.layout = layout,
	.paint = paint,
	.handle = handle,
	.tick = tick,
	.resumed = resumed,
	.holds = holds,
	.leave = on_leave,
	.free = record_view_free,
};

static void open_record(struct desk *desk, struct loop *loop, int64_t id, bool in_turn)
{
	struct record_view *record = mem_new(struct record_view);
	struct err err = { 0 };

	record->desk = desk;
	record->loop = loop;
	record->id = id;
	record->in_turn = in_turn;
	record->seen = desk->changes;
	record->marked_ms = loop_now_ms(loop);
	if (!reload(record, loop, &err)) {
		loop_notice_err(loop, &err);
		record_view_free(record);
		return;
	}
	view_mark_open(desk->office, desk_actor(desk), id, false, NULL);
	loop_push(loop, &screen, record);
}

void record_screen(struct desk *desk, struct loop *loop, int64_t record)
{
	open_record(desk, loop, record, false);
}

void record_screen_in_turn(struct desk *desk, struct loop *loop, int64_t record)
{
	open_record(desk, loop, record, true);
}
