/* Records in a table: one for all lists, whatever the form. */
#include <stdio.h>
#include <stdlib.h>

#include "app/export.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/view.h"
#include "ui/list.h"
#include "ui/screens.h"
#include "ui/work_job.h"

enum { HEAD_ROWS = 3 };

static const int actions[] = {
	ACTION_CLEAR, ACTION_FILTER, ACTION_FORM, ACTION_MONTH, ACTION_STATE, ACTION_DEPARTMENT, ACTION_SORT,
	ACTION_EXPORT, ACTION_BENCH, ACTION_NEW, 0,
};

/* --- the table's source */

static const char *key_of(const struct list_view *list, int64_t id)
{
	for (size_t i = 0; i < LIST_KEYS; i++)
		if (list->keys[i].id == id && list->keys[i].key)
			return list->keys[i].key;
	return NULL;
}

static void remember(struct list_view *list, int64_t id, const char *key)
{
	if (key_of(list, id))
		return;
	free(list->keys[list->next_key].key);
	list->keys[list->next_key].id = id;
	list->keys[list->next_key].key = mem_text(key);
	list->next_key = (list->next_key + 1) % LIST_KEYS;
}

static void forget_keys(struct list_view *list)
{
	for (size_t i = 0; i < LIST_KEYS; i++) {
		free(list->keys[i].key);
		list->keys[i].key = NULL;
		list->keys[i].id = 0;
	}
}

static struct list_page *load_page(struct list_view *list, enum table_from from, int64_t id, size_t count, struct err *err)
{
	struct office *office = list->desk->office;
	const struct actor *actor = desk_actor(list->desk);
	const char *key = id ? key_of(list, id) : NULL;

	switch (from) {
	case TABLE_AT:
		return key ? list_reload(office, actor, &list->query, key, count, err)
		           : list_load(office, actor, &list->query, NULL, false, count, err);
	case TABLE_BEFORE:
		return list_load(office, actor, &list->query, key, true, count, err);
	case TABLE_LAST: {
		return list_load(office, actor, &list->query, NULL, true, count, err);
	}
	default:
		return list_load(office, actor, &list->query, key, false, count, err);
	}
}

static enum style row_style(const struct list_view *list, const struct list_row *row)
{
	const struct definition *form = office_form(list->desk->office, row->form);
	const struct state *state = form ? workflow_state(&form->workflow, row->state) : NULL;

	if (state && (state->kind == STATE_VOID || state->kind == STATE_REFUSED))
		return STYLE_DIM;
	return row->late ? STYLE_WARN : STYLE_TEXT;
}

static bool rows(void *data, enum table_from from, int64_t id, size_t count, struct table_row *out, size_t *got,
                 struct err *err)
{
	struct list_view *list = data;
	struct list_page *page = load_page(list, from, id, count, err);

	if (!page)
		return false;
	for (size_t i = 0; i < page->count; i++) {
		const struct list_row *row = &page->rows[i];

		out[i].id = row->id;
		out[i].style = row_style(list, row);
		for (size_t c = 0; c < page->column_count && c < TABLE_COLUMNS_MOST; c++)
			out[i].cells[c] = mem_text(row->cells[c] ? row->cells[c] : "");
		remember(list, row->id, row->key);
	}
	*got = page->count;
	list_page_free(&page);
	return true;
}

/* --- columns and filters */

/* Headings and widths are those of the form; what fits no more is left out at the right; room to spare is the title's. */
static bool load_columns(struct list_view *list, struct err *err)
{
	const struct definition *form = list->query.form ? office_form(list->desk->office, list->query.form) : NULL;
	struct list_page *page = list_load(list->desk->office, desk_actor(list->desk), &list->query, NULL, false, 1, err);
	size_t widest = 0, roomy = SIZE_MAX;

	if (!page)
		return false;
	free(list->columns);
	list->column_count = page->column_count;
	list->columns = mem_zeroed(page->column_count + 1, sizeof *list->columns);
	for (size_t i = 0; i < page->column_count; i++) {
		const int width = page->columns[i].width;

		list->columns[i] = (struct table_column){ .title = list_heading(form, page->columns[i].key),
			                                  .min_cols = width, .max_cols = width, .weight = width };
		if (str_equal(page->columns[i].key, "title"))
			roomy = i;
		if (width > page->columns[widest].width)
			widest = i;
	}
	if (page->column_count)
		list->columns[roomy == SIZE_MAX ? widest : roomy].max_cols = 0;
	list_page_free(&page);
	return true;
}

