/* The work bench: what is due today, what waits for me, my drafts, this month. */
#include <stdio.h>
#include <stdlib.h>

#include "app/list.h"
#include "app/worklist.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/dialog.h"
#include "tui/view.h"
#include "ui/panel.h"
#include "ui/screens.h"

enum { PANEL_DUE, PANEL_WAITING, PANEL_DRAFTS, PANEL_COUNT };
enum { TALLIES_MOST = 12, TALLY_MOST = 999 };

/* What there is of one form, counted up to TALLY_MOST. */
struct tally {
	const struct definition *form;
	int month, open;
};

struct bench {
	struct desk *desk;
	struct worklist *work;
	struct panel panels[PANEL_COUNT];
	struct rect month;
	struct tally tallies[TALLIES_MOST];
	size_t tally_count;
	size_t focus;
	unsigned seen;
	int cols;
	int64_t minute;        /* of the clock in the header */
};

static const int actions[] = {
	ACTION_FIRST, ACTION_NEW, ACTION_LIST, ACTION_PEOPLE, ACTION_REGULATION, ACTION_REPORTS, ACTION_SEARCH,
	ACTION_ADMIN, ACTION_OPEN, ACTION_PANEL, ACTION_PANEL_BACK, ACTION_DROP_DRAFT, 0,
};

/* --- what the panels say */

static bool is_of_today(const struct work_due *due)
{
	char then[CLOCK_DAY_SIZE], today[CLOCK_DAY_SIZE];

	return strcmp(clock_day(due->due_utc, then), clock_day(clock_now(), today)) >= 0;
}

static void add_due(struct bench *bench, size_t i)
{
	const struct work_due *due = &bench->work->due[i];
	char when[24];
	char *text = str_format("%s%s", due->overdue && !due->done ? "!! " : "   ", due->title);
	char *right = due->done       ? str_format("%s", _("done"))
	              : due->draft   ? str_format("%s", _("begun"))
	              : due->due_utc ? str_format(_("by %s"), desk_time(due->due_utc, when, sizeof when))
	                             : str_format("%s", _("today"));

	panel_add(&bench->panels[PANEL_DUE], (int64_t)i + 1, text, NULL, right,
	          due->done ? STYLE_DIM : due->overdue ? STYLE_FAIL : STYLE_TEXT);
	free(text);
	free(right);
}

/* Today's before what is left of the days before. */
static void fill_due(struct bench *bench)
{
	for (int today = 1; today >= 0; today--)
		for (size_t i = 0; i < bench->work->due_count; i++)
			if (is_of_today(&bench->work->due[i]) == (today == 1))
				add_due(bench, i);
}

static void fill_waiting(struct bench *bench)
{
	char span[32];

	for (size_t i = 0; i < bench->work->waiting_count; i++) {
		const struct work_waiting *wait = &bench->work->waiting[i];
		char *first = str_format("%s%s", wait->overdue ? "!! " : "", wait->number ? wait->number : "");
		char *waited = str_format(_("waits %s"), desk_span(clock_now() - wait->since_utc, span, sizeof span));
		char *second = str_format("%s · %s · %s", waited, wait->department, wait->title);

		/* The number whole, at 80 columns too: it is what people name a record by. */
		panel_add(&bench->panels[PANEL_WAITING], wait->record, first, second, wait->state,
		          wait->overdue ? STYLE_FAIL : STYLE_TEXT);
		free(first);
		free(second);
		free(waited);
	}
}

static void fill_drafts(struct bench *bench)
{
	const struct edit_list *drafts = bench->work->drafts;
	char when[24];

	for (size_t i = 0; drafts && i < drafts->count; i++) {
		const struct edit_row *row = &drafts->rows[i];
		const struct definition *form = office_form(bench->desk->office, row->form);
		char *text = str_format("%s %s", form ? definition_name(form) : row->form,
		                        row->number ? row->number : row->title ? row->title : "");

		panel_add(&bench->panels[PANEL_DRAFTS], row->id, text, NULL, desk_time(row->saved_utc, when, sizeof when), STYLE_TEXT);
		free(text);
	}
}

static bool count_forms(struct bench *bench, struct err *err)
{
	struct office *office = bench->desk->office;
	const struct actor *actor = desk_actor(bench->desk);
	char month[CLOCK_DAY_SIZE];

	clock_day(clock_now(), month);
	month[7] = '\0';
	bench->tally_count = 0;
	for (size_t i = 0; i < office_form_count(office) && bench->tally_count < TALLIES_MOST; i++) {
		struct tally *tally = &bench->tallies[bench->tally_count++];

		tally->form = office_form_at(office, i);
		if (!list_count(office, actor, &(struct list_query){ .form = tally->form->id, .month = month }, TALLY_MOST,
		                &tally->month, err) ||
		    !list_count(office, actor, &(struct list_query){ .form = tally->form->id, .state = "open" }, TALLY_MOST,
		                &tally->open, err))
			return false;
	}
	return true;
}

