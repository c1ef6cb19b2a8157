#include "app/find.h"

#include "app/office_private.h"
#include "app/record_private.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/record.h"
#include "store/search.h"

enum { FETCH = 50 };

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void add(struct office *office, struct find_hits *hits, const struct record *record, const char *excerpt)
{
	const struct definition *form = office_form_version(office, record->form, record->form_hash, NULL);
	const struct state *state = form ? workflow_state(&form->workflow, record->state) : NULL;
	hits->items = mem_resize(hits->items, hits->count + 1, sizeof(*hits->items));
	struct find_hit *hit = &hits->items[hits->count++];
	*hit = (struct find_hit){
		.record = record->id,
		.form = mem_text(record->form),
		.number = mem_text(or_empty(record->number)),
		.title = mem_text(or_empty(record->title)),
		.department = mem_text(or_empty(record->department)),
		.state = mem_text(state ? state_label(state) : record->state),
		.excerpt = mem_text(or_empty(excerpt)),
		.occurred_utc = record->occurred_utc,
	};
}

static bool has(const struct find_hits *hits, int64_t record)
{
	for (size_t i = 0; i < hits->count; i++) {
		if (hits->items[i].record == record)
			return true;
	}
	return false;
}

/* Somebody who types a whole number means that record. */
static bool add_named(struct office *office, const struct actor *actor, const char *text, struct find_hits *hits,
                      struct err *err)
{
	err_clear(err);
	struct record *record = record_find(office->db, text, err);
	if (record && record_is_visible(office, actor, record))
		add(office, hits, record, record->number);
	record_free(&record);
	return !err || err->code == ERR_NONE;
}

/* One page of the index; *BEFORE moves on; *DONE at its end, or when LIMIT hits are there. */
static bool add_page(struct office *office, const struct actor *actor, const char *text, int64_t *before, size_t limit,
                     struct find_hits *hits, bool *done, struct err *err)
{
	struct store_hit *found = NULL;
	size_t count = 0;
	if (!store_search_find(office->db, text, *before, FETCH, &found, &count, err))
		return false;
	*done = count < FETCH;
	bool ok = true;
	for (size_t i = 0; ok && i < count && !hits->more; i++) {
		struct record *record = record_by_id(office->db, found[i].record, err);
		ok = record != NULL;
		*before = found[i].record;
		if (ok && !has(hits, record->id) && record_is_visible(office, actor, record)) {
			if (hits->count < limit)
				add(office, hits, record, found[i].text);
			else
				hits->more = true;
		}
		record_free(&record);
	}
	store_hits_free(&found, count);
	return ok;
}

struct find_hits *find_text(struct office *office, const struct actor *actor, const char *text, int64_t before,
                            size_t limit, struct err *err)
{
	struct find_hits *hits = mem_new(struct find_hits);
	bool done = false;
	bool ok = before != 0 || add_named(office, actor, text, hits, err);
	while (ok && !done && !hits->more)
		ok = add_page(office, actor, text, &before, limit, hits, &done, err);
	if (!ok)
		find_hits_free(&hits);
	return hits;
}

void find_hits_free(struct find_hits **hits)
{
	if (!*hits)
		return;
	for (size_t i = 0; i < (*hits)->count; i++) {
		struct find_hit *hit = &(*hits)->items[i];
		char *const texts[] = { hit->form, hit->number, hit->title, hit->department, hit->state, hit->excerpt };
		for (size_t j = 0; j < sizeof(texts) / sizeof(texts[0]); j++)
			free(texts[j]);
	}
	free((*hits)->items);
	free(*hits);
	*hits = NULL;
}