enum react list_requery(struct list_view *list, bool columns)
{
	struct err err = { 0 };
	bool ok = true;

	list->query = (struct list_query){ list->form, list->state, list->month, list->department, list->text,
		                           list->query.sort, list->query.ascending };
	forget_keys(list);
	if (columns)
		ok = load_columns(list, &err) && table_set_columns(list->table, list->columns, list->column_count, &err);
	ok = ok && table_go_first(list->table, &err);
	ok = ok && list_count(list->desk->office, desk_actor(list->desk), &list->query, LIST_COUNT_MOST, &list->count, &err);
	if (!ok)
		loop_notice_err(list->loop, &err);
	return REACT_LAYOUT;
}

static enum react clear_filters(struct list_view *list)
{
	free(list->form);
	free(list->state);
	free(list->month);
	free(list->department);
	free(list->text);
	list->form = list->state = list->month = list->department = list->text = NULL;
	return list_requery(list, true);
}

static enum react next_sort(struct list_view *list)
{
	static const char *const names[] = { N_("newest first"), N_("by number"), N_("changed last"), N_("by department") };
	unsigned next = ((unsigned)list->query.sort + 1) % (sizeof names / sizeof *names);

	list->query.sort = (enum list_sort)next;
	list->query.ascending = next == LIST_BY_NUMBER || next == LIST_BY_DEPARTMENT;
	loop_notice(list->loop, STYLE_DIM, _("Sorted %s."), _(names[next]));
	return list_requery(list, false);
}

/* --- the screen */

static bool reload(void *self, struct loop *loop, struct err *err)
{
	struct list_view *list = self;

	(void)loop;
	return table_reload(list->table, err) &&
	       list_count(list->desk->office, desk_actor(list->desk), &list->query, LIST_COUNT_MOST, &list->count, err);
}

static void layout(void *self, int height, int cols)
{
	struct list_view *list = self;
	struct err err = { 0 };

	list->rows = height;
	list->cols = cols;
	if (!table_layout(list->table, height - HEAD_ROWS, cols, &err))
		loop_notice_err(list->loop, &err);
}

static void add_filter(struct str *line, const char *text)
{
	if (!str_is_empty(text))
		str_addf(line, "  [%s]", text);
}

static const char *state_words(const struct list_view *list)
{
	const struct definition *form = list->form ? office_form(list->desk->office, list->form) : NULL;
	const struct state *state = form && list->state ? workflow_state(&form->workflow, list->state) : NULL;

	if (state)
		return state_label(state);
	return str_equal(list->state, "open") ? _("not done yet") : list->state;
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct list_view *list = self;
	const struct definition *form = list->form ? office_form(list->desk->office, list->form) : NULL;
	struct str line = STR_INIT;

	(void)whole;
	desk_head(list->desk, pane, form ? definition_name(form) : _("Records of all forms"));
	if (list->count > LIST_COUNT_MOST)
		str_addf(&line, _("more than %d"), LIST_COUNT_MOST);
	else
		str_addf(&line, ngettext("%d record", "%d records", (unsigned long)list->count), list->count);
	add_filter(&line, list->month);
	add_filter(&line, state_words(list));
	add_filter(&line, list->department);
	add_filter(&line, list->text);
	draw_cell(pane, 2, 1, list->cols - 2, STYLE_DIM, str_text(&line));
	str_release(&line);
	table_paint(list->table, pane, (struct rect){ HEAD_ROWS, 0, list->rows - HEAD_ROWS, list->cols }, true);
}