static bool reload(void *self, struct loop *loop, struct err *err)
{
	struct bench *bench = self;
	struct worklist *work = worklist_load(bench->desk->office, desk_actor(bench->desk), err);
	int64_t selected[PANEL_COUNT];

	(void)loop;
	if (!work)
		return false;
	worklist_free(&bench->work);
	bench->work = work;
	for (size_t i = 0; i < PANEL_COUNT; i++) {
		const struct entry *entry = panel_selected(&bench->panels[i]);

		selected[i] = entry ? entry->id : 0;
		panel_clear(&bench->panels[i]);
	}
	fill_due(bench);
	fill_waiting(bench);
	fill_drafts(bench);
	for (size_t i = 0; i < PANEL_COUNT; i++)
		panel_select(&bench->panels[i], selected[i]);
	return count_forms(bench, err);
}

/* Words that need the language are set here, not at the start of the program. */
static void layout(void *self, int rows, int cols)
{
	struct bench *bench = self;
	int left = cols / 2, top = 2, upper = (rows - top) * 3 / 5;
	int lower = rows - top - upper;

	bench->cols = cols;
	bench->panels[PANEL_DUE].rect = (struct rect){ top, 0, upper, left };
	bench->panels[PANEL_WAITING].rect = (struct rect){ top, left, upper, cols - left };
	bench->panels[PANEL_DRAFTS].rect = (struct rect){ top + upper, 0, lower, left };
	bench->month = (struct rect){ top + upper, left, lower, cols - left };
	bench->panels[PANEL_DUE].title = _("Due today");
	bench->panels[PANEL_DUE].empty = _("Nothing is due today.");
	bench->panels[PANEL_WAITING].title = _("Waiting for me");
	bench->panels[PANEL_WAITING].empty = _("Nothing waits for you.");
	bench->panels[PANEL_DRAFTS].title = _("My drafts");
	bench->panels[PANEL_DRAFTS].empty = _("No drafts.");
}

/* The rest day's line: what comes next, so that nobody wonders whether the list is whole. */
static void paint_next(const struct bench *bench, struct pane *pane)
{
	const struct panel *panel = &bench->panels[PANEL_DUE];
	int row = panel->rect.row + 2 + (int)panel->count;
	char when[24];
	char *text;

	if (!bench->work->next.title || row >= panel->rect.row + panel->rect.rows - 1)
		return;
	for (size_t i = 0; i < bench->work->due_count; i++)
		if (!bench->work->due[i].done)
			return;
	text = str_format(_("Next: %s, by %s"), bench->work->next.title,
	                  desk_time(bench->work->next.due_utc, when, sizeof when));
	draw_wrapped(pane, (struct rect){ row, panel->rect.col + 3, panel->rect.row + panel->rect.rows - 1 - row,
	                                  panel->rect.cols - 4 }, STYLE_DIM, text);
	free(text);
}

static void paint_duties(const struct bench *bench, struct pane *pane, struct rect at)
{
	int due = bench->work->month.due, done = bench->work->month.done;
	int permille = due > 0 ? done * 1000 / due : 1000;
	char text[160];

	snprintf(text, sizeof text, _("due %d  done %d  missed %d  late %d"), due, done, bench->work->month.missed,
	         bench->work->month.late);
	draw_text(pane, at.row, at.col, at.cols, STYLE_TEXT, text);
	draw_bar(pane, at.row + 1, at.col, at.cols - 6, permille);
	snprintf(text, sizeof text, "%3d%%", permille / 10);
	draw_cell_right(pane, at.row + 1, at.col + at.cols - 5, 5, STYLE_TEXT, text);
}

