/* What stands beside the body in the store, and the clocks. */
#include "form/session_parts.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "form/value.h"

static const struct cell no_cell = { .field = -1, .row = -1, .child = -1, .part = CELL_NONE };

/* The text of the field KEY if it is filled; NULL. */
static const char *text_of(const struct form_session *session, const char *key)
{
	const struct field *field = definition_field(session->form, key);
	const json_t *value;

	if (field == NULL)
		return NULL;
	value = body_value(session->form, session->body, cell_of_field((int)(field - session->form->fields)));
	return value_is_empty(value) ? NULL : json_string_value(value);
}

char *form_session_title(const struct form_session *session)
{
	const struct rule rule = { .expression = session->form->title_expression };
	json_t *value = session_evaluate(session, &rule, no_cell);
	char day[CLOCK_DAY_SIZE];
	char *title;

	if (json_is_string(value) && !value_is_empty(value))
		title = mem_text(json_string_value(value));
	else
		title = str_format("%s %s", session->form->name, clock_day(session_now(session), day));
	json_decref(value);
	return title;
}

char *form_session_department(const struct form_session *session)
{
	const char *department = text_of(session, session->form->department_field);

	return mem_text(department != NULL ? department : session->record->department);
}

int64_t form_session_occurred(const struct form_session *session)
{
	const char *text = text_of(session, session->form->occurred_field);
	int64_t utc = 0;

	return text != NULL && clock_parse(text, &utc) ? utc : 0;
}

/* ---- search ---- */

static void add_words(struct str *words, const struct field *field, const json_t *value)
{
	char *text = value_is_empty(value) ? NULL : field_display(field, value);

	if (!str_is_empty(text)) {
		str_add(words, text);
		str_add_char(words, '\n');
	}
	free(text);
}

static void add_columns(struct str *words, const struct field *table, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++)
		for (size_t j = 0; j < table->child_count; j++)
			if (table->children[j].in_search)
				add_words(words, &table->children[j],
				          json_object_get(json_array_get(rows, i), table->children[j].key));
}

char *form_search_text(const struct definition *form, const json_t *body)
{
	struct str words = STR_INIT;

	for (size_t i = 0; i < form->field_count; i++) {
		const struct field *field = &form->fields[i];
		const json_t *value = json_object_get(body, field->key);

		if (field->in_search)
			add_words(&words, field, value);
		else if (field->type == FIELD_TABLE)
			add_columns(&words, field, value);
	}
	return str_take(&words);
}

/* ---- timers ---- */

static bool start_timer(const struct form_session *session, const struct timer *timer, struct form_timer *started)
{
	const char *from = text_of(session, timer->from_field);

	if (from == NULL || !clock_parse(from, &started->from_utc) ||
	    !session_holds(session, &timer->when, no_cell, true, false))
		return false;
	started->timer = timer;
	started->due_utc = timer->limit_minutes > 0 ? started->from_utc + (int64_t)timer->limit_minutes * 60 : 0;
	started->is_done = session_holds(session, &timer->done, no_cell, false, false);
	return true;
}

size_t form_session_timers(const struct form_session *session, struct form_timer **timers)
{
	const struct definition *form = session->form;
	size_t count = 0;

	*timers = mem_zeroed(form->timer_count + 1, sizeof(struct form_timer));
	for (size_t i = 0; i < form->timer_count; i++)
		count += start_timer(session, &form->timers[i], &(*timers)[count]);
	return count;
}