static enum react filter_key(struct list_view *list, int action)
{
	switch (action) {
	case ACTION_FILTER:
		list_ask_text(list);
		break;
	case ACTION_FORM:
		list_ask_form(list);
		break;
	case ACTION_MONTH:
		list_ask_month(list);
		break;
	case ACTION_STATE:
		list_ask_state(list);
		break;
	default:
		list_ask_department(list);
	}
	return REACT_NONE;
}

static enum react export(struct list_view *list)
{
	struct err err = { 0 };
	struct job *job = export_list(list->desk->office, desk_actor(list->desk), &list->query, NULL, &err);

	if (job)
		work_job(list->loop, _("Writing the list"), job);
	else
		loop_notice_err(list->loop, &err);
	return REACT_NONE;
}

static enum react table_keys(struct list_view *list, const struct key *key)
{
	struct err err = { 0 };

	switch (table_key(list->table, key, &err)) {
	case TABLE_CHOSEN:
		record_screen(list->desk, list->loop, table_selected(list->table));
		return REACT_NONE;
	case TABLE_MOVED:
	case TABLE_UNMOVED:
		if (err.code)
			loop_notice_err(list->loop, &err);
		return REACT_PAINT;
	default:
		return REACT_IGNORED;
	}
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct list_view *list = self;

	list->loop = loop;
	switch (action) {
	case ACTION_BACK:
	case ACTION_BENCH:
		return REACT_CLOSE;
	case ACTION_NEW:
		new_screen(list->desk, loop);
		return REACT_NONE;
	case ACTION_CLEAR:
		return clear_filters(list);
	case ACTION_SORT:
		return next_sort(list);
	case ACTION_EXPORT:
		return export(list);
	case ACTION_NONE:
		return key ? table_keys(list, key) : REACT_IGNORED;
	default:
		return filter_key(list, action);
	}
}

static enum react tick(void *self, struct loop *loop, int64_t now_ms)
{
	struct list_view *list = self;

	(void)now_ms;
	return desk_changed(list->desk, loop, &list->seen) ? REACT_RELOAD : REACT_NONE;
}

static enum react resumed(void *self, struct loop *loop)
{
	(void)self;
	(void)loop;
	return REACT_RELOAD;
}

static void list_free(void *self)
{
	struct list_view *list = self;

	table_free(&list->table);
	forget_keys(list);
	list_drop_choices(list);
	free(list->columns);
	free(list->form);
	free(list->state);
	free(list->month);
	free(list->department);
	free(list->text);
	free(list);
}

static const struct screen screen = {
	.name = "list",
	.flags = SCREEN_TICKS,
	.actions = actions,
	.reload = reload,
	.layout = layout,
	.paint = paint,
	.handle = handle,
	.tick = tick,
	.resumed = resumed,
	.free = list_free,
};

void list_screen(struct desk *desk, struct loop *loop, const struct list_query *query)
{
	struct list_view *list = mem_new(struct list_view);
	struct table_source source = { rows, list };
	struct err err = { 0 };

	list->desk = desk;
	list->loop = loop;
	list->seen = desk->changes;
	if (query) {
		list->form = mem_text(query->form);
		list->state = mem_text(query->state);
		list->month = mem_text(query->month);
		list->department = mem_text(query->department);
		list->text = mem_text(query->text);
		list->query = *query;
	}
	list->query = (struct list_query){ list->form, list->state, list->month, list->department, list->text,
		                           list->query.sort, list->query.ascending };
	if (!load_columns(list, &err)) {
		loop_notice_err(loop, &err);
		list_free(list);
		return;
	}
	list->table = table_new(list->columns, list->column_count, &source);
	list_count(desk->office, desk_actor(desk), &list->query, LIST_COUNT_MOST, &list->count, NULL);
	loop_push(loop, &screen, list);
}