static void paint_month(const struct bench *bench, struct pane *pane)
{
	struct rect at = bench->month;
	int row = at.row + 1;

	draw_frame(pane, at, _("This month"));
	/* Who has no duties has no bar. */
	if (bench->work->month.due > 0 && at.rows >= 4) {
		paint_duties(bench, pane, (struct rect){ row, at.col + 2, 2, at.cols - 4 });
		row += 2;
	}
	for (size_t i = 0; i < bench->tally_count && row < at.row + at.rows - 1; i++, row++) {
		const struct tally *tally = &bench->tallies[i];
		char *text = str_format(tally->open ? _("%s: %d, not done yet %d") : _("%s: %d"), definition_name(tally->form),
		                        tally->month, tally->open);

		draw_text(pane, row, at.col + 2, at.cols - 4, STYLE_TEXT, text);
		free(text);
	}
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct bench *bench = self;
	char *title = str_format("%s · %s", _("Work bench"), office_bureau(bench->desk->office));

	(void)whole;
	desk_head(bench->desk, pane, title);
	free(title);
	for (size_t i = 0; i < PANEL_COUNT; i++)
		panel_paint(&bench->panels[i], pane, i == bench->focus);
	if (bench->work) {
		paint_next(bench, pane);
		paint_month(bench, pane);
	}
	if (!panel_selected(&bench->panels[bench->focus]))
		draw_caret(pane, bench->panels[bench->focus].rect.row + 1, bench->panels[bench->focus].rect.col + 1);
}

/* --- what is opened */

static void open_due(struct bench *bench, struct loop *loop, const struct work_due *due)
{
	const struct definition *form;

	if (due->draft) {
		editor_resume(bench->desk, loop, due->draft);
	} else if (due->record) {
		record_screen(bench->desk, loop, due->record);
	} else if ((form = office_form(bench->desk->office, due->form))) {
		if (is_of_today(due))
			editor_new(bench->desk, loop, form);
		else
			editor_new_late(bench->desk, loop, form, due->due_utc);
	}
}

/* The first thing that is not done yet; what is done already comes only after it. */
static void open_first(struct bench *bench, struct loop *loop)
{
	const struct panel *panel = &bench->panels[PANEL_DUE];

	for (size_t i = 0; i < panel->count; i++) {
		const struct work_due *due = &bench->work->due[panel->entries[i].id - 1];

		if (!due->done) {
			open_due(bench, loop, due);
			return;
		}
	}
	if (bench->work->waiting_count)
		record_screen_in_turn(bench->desk, loop, bench->work->waiting[0].record);
	else
		loop_notice(loop, STYLE_OK, "%s", _("Everything that was due is done."));
}

static void open_selected(struct bench *bench, struct loop *loop)
{
	const struct entry *entry = panel_selected(&bench->panels[bench->focus]);

	if (!entry)
		return;
	if (bench->focus == PANEL_DUE)
		open_due(bench, loop, &bench->work->due[entry->id - 1]);
	else if (bench->focus == PANEL_WAITING)
		record_screen_in_turn(bench->desk, loop, entry->id);
	else
		editor_resume(bench->desk, loop, entry->id);
}

static enum react dropped(void *owner, struct loop *loop, bool yes)
{
	struct bench *bench = owner;
	const struct entry *entry = panel_selected(&bench->panels[PANEL_DRAFTS]);
	struct err err = { 0 };

	if (!yes || !entry)
		return REACT_REDRAW;
	if (!edit_discard(bench->desk->office, desk_actor(bench->desk), entry->id, &err))
		loop_notice_err(loop, &err);
	return REACT_RELOAD;
}

static enum react sure_to_leave(void *owner, struct loop *loop, bool yes)
{
	(void)owner;
	(void)loop;
	return yes ? REACT_QUIT : REACT_REDRAW;
}

static enum react move_focus(struct bench *bench, size_t by)
{
	bench->focus = (bench->focus + by) % PANEL_COUNT;
	return REACT_PAINT;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct bench *bench = self;
	struct desk *desk = bench->desk;

	switch (action) {
	case ACTION_FIRST:
		open_first(bench, loop);
		return REACT_NONE;
	case ACTION_NEW:
		new_screen(desk, loop);
		return REACT_NONE;
	case ACTION_LIST:
		list_screen(desk, loop, NULL);
		return REACT_NONE;
	case ACTION_PEOPLE:
		people_screen(desk, loop);
		return REACT_NONE;
	case ACTION_REGULATION:
		regulation_screen(desk, loop, 0);
		return REACT_NONE;
	case ACTION_REPORTS:
		reports_screen(desk, loop);
		return REACT_NONE;
	case ACTION_SEARCH:
		search_screen(desk, loop, NULL);
		return REACT_NONE;
	case ACTION_ADMIN:
		admin_screen(desk, loop);
		return REACT_NONE;
	case ACTION_OPEN:
		open_selected(bench, loop);
		return REACT_NONE;
	case ACTION_PANEL:
		return move_focus(bench, 1);
	case ACTION_PANEL_BACK:
		return move_focus(bench, PANEL_COUNT - 1);
	case ACTION_DROP_DRAFT:
		dialog_confirm(loop, _("Throw this draft away for good? What was typed in it is lost."), true, dropped, bench);
		return REACT_NONE;
	case ACTION_BACK:
		dialog_confirm(loop, _("Leave the program? Drafts are kept."), false, sure_to_leave, bench);
		return REACT_NONE;
	default:
		break;
	}
	if (key && key_is(key, K_RIGHT, 0))
		return move_focus(bench, 1);
	if (key && key_is(key, K_LEFT, 0))
		return move_focus(bench, PANEL_COUNT - 1);
	return panel_key(&bench->panels[bench->focus], key) ? REACT_PAINT : REACT_IGNORED;
}

