/*
 * Lists of records. The SQL is put together from the constant pieces below,
 * so that each combination of filters finds its index; every value is bound.
 * A unary plus keeps a condition from choosing the index: the planner has no
 * statistics to know that there are few such indexes worth it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/record.h"
#include "store/record_parts.h"
#include "store/search.h"

enum {
	PAGE = 50,
	FEW = 20000, /* matches of a text that are looked up and sorted rather than tested one by one */
};

/* How a sort reads: up to two columns before the id; '^' stands for the direction. */
static const struct sort {
	const char *row;     /* to compare with the key */
	const char *order;
	int columns;         /* texts in the key, before the id */
} sorts[] = {
	[RECORD_BY_TIME] = { "(r.listed_at, r.id)", "r.listed_at ^, r.id ^", 1 },
	[RECORD_BY_NUMBER] = { "(r.listed_code, r.id)", "r.listed_code ^, r.id ^", 1 },
	[RECORD_BY_UPDATE] = { "(r.updated_at, r.id)", "r.updated_at ^, r.id ^", 1 },
	[RECORD_BY_DEPARTMENT] = { "(r.department, r.listed_at, r.id)", "r.department ^, r.listed_at ^, r.id ^", 2 },
	[RECORD_BY_ID] = { "r.id", "r.id ^", 0 },
};

/* A key is "id", or "id<TAB>text", or "id<TAB>text<TAB>text". */
char *record_key(const struct record *record, enum record_sort sort)
{
	const int64_t listed = record->occurred_utc != 0 ? record->occurred_utc : record->entered_utc;
	const long long id = record->id;
	char stamp[CLOCK_STAMP_SIZE];

	switch (sort) {
	case RECORD_BY_NUMBER:
		return str_format("%lld\t%s", id, record->code != NULL ? record->code : "");
	case RECORD_BY_UPDATE:
		return str_format("%lld\t%s", id, clock_stamp(record->updated_utc, stamp));
	case RECORD_BY_DEPARTMENT:
		return str_format("%lld\t%s\t%s", id, record->department, clock_stamp(listed, stamp));
	case RECORD_BY_ID:
		return str_format("%lld", id);
	case RECORD_BY_TIME:
	default:
		return str_format("%lld\t%s", id, clock_stamp(listed, stamp));
	}
}

/* A key taken apart; texts in the order of the sort's columns. */
struct key {
	int64_t id;
	char *copy, *texts[2];
};

static bool key_parse(const char *text, const struct sort *sort, struct key *key, struct err *err)
{
	char *end;

	key->copy = mem_text(text);
	key->id = strtoll(key->copy, &end, 10);
	for (int i = 0; i < sort->columns; i++) {
		if (*end != '\t')
			return err_set(err, ERR_REFUSED, _("\"%s\" is no place in this list."), text);
		*end++ = '\0';
		key->texts[i] = end;
		end += i + 1 < sort->columns ? strcspn(end, "\t") : strlen(end);
	}
	return *end == '\0' || err_set(err, ERR_REFUSED, _("\"%s\" is no place in this list."), text);
}

static size_t list_len(const char *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
}

static void add_in(struct str *sql, const char *column, size_t count)
{
	str_addf(sql, " AND %s IN (?", column);
	str_add_repeat(sql, ", ?", (int)count - 1);
	str_add_char(sql, ')');
}

