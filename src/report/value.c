/* How values read on paper. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "report/print.h"

const char *print_word(const struct print *print, enum word word)
{
	return word_text(print->words, print->page->english, word);
}

const char *print_label(const struct print *print, const struct field *field)
{
	return print->page->english && field->label_en != NULL ? field->label_en : field->label;
}

const char *print_title(const struct print *print, const struct definition *form)
{
	return print->page->english && form->title_en != NULL ? form->title_en : form->title;
}

const char *print_state(const struct print *print, const char *key)
{
	const struct state *state = print->form == NULL || key == NULL ? NULL : workflow_state(&print->form->workflow, key);

	if (state == NULL)
		return key == NULL ? "" : key;
	return print->page->english && state->label_en != NULL ? state->label_en : state->label;
}

bool print_is_filled(const json_t *value)
{
	if (json_is_string(value))
		return json_string_length(value) > 0;
	if (json_is_array(value))
		return json_array_size(value) > 0;
	if (json_is_object(value))
		return json_object_size(value) > 0;
	return value != NULL && !json_is_null(value);
}

const json_t *print_body(const struct print *print, const struct field *field)
{
	return print->record == NULL ? NULL : json_object_get(print->record->body, field->key);
}

static char *day_words(const struct print *print, enum word pattern, int64_t utc)
{
	char day[CLOCK_DAY_SIZE];
	clock_day(utc, day);
	char year[5] = { day[0], day[1], day[2], day[3], '\0' };
	char mm[3] = { day[5], day[6], '\0' }, dd[3] = { day[8], day[9], '\0' };

	return word_fill(print_word(print, pattern), "yyyy", year, "mm", mm, "dd", dd, "m", mm[0] == '0' ? mm + 1 : mm,
	                 "d", dd[0] == '0' ? dd + 1 : dd, NULL);
}

char *print_day(const struct print *print, int64_t utc)
{
	return utc == 0 ? mem_text("") : day_words(print, WORD_DAY, utc);
}

char *print_time(const struct print *print, int64_t utc)
{
	char local[CLOCK_LOCAL_SIZE];

	(void)print;
	if (utc == 0)
		return mem_text("");
	clock_local(utc, local);
	return str_format("%.10s %.5s", local, local + 11);
}

const char *print_verdict(const struct print *print, enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_NORMAL:
		return print_word(print, WORD_NORMAL);
	case VERDICT_WARN:
		return print_word(print, WORD_WARN);
	case VERDICT_FAIL:
		return print_word(print, WORD_FAIL);
	default:
		return "";
	}
}

static void add_string(const struct print *print, struct str *out, const struct field *field, const char *text)
{
	const struct choice *choice = print->page->english ? field_choice(field, text) : NULL;
	const bool is_time = field->type == FIELD_DATE || field->type == FIELD_DATETIME;
	int64_t utc;

	if (is_time && clock_parse(text, &utc)) {
		char *written = field->type == FIELD_DATE ? print_day(print, utc) : print_time(print, utc);
		str_add(out, written);
		free(written);
	} else {
		str_add(out, choice != NULL && choice->label_en != NULL ? choice->label_en : text);
	}
}

/* One value that is no array. The paper's language is not the screen's: field_display() knows only that one. */
static void add_scalar(const struct print *print, struct str *out, const struct field *field, const json_t *value)
{
	if (json_is_string(value)) {
		add_string(print, out, field, json_string_value(value));
	} else if (json_is_boolean(value)) {
		str_add(out, print_word(print, json_is_true(value) ? WORD_YES : WORD_NO));
	} else {
		char *text = field_display(field, value);
		str_add(out, text);
		if (text[0] != '\0' && field->unit != NULL && json_is_number(value))
			str_add(out, field->unit);
		free(text);
	}
}

char *print_value(const struct print *print, const struct field *field, const json_t *value)
{
	struct str out = STR_INIT;

	if (!json_is_array(value) || field->type == FIELD_TABLE)
		add_scalar(print, &out, field, value);
	for (size_t i = 0; field->type != FIELD_TABLE && i < json_array_size(value); i++) {
		str_add(&out, i > 0 ? print_word(print, WORD_SEPARATOR) : "");
		add_scalar(print, &out, field, json_array_get(value, i));
	}
	return str_take(&out);
}

char *print_evaluate(const struct print *print, const char *expression)
{
	if (print->page->evaluate == NULL || print->record == NULL)
		return NULL;
	return print->page->evaluate(print->page->data, expression, print->record);
}

bool print_holds(const struct print *print, const char *expression)
{
	if (expression == NULL)
		return true;
	char *text = print_evaluate(print, expression);
	const bool holds = !str_is_empty(text) && !str_equal(text, "0");
	free(text);
	return holds;
}
