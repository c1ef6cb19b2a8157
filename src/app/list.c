#include "app/list.h"

#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/record.h"

enum { FETCH_LEAST = 20, FETCH_MOST = 500 };

/* What record columns can be shown, and in which words. */
static const struct {
	const char *key, *label;
} general[] = {
	{ "number", N_("Number") },         { "state", N_("State") },         { "department", N_("Department") },
	{ "applicant", N_("Made by") },     { "title", N_("Title") },         { "occurred_at", N_("Time") },
	{ "updated_at", N_("Last change") }, { "form", N_("Form") },
};

/* Over all forms there are only these. */
static const struct list_column everywhere[] = {
	{ (char[]){ "number" }, 24, 0 },
	{ (char[]){ "occurred_at" }, 16, 0 },
	{ (char[]){ "title" }, 24, 0 },
	{ (char[]){ "state" }, 10, 0 },
};

const char *list_heading(const struct definition *form, const char *key)
{
	const struct field *field = form ? definition_field(form, key) : NULL;
	for (size_t i = 0; i < sizeof(general) / sizeof(general[0]); i++) {
		if (strcmp(general[i].key, key) == 0)
			return _(general[i].label);
	}
	return field ? field_label(field) : key;
}

/* --- the query in the store's terms --- */

struct selection {
	struct record_filter filter;
	const char **states;    /* NULL: any; owned array of borrowed keys */
	size_t state_count;
};

static void selection_release(struct selection *selection)
{
	free(selection->states);
}

static void add_state(struct selection *selection, const char *key)
{
	for (size_t i = 0; i < selection->state_count; i++) {
		if (strcmp(selection->states[i], key) == 0)
			return;
	}
	selection->states = mem_resize(selection->states, selection->state_count + 2, sizeof(char *));
	selection->states[selection->state_count++] = key;
	selection->states[selection->state_count] = NULL;
}

static bool state_matches(const struct state *state, const char *word)
{
	if (strcmp(word, "open") == 0)
		return state->kind == STATE_OPEN || state->kind == STATE_SUSPENDED;
	return strcmp(state->key, word) == 0 || str_equal(state->label, word) || str_equal(state->label_en, word);
}

static void add_states(struct selection *selection, const struct definition *form, const char *word)
{
	for (size_t i = 0; i < form->workflow.state_count; i++) {
		if (state_matches(&form->workflow.states[i], word))
			add_state(selection, form->workflow.states[i].key);
	}
}

static int64_t instant_of(int64_t days)
{
	return days * 86400 - (int64_t)clock_zone() * 60;
}

/* "2026-11" or "2026-11-22" as [from, until). */
static bool parse_span(const char *text, int64_t *from, int64_t *until)
{
	int year, month, day = 1;
	char beyond;
	int parts = sscanf(text, "%4d-%2d-%2d%c", &year, &month, &day, &beyond);
	if ((parts != 2 && parts != 3) || strlen(text) != (parts == 2 ? 7U : 10U) || !clock_is_date(year, month, day))
		return false;
	int64_t first = clock_days(year, month, day);
	int64_t next = parts == 3 ? first + 1 : clock_days(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1);
	*from = instant_of(first);
	*until = instant_of(next);
	return true;
}

static bool select_form(const struct office *office, const struct list_query *query, struct selection *selection,
                        struct err *err)
{
	selection->filter.form = query->form;
	if (query->form && !office_form(office, query->form))
		return err_set(err, ERR_REFUSED, _("There is no form \"%s\". \"yunwei forms list\" names them."), query->form);
	for (size_t i = 0; query->state && i < office_form_count(office); i++) {
		const struct definition *form = office_form_at(office, i);
		if (!query->form || strcmp(form->id, query->form) == 0)
			add_states(selection, form, query->state);
	}
	selection->filter.states = selection->states;
	if (query->state && !selection->states)
		return err_set(err, ERR_REFUSED, _("There is no state \"%s\"."), query->state);
	return true;
}

static enum record_sort store_sort(enum list_sort sort)
{
	static const enum record_sort sorts[] = { [LIST_BY_TIME] = RECORD_BY_TIME,
		                                  [LIST_BY_NUMBER] = RECORD_BY_NUMBER,
		                                  [LIST_BY_UPDATE] = RECORD_BY_UPDATE,
		                                  [LIST_BY_DEPARTMENT] = RECORD_BY_DEPARTMENT };
	return sorts[sort];
}

static bool make_selection(const struct office *office, const struct list_query *query, struct selection *selection,
                           struct err *err)
{
	struct record_filter *filter = &selection->filter;
	if (query->month && !parse_span(query->month, &filter->from_utc, &filter->until_utc))
		return err_set(err, ERR_REFUSED, _("\"%s\" is no month. Write it as 2026-11."), query->month);
	filter->department = query->department;
	filter->text = str_is_empty(query->text) ? NULL : query->text;
	filter->sort = store_sort(query->sort);
	filter->ascending = query->ascending;
	return select_form(office, query, selection, err);
}