/* The tables and conditions; bind_where() binds in the same order. */
static void add_from(struct str *sql, const struct record_filter *f, bool few)
{
	const size_t forms = list_len(f->forms), states = list_len(f->states);
	const bool personal = f->applicant != NULL || f->author != 0;

	/* CROSS JOIN: from the matches to their records, never the other way round. */
	str_add(sql, f->text != NULL && few ? " FROM search_index i CROSS JOIN record r ON r.id = i.rowid"
	                                    : " FROM record r");
	str_add(sql, " WHERE 1");
	if (f->form != NULL)
		str_add(sql, personal ? " AND +r.form = ?" : " AND r.form = ?");
	if (f->forms != NULL && forms == 0)
		str_add(sql, " AND 0");
	else if (f->forms != NULL)
		add_in(sql, "+r.form", forms);
	if (f->states != NULL && states == 0)
		str_add(sql, " AND 0");
	else if (states == 1)
		str_add(sql, personal ? " AND +r.state = ?" : " AND r.state = ?");
	else if (f->states != NULL)
		add_in(sql, personal ? "+r.state" : "r.state", states);
	if (f->department != NULL)
		str_add(sql, states == 1 || personal ? " AND +r.department = ?" : " AND r.department = ?");
	if (f->applicant != NULL)
		str_add(sql, " AND r.applicant = ?");
	if (f->author != 0)
		str_add(sql, f->applicant != NULL ? " AND +r.author = ?" : " AND r.author = ?");
	if (f->from_utc != 0)
		str_add(sql, " AND r.listed_at >= ?");
	if (f->until_utc != 0)
		str_add(sql, " AND r.listed_at < ?");
	if (f->text != NULL)
		str_add(sql, few ? " AND i.search_index MATCH ?"
		                 : " AND EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid = r.id)");
	str_add(sql, f->numbered ? " AND +r.number IS NOT NULL" : "");
	str_add(sql, f->late ? " AND r.late = 1" : "");
}

static void bind_list(struct query *query, const char *const *list)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		query_bind_text(query, list[i]);
}

static void bind_where(struct query *query, const struct record_filter *f, const char *match)
{
	if (f->form != NULL)
		query_bind_text(query, f->form);
	bind_list(query, f->forms);
	bind_list(query, f->states);
	if (f->department != NULL)
		query_bind_text(query, f->department);
	if (f->applicant != NULL)
		query_bind_text(query, f->applicant);
	if (f->author != 0)
		query_bind_int(query, f->author);
	if (f->from_utc != 0)
		query_bind_utc(query, f->from_utc);
	if (f->until_utc != 0)
		query_bind_utc(query, f->until_utc);
	if (f->text != NULL)
		query_bind_text(query, match);
}

static void add_order(struct str *sql, const struct sort *sort, bool ascending)
{
	str_add(sql, " ORDER BY ");
	for (const char *c = sort->order; *c != '\0'; c++)
		if (*c == '^')
			str_add(sql, ascending ? "ASC" : "DESC");
		else
			str_add_char(sql, *c);
}

static void add_key(struct str *sql, const struct sort *sort, bool ascending, bool inclusive)
{
	static const char *const marks[] = { "?", "(?, ?)", "(?, ?, ?)" };

	str_addf(sql, " AND %s %c%s %s", sort->row, ascending ? '>' : '<', inclusive ? "=" : "", marks[sort->columns]);
}

/* What a filter's text comes to. Texts without a word, or without a match, find nothing. */
struct plan {
	char *match;
	bool few, nothing;
};

/* Few matches are fetched and sorted; of many, the list is walked in its order and each record tested. */
static bool count_matches(struct db *db, struct plan *plan, struct err *err)
{
	struct query query = query_open(db,
		"SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ?1 LIMIT ?2)", err);

	query_bind_text(&query, plan->match);
	query_bind_int(&query, FEW);
	const int64_t matches = query_row(&query) ? query_read_int(&query) : 0;
	plan->few = matches < FEW;
	plan->nothing = matches == 0;
	return query_close(&query);
}

static bool plan_text(struct db *db, const struct record_filter *f, struct plan *plan, struct err *err)
{
	*plan = (struct plan){ .few = true };
	if (f->text == NULL)
		return true;
	plan->match = store_search_query(f->text);
	plan->nothing = plan->match == NULL;
	return plan->nothing || count_matches(db, plan, err);
}

static void page_add(struct record_page *page, struct record *record)
{
	page->items = mem_resize(page->items, page->count + 1, sizeof(page->items[0]));
	page->items[page->count++] = record;
}

static void page_reverse(struct record_page *page)
{
	for (size_t i = 0, j = page->count; i + 1 < j; i++) {
		struct record *swapped = page->items[i];

		page->items[i] = page->items[--j];
		page->items[j] = swapped;
	}
}