static enum react tick(void *self, struct loop *loop, int64_t now_ms)
{
	struct bench *bench = self;
	int64_t minute = clock_now() / 60;
	bool moved = minute != bench->minute;

	(void)now_ms;
	bench->minute = minute;
	if (desk_changed(bench->desk, loop, &bench->seen))
		return REACT_RELOAD;
	return moved ? REACT_PAINT : REACT_NONE;
}

static enum react resumed(void *self, struct loop *loop)
{
	(void)self;
	(void)loop;
	return REACT_RELOAD;
}

static unsigned holds(const void *self)
{
	const struct bench *bench = self;
	unsigned bits = panel_selected(&bench->panels[bench->focus]) ? NEEDS_ROW : 0;

	/* "First" looks through all panels and says itself when nothing is left. */
	if (bench->work && (bench->work->due_count || bench->work->waiting_count))
		bits |= NEEDS_ROW;
	if (bench->focus == PANEL_DRAFTS && panel_selected(&bench->panels[PANEL_DRAFTS]))
		bits |= NEEDS_DRAFT;
	return bits;
}

static void bench_free(void *self)
{
	struct bench *bench = self;

	worklist_free(&bench->work);
	for (size_t i = 0; i < PANEL_COUNT; i++)
		panel_clear(&bench->panels[i]);
	free(bench);
}

static const struct screen screen = {
	.name = "bench",
	.flags = SCREEN_TICKS,
	.actions = actions,
	.reload = reload,
	.layout = layout,
	.paint = paint,
	.handle = handle,
	.tick = tick,
	.resumed = resumed,
	.holds = holds,
	.free = bench_free,
};

/* --- the drafts that a cut line left */

static enum react draft_answer(void *owner, struct loop *loop, size_t answer)
{
	struct bench *bench = owner;
	const struct edit_list *drafts = bench->work ? bench->work->drafts : NULL;

	if (!drafts || !drafts->count)
		return REACT_REDRAW;
	if (answer == 0) {
		editor_resume(bench->desk, loop, drafts->rows[0].id);
	} else if (answer == 2) {
		bench->focus = PANEL_DRAFTS;
		bench->panels[PANEL_DRAFTS].selected = 0;
		dialog_confirm(loop, _("Throw this draft away for good? What was typed in it is lost."), true, dropped, bench);
	} else {
		bench->focus = PANEL_DRAFTS;
	}
	return REACT_REDRAW;
}

static void offer_draft(struct bench *bench, struct loop *loop)
{
	const struct edit_row *row = &bench->work->drafts->rows[0];
	const struct definition *form = office_form(bench->desk->office, row->form);
	char when[24];
	char *text = str_format(_("An unfinished form is there:\n%s %s\nlast typed %s."), form ? definition_name(form) : row->form,
	                        row->number ? row->number : row->title ? row->title : "",
	                        desk_time(row->saved_utc, when, sizeof when));

	dialog_ask(loop, &(struct dialog_options){
		.title = _("Go on where you were?"),
		.text = text,
		.buttons = { _("Go on"), _("Later"), _("Throw away") },
		.count = 3,
		.done = draft_answer,
		.owner = bench,
	});
	free(text);
}

void bench_screen(struct desk *desk, struct loop *loop)
{
	struct bench *bench = mem_new(struct bench);
	struct err err = { 0 };

	bench->desk = desk;
	bench->seen = desk->changes;
	if (!reload(bench, loop, &err))
		loop_notice_err(loop, &err);
	/* Where there is something to do. */
	while (bench->focus < PANEL_COUNT - 1 && !bench->panels[bench->focus].count)
		bench->focus++;
	if (!bench->panels[bench->focus].count)
		bench->focus = PANEL_DUE;
	loop_push(loop, &screen, bench);
	if (bench->work && bench->work->drafts && bench->work->drafts->count)
		offer_draft(bench, loop);
}
