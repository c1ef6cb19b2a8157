#include "model/record.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

void record_free(struct record **record)
{
	struct record *r = *record;

	if (r == NULL)
		return;
	char *const texts[] = { r->form, r->form_hash, r->number, r->code, r->filing_number, r->state,
				r->department, r->applicant, r->title };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	json_decref(r->body);
	free(r);
	*record = NULL;
}

struct record *record_copy(const struct record *record)
{
	struct record *copy = mem_new(struct record);

	*copy = *record;
	copy->form = mem_text(record->form);
	copy->form_hash = mem_text(record->form_hash);
	copy->number = mem_text(record->number);
	copy->code = mem_text(record->code);
	copy->filing_number = mem_text(record->filing_number);
	copy->state = mem_text(record->state);
	copy->department = mem_text(record->department);
	copy->applicant = mem_text(record->applicant);
	copy->title = mem_text(record->title);
	copy->body = json_deep_copy(record->body);
	return copy;
}

/* An absent key and an emptied one say the same. */
static bool same(const json_t *a, const json_t *b)
{
	if (a == NULL || json_is_null(a))
		return b == NULL || json_is_null(b);
	return json_equal(a, b) != 0;
}

static json_t *value_or_null(const json_t *value)
{
	return value == NULL ? json_null() : json_deep_copy(value);
}

/* Objects inside a body (check lists, raw texts) merge by their own keys: two people may fill two items. */
static bool is_mergeable(const json_t *base, const json_t *ours, const json_t *theirs)
{
	return json_is_object(ours) && json_is_object(theirs) && (base == NULL || json_is_object(base));
}

static void add_conflict(json_t *conflicts, const char *key)
{
	for (size_t i = 0; i < json_array_size(conflicts); i++)
		if (str_equal(json_string_value(json_array_get(conflicts, i)), key))
			return;
	json_array_append_new(conflicts, json_string(key));
}

static void merge_into(json_t *result, const json_t *base, const json_t *ours, const json_t *theirs,
                       const char *outer, json_t *conflicts);

static void merge_key(json_t *result, const char *key, const json_t *base, const json_t *ours,
                      const json_t *theirs, const char *outer, json_t *conflicts)
{
	const json_t *taken = ours;

	if (same(ours, theirs) || same(theirs, base)) {
		taken = ours;
	} else if (same(ours, base)) {
		taken = theirs;
	} else if (outer == NULL && is_mergeable(base, ours, theirs)) {
		json_t *inner = json_object();

		merge_into(inner, base, ours, theirs, key, conflicts);
		json_object_set_new(result, key, inner);
		return;
	} else {
		add_conflict(conflicts, outer == NULL ? key : outer);
	}
	if (taken != NULL)
		json_object_set_new(result, key, json_deep_copy(taken));
}

static void merge_into(json_t *result, const json_t *base, const json_t *ours, const json_t *theirs,
                       const char *outer, json_t *conflicts)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)ours, key, value)
		merge_key(result, key, json_object_get(base, key), value, json_object_get(theirs, key), outer,
		          conflicts);
	json_object_foreach((json_t *)theirs, key, value) {
		if (json_object_get(ours, key) == NULL)
			merge_key(result, key, json_object_get(base, key), NULL, value, outer, conflicts);
	}
}

json_t *record_merge(const json_t *base, const json_t *ours, const json_t *theirs, json_t **conflicts)
{
	json_t *result = json_object();

	*conflicts = json_array();
	merge_into(result, base, ours, theirs, NULL, *conflicts);
	return result;
}

static void add_change(json_t *changes, const char *key, const json_t *before, const json_t *after)
{
	if (!same(before, after))
		json_object_set_new(changes, key,
		                    json_pack("[o, o]", value_or_null(before), value_or_null(after)));
}

json_t *record_changes(const json_t *before, const json_t *after)
{
	json_t *changes = json_object();
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)before, key, value)
		add_change(changes, key, value, json_object_get(after, key));
	json_object_foreach((json_t *)after, key, value) {
		if (json_object_get(before, key) == NULL)
			add_change(changes, key, NULL, value);
	}
	return changes;
}