/* --- rows --- */

static char *time_text(int64_t utc)
{
	char local[CLOCK_LOCAL_SIZE];
	if (!utc)
		return mem_text("");
	clock_local(utc, local);
	local[10] = ' ';
	local[16] = '\0';
	return mem_text(local);
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static const char *state_words(const struct definition *form, const struct record *record)
{
	const struct state *state = workflow_state(&form->workflow, record->state);
	return state ? state_label(state) : record->state;
}

static char *cell_text(const struct definition *form, const struct record *record, const char *key)
{
	const struct field *field = definition_field(form, key);
	if (strcmp(key, "number") == 0)
		return record->number ? mem_text(record->number) : str_format("#%lld", (long long)record->id);
	if (strcmp(key, "state") == 0)
		return mem_text(state_words(form, record));
	if (strcmp(key, "department") == 0)
		return mem_text(or_empty(record->department));
	if (strcmp(key, "applicant") == 0)
		return mem_text(or_empty(record->applicant));
	if (strcmp(key, "title") == 0 && !field)
		return mem_text(or_empty(record->title));
	if (strcmp(key, "occurred_at") == 0)
		return time_text(record->occurred_utc);
	if (strcmp(key, "updated_at") == 0)
		return time_text(record->updated_utc);
	if (strcmp(key, "form") == 0)
		return mem_text(definition_name(form));
	return field ? field_display(field, json_object_get(record->body, key)) : mem_text("");
}

static void fill_row(struct list_row *row, const struct list_page *page, const struct definition *form,
                     const struct record *record, enum list_sort sort)
{
	row->id = record->id;
	row->form = mem_text(record->form);
	row->number = mem_text(record->number);
	row->code = mem_text(record->code);
	row->title = mem_text(or_empty(record->title));
	row->department = mem_text(or_empty(record->department));
	row->applicant = mem_text(or_empty(record->applicant));
	row->state = mem_text(record->state);
	row->state_label = mem_text(state_words(form, record));
	row->occurred_utc = record->occurred_utc;
	row->updated_utc = record->updated_utc;
	row->late = record->late;
	row->key = record_key(record, store_sort(sort));
	row->cells = mem_zeroed(page->column_count + 1, sizeof(char *));
	for (size_t i = 0; i < page->column_count; i++)
		row->cells[i] = cell_text(form, record, page->columns[i].key);
}

static void row_release(struct list_row *row, size_t columns)
{
	char *const texts[] = { row->form, row->number, row->code, row->title, row->department,
		                row->applicant, row->state, row->state_label, row->key };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	for (size_t i = 0; i < columns; i++)
		free(row->cells[i]);
	free(row->cells);
}

void list_page_free(struct list_page **page)
{
	if (!*page)
		return;
	for (size_t i = 0; i < (*page)->count; i++)
		row_release(&(*page)->rows[i], (*page)->column_count);
	free((*page)->rows);
	free(*page);
	*page = NULL;
}

static struct list_page *page_new(const struct office *office, const struct list_query *query, size_t limit)
{
	struct list_page *page = mem_new(struct list_page);
	const struct definition *form = office_form(office, query->form);
	bool own = form && form->column_count > 0;
	page->columns = own ? form->columns : everywhere;
	page->column_count = own ? form->column_count : sizeof(everywhere) / sizeof(everywhere[0]);
	page->rows = mem_zeroed(limit + 1, sizeof(*page->rows));
	return page;
}

/* --- paging: what the actor may not see is passed over --- */

struct walk {
	struct office *office;
	const struct actor *actor;
	const struct list_query *query;
	struct record_filter filter; /* its key is ours */
	char *key;
	size_t limit;
	struct record **found;       /* in the order of the walk */
	size_t count;
	bool more;
};

static bool is_wanted(const struct walk *walk, const struct record *record)
{
	const struct definition *form = office_form_version(walk->office, record->form, record->form_hash, NULL);
	if (!form || !permission_may_see(form, walk->actor, record))
		return false;
	/* "open" is a set of keys over all forms, but a key may mean another kind elsewhere. */
	const struct state *state = workflow_state(&form->workflow, record->state);
	return !walk->query->state || (state && state_matches(state, walk->query->state));
}

static void keep(struct walk *walk, struct record **slot)
{
	if (!is_wanted(walk, *slot))
		return;
	if (walk->count == walk->limit) {
		walk->more = true;
		return;
	}
	walk->found[walk->count++] = *slot;
	*slot = NULL;
}

/* One page of the store's; *DONE if there is nothing beyond or enough was found. */
static bool walk_on(struct walk *walk, bool *done, struct err *err)
{
	struct record_page page = { 0 };
	size_t wanted = walk->limit + 1 - walk->count;
	walk->filter.limit = (int)(wanted < FETCH_LEAST ? FETCH_LEAST : wanted > FETCH_MOST ? FETCH_MOST : wanted);
	walk->filter.key = walk->key;
	if (!record_list(walk->office->db, &walk->filter, &page, err))
		return false;
	bool back = walk->filter.backward;
	if (page.count > 0) {
		free(walk->key);
		walk->key = record_key(page.items[back ? 0 : page.count - 1], walk->filter.sort);
		walk->filter.inclusive = false;
	}
	for (size_t i = 0; i < page.count && !walk->more; i++)
		keep(walk, &page.items[back ? page.count - 1 - i : i]);
	*done = walk->more || !page.more || page.count == 0;
	record_page_release(&page);
	return true;
}

static bool walk_run(struct walk *walk, struct err *err)
{
	bool done = false;
	walk->found = mem_zeroed(walk->limit + 1, sizeof(*walk->found));
	while (!done) {
		if (!walk_on(walk, &done, err))
			return false;
	}
	return true;
}

static void walk_release(struct walk *walk)
{
	for (size_t i = 0; walk->found && i < walk->count; i++)
		record_free(&walk->found[i]);
	free(walk->found);
	free(walk->key);
}

/* Is there anything visible on the other side of KEY? */
static bool any_beyond(struct walk *from, const char *key, bool inclusive, bool *any, struct err *err)
{
	struct walk other = { .office = from->office, .actor = from->actor, .query = from->query, .filter = from->filter,
		              .key = mem_text(key), .limit = 1 };
	other.filter.backward = !from->filter.backward;
	other.filter.inclusive = inclusive;
	bool ok = walk_run(&other, err);
	*any = other.count > 0;
	walk_release(&other);
	return ok;
}

static struct list_page *page_of(struct walk *walk, const char *from, bool inclusive, struct err *err)
{
	struct list_page *page = page_new(walk->office, walk->query, walk->limit);
	bool back = walk->filter.backward, other_side = false;
	for (size_t i = 0; i < walk->count; i++) {
		const struct record *record = walk->found[back ? walk->count - 1 - i : i];
		const struct definition *form =
			office_form_version(walk->office, record->form, record->form_hash, err);
		if (form)
			fill_row(&page->rows[page->count++], page, form, record, walk->query->sort);
	}
	if (from && !any_beyond(walk, from, !inclusive, &other_side, err)) {
		list_page_free(&page);
		return NULL;
	}
	page->more_before = back ? walk->more : other_side;
	page->more_after = back ? other_side : walk->more;
	return page;
}

static struct list_page *load(struct office *office, const struct actor *actor, const struct list_query *query,
                              const char *from, bool backward, bool inclusive, size_t limit, struct err *err)
{
	struct selection selection = { 0 };
	struct list_page *page = NULL;
	if (make_selection(office, query, &selection, err)) {
		struct walk walk = { .office = office, .actor = actor, .query = query, .filter = selection.filter,
			             .key = mem_text(from), .limit = limit };
		walk.filter.backward = backward;
		walk.filter.inclusive = inclusive;
		if (walk_run(&walk, err))
			page = page_of(&walk, from, inclusive, err);
		walk_release(&walk);
	}
	selection_release(&selection);
	return page;
}

struct list_page *list_load(struct office *office, const struct actor *actor, const struct list_query *query,
                            const char *from, bool backward, size_t limit, struct err *err)
{
	return load(office, actor, query, from, backward, false, limit, err);
}

struct list_page *list_reload(struct office *office, const struct actor *actor, const struct list_query *query,
                              const char *from, size_t limit, struct err *err)
{
	return load(office, actor, query, from, false, from != NULL, limit, err);
}

bool list_count(struct office *office, const struct actor *actor, const struct list_query *query, int most, int *count,
                struct err *err)
{
	struct selection selection = { 0 };
	int64_t n = 0;
	/* Who sees everything gets the store's own count; others are few enough to be walked. */
	bool sees_all = (actor->roles & (ROLE_IC_CLERK | ROLE_IC_HEAD | ROLE_CHIEF | ROLE_LEADER)) != 0;
	bool ok = make_selection(office, query, &selection, err);
	if (ok && sees_all) {
		ok = record_count(office->db, &selection.filter, most + 1, &n, err);
	} else if (ok) {
		struct walk walk = { .office = office, .actor = actor, .query = query, .filter = selection.filter,
			             .limit = (size_t)most };
		ok = walk_run(&walk, err);
		n = (int64_t)walk.count + walk.more;
		walk_release(&walk);
	}
	selection_release(&selection);
	*count = (int)n;
	return ok;
}