static bool read_page(struct query *query, int limit, struct record_page *page)
{
	while (query_row(query)) {
		if (page->count == (size_t)limit) {
			page->more = true;
			break;
		}
		struct record *record = record_read(query);
		if (record != NULL)
			page_add(page, record);
	}
	return query_close(query);
}

static bool load(struct db *db, const struct record_filter *f, const struct plan *plan, const struct key *key,
                 struct record_page *page, struct err *err)
{
	const struct sort *sort = &sorts[f->sort];
	const int limit = f->limit > 0 ? f->limit : PAGE;
	const bool ascending = f->ascending != f->backward;
	struct str sql = STR_INIT;

	str_add(&sql, "SELECT " RECORD_COLUMNS);
	add_from(&sql, f, plan->few);
	if (f->key != NULL)
		add_key(&sql, sort, ascending, f->inclusive);
	add_order(&sql, sort, ascending);
	str_add(&sql, " LIMIT ?");
	struct query query = query_open(db, str_text(&sql), err);
	str_release(&sql);
	bind_where(&query, f, plan->match);
	if (f->key != NULL) {
		for (int i = 0; i < sort->columns; i++)
			query_bind_text(&query, key->texts[i]);
		query_bind_int(&query, key->id);
	}
	query_bind_int(&query, limit + 1);
	return read_page(&query, limit, page);
}

bool record_list(struct db *db, const struct record_filter *filter, struct record_page *page, struct err *err)
{
	struct key key = { .copy = NULL };
	struct plan plan;
	bool done;

	*page = (struct record_page){ .items = NULL };
	done = plan_text(db, filter, &plan, err);
	if (done && filter->key != NULL)
		done = key_parse(filter->key, &sorts[filter->sort], &key, err);
	if (done && !plan.nothing)
		done = load(db, filter, &plan, &key, page, err);
	if (filter->backward)
		page_reverse(page);
	if (!done)
		record_page_release(page);
	free(plan.match);
	free(key.copy);
	return done;
}

void record_page_release(struct record_page *page)
{
	for (size_t i = 0; i < page->count; i++)
		record_free(&page->items[i]);
	free(page->items);
	*page = (struct record_page){ .items = NULL };
}

bool record_count(struct db *db, const struct record_filter *filter, int64_t most, int64_t *count, struct err *err)
{
	struct str sql = STR_INIT;
	struct plan plan;

	*count = 0;
	const bool planned = plan_text(db, filter, &plan, err);
	if (!planned || plan.nothing) {
		free(plan.match);
		return planned;
	}
	str_add(&sql, "SELECT count(*) FROM (SELECT 1");
	add_from(&sql, filter, plan.few);
	str_add(&sql, " LIMIT ?)");
	struct query query = query_open(db, str_text(&sql), err);
	str_release(&sql);
	bind_where(&query, filter, plan.match);
	query_bind_int(&query, most > 0 ? most : -1);
	*count = query_row(&query) ? query_read_int(&query) : 0;
	const bool done = query_close(&query);
	free(plan.match);
	return done;
}

bool record_count_states(struct db *db, const struct record_filter *filter, struct state_count **counts, size_t *n,
                         struct err *err)
{
	struct str sql = STR_INIT;
	struct plan plan;

	*counts = NULL;
	*n = 0;
	const bool planned = plan_text(db, filter, &plan, err);
	if (!planned || plan.nothing) {
		free(plan.match);
		return planned;
	}
	str_add(&sql, "SELECT r.form, r.state, count(*)");
	add_from(&sql, filter, plan.few);
	str_add(&sql, " GROUP BY r.form, r.state");
	struct query query = query_open(db, str_text(&sql), err);
	str_release(&sql);
	bind_where(&query, filter, plan.match);
	while (query_row(&query)) {
		*counts = mem_resize(*counts, *n + 1, sizeof(**counts));
		struct state_count *count = &(*counts)[(*n)++];

		query_read_into(&query, count->form, sizeof(count->form));
		query_read_into(&query, count->state, sizeof(count->state));
		count->count = query_read_int(&query);
	}
	const bool done = query_close(&query);
	free(plan.match);
	return done;
}
