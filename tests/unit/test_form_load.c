/*
 * Definitions, good and broken. A broken one says itself what is wrong with it:
 * behind each //! stands the beginning or a part of a mistake of that line. All
 * of them must be told, at once, and no other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "form/load.h"

#define FOLDER YW_SOURCE "/tests/fixtures/forms"
#define DATA FOLDER "/data"

static struct phrases *phrases;

static int set_up(void **state)
{
	struct mistakes mistakes = { .items = NULL };

	(void)state;
	json_setup();
	phrases = phrases_load(DATA "/phrases.cfg", &mistakes);
	assert_non_null(phrases);
	assert_int_equal(mistakes.count, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	phrases_free(&phrases);
	return 0;
}

static void print_all(const struct mistakes *mistakes)
{
	for (size_t i = 0; i < mistakes->count; i++) {
		char *text = mistake_text(&mistakes->items[i]);

		print_message("%s\n", text);
		free(text);
	}
}

/* ---- broken ones ---- */

static bool is_told(const struct mistakes *mistakes, const char *file, int line, const char *part)
{
	for (size_t i = 0; i < mistakes->count; i++)
		if (strcmp(mistakes->items[i].file, file) == 0 && mistakes->items[i].line == line &&
		    strstr(mistakes->items[i].text, part) != NULL)
			return true;
	return false;
}

/* What the marks of LINE ask for; returns how many they are. */
static size_t expect_line(const struct mistakes *mistakes, const char *path, int number, char *line)
{
	size_t count = 0;
	char *mark = strstr(line, "//! ");

	while (mark != NULL) {
		char *part = mark + strlen("//! ");
		char *next = strstr(part, " //! ");
		struct str text = STR_INIT;

		str_add_len(&text, part, next == NULL ? strlen(part) : (size_t)(next - part));
		str_trim(&text);
		count++;
		if (!is_told(mistakes, path, number, str_text(&text))) {
			print_all(mistakes);
			fail_msg("%s:%d does not tell: %s", path, number, str_text(&text));
		}
		str_release(&text);
		mark = next == NULL ? NULL : next + 1;
	}
	return count;
}

/* How many mistakes the marks of a file ask for; each must have been told. */
static size_t expect_file(const struct mistakes *mistakes, const char *path)
{
	size_t len = 0, count = 0;
	char *text = path_read(path, 1024 * 1024, &len, NULL);
	int number = 0;

	assert_non_null(text);
	for (char *at = text; at != NULL;) {
		char *end = strchr(at, '\n');

		if (end != NULL)
			*end++ = '\0';
		count += expect_line(mistakes, path, ++number, at);
		at = end;
	}
	free(text);
	return count;
}

static void check_broken(const char *name)
{
	struct mistakes mistakes = { .items = NULL };
	char *path = path_join(FOLDER "/broken", name);
	struct definition *form = form_load_file(path, DATA, phrases, &mistakes);
	size_t expected;

	assert_null(form);
	mistakes_sort(&mistakes);
	expected = expect_file(&mistakes, path);
	if (strcmp(name, "list.cfg") == 0)
		expected += expect_file(&mistakes, DATA "/checklists/wrong.cfg");
	if (mistakes.count != expected) {
		print_all(&mistakes);
		fail_msg("%s: %zu mistakes, not %zu", name, mistakes.count, expected);
	}
	mistakes_release(&mistakes);
	free(path);
}

static void every_mistake_is_told_at_its_line(void **state)
{
	static const char *const files[] = { "three.cfg",   "words.cfg", "workflow.cfg", "expressions.cfg", "list.cfg",
					     "syntax.cfg",  "include.cfg", "latin.cfg",  "control.cfg" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		check_broken(files[i]);
}

static void three_mistakes_give_three_messages(void **state)
{
	struct mistakes mistakes = { .items = NULL };
	char *text;

	(void)state;
	assert_null(form_load_file(FOLDER "/broken/three.cfg", DATA, phrases, &mistakes));
	assert_int_equal(mistakes.count, 3);
	mistakes_sort(&mistakes);
	text = mistake_text(&mistakes.items[0]);
	assert_string_equal(text, FOLDER "/broken/three.cfg:5: \"texxt\" is no type (did you mean \"text\"?)");
	free(text);
	mistakes_release(&mistakes);
}

static void what_is_no_form_at_all_is_refused(void **state)
{
	static const char *const texts[] = { "", "{", "{}", "{\"file\":\"x\",\"form\":\"id=1;\",\"parts\":3}", "\xff",
					     "{\"file\":\"x\",\"form\":\"id = \\\"x\\\";\",\"parts\":{}}",
					     "a = ((((((((((((((((((((1))))))))))))))))))));" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct mistakes mistakes = { .items = NULL };

		assert_null(form_load_text(texts[i], "text", &mistakes));
		assert_true(mistakes.count > 0);
		mistakes_release(&mistakes);
	}
	struct mistakes mistakes = { .items = NULL };
	assert_null(form_load_file(FOLDER "/nowhere.cfg", DATA, NULL, &mistakes));
	assert_int_equal(mistakes.count, 1);
	mistakes_release(&mistakes);
}

/* ---- good ones ---- */

static struct definition *load_good(void)
{
	struct mistakes mistakes = { .items = NULL };
	struct definition *form = form_load_file(FOLDER "/good/whole.cfg", DATA, phrases, &mistakes);

	print_all(&mistakes);
	assert_non_null(form);
	return form;
}

static void a_good_one_is_read_as_written(void **state)
{
	struct definition *form = load_good();
	const struct field *list = definition_field(form, "list"), *rows = definition_field(form, "rows");

	(void)state;
	assert_string_equal(form->id, "whole");
	assert_string_equal(definition_name(form), "Everything");
	assert_int_equal(form->kind, FORM_CASE);
	assert_true(definition_answers(form, 22));
	assert_false(definition_answers(form, 13));
	assert_null(form->restricted_to);
	assert_int_equal(form->section_count, 4);
	assert_string_equal(definition_section_of(form, list)->key, "two");
	assert_string_equal(definition_section_of(form, &rows->children[1])->key, "two");
	assert_ptr_equal(definition_owner_of(form, &rows->children[1]), rows);
	assert_int_equal(list->child_count, 5);
	assert_int_equal(list->children[0].copy, COPY_MEASURE);
	assert_int_equal(list->children[0].note_min, 6);
	assert_false(list->children[0].warn.has_low);
	assert_true(list->children[0].warn.has_high);
	assert_int_equal(list->children[2].choice_count, 3);
	assert_int_equal(list->children[2].choices[1].verdict, VERDICT_FAIL);
	assert_int_equal(rows->children[0].copy, COPY_CARRY);
	assert_true(definition_field(form, "total")->read_only);
	assert_false(definition_field(form, "grade")->read_only);
	assert_int_equal(form->workflow.state_count, 4);
	assert_true(form->workflow.transitions[2].sign);
	assert_int_equal(form->workflow.transitions[3].reason, REASON_MUST);
	assert_int_equal(form->dues[0].every, DUE_WEEK);
	assert_int_equal(form->dues[0].day, 5);
	assert_int_equal(form->dues[0].by_minute, 17 * 60 + 30);
	assert_int_equal(form->column_count, 4);
	definition_free(&form);
}

static void a_version_stands_without_its_files(void **state)
{
	struct mistakes mistakes = { .items = NULL };
	struct definition *form = load_good(), *again = load_good(), *old;

	(void)state;
	assert_string_equal(form->source, again->source);
	assert_int_equal(strlen(form->hash), 64);
	old = form_load_text(form->source, "version", &mistakes);
	assert_non_null(old);
	assert_string_equal(old->hash, form->hash);
	assert_string_equal(old->source, form->source);
	assert_int_equal(definition_field(old, "list")->child_count, 5);
	definition_free(&old);
	definition_free(&again);
	definition_free(&form);
}

static void a_changed_part_is_another_version(void **state)
{
	struct definition *form = load_good(), *other;
	struct mistakes mistakes = { .items = NULL };
	struct err err = { .code = ERR_NONE };
	json_t *whole = json_parse(form->source, strlen(form->source), "source", &err);
	json_t *parts = json_object_get(whole, "parts");
	char *text;

	(void)state;
	assert_int_equal(json_object_size(parts), 2);
	json_object_set_new(parts, "dictionaries/check_ok", json_string("choices = [\"好\"];"));
	text = json_stable(whole);
	other = form_load_text(text, "version", &mistakes);
	assert_non_null(other);
	assert_string_not_equal(other->hash, form->hash);
	assert_int_equal(definition_field(other, "list")->children[2].choice_count, 1);
	free(text);
	json_decref(whole);
	definition_free(&other);
	definition_free(&form);
}

static void a_broken_form_never_stops_the_others(void **state)
{
	struct err err = { .code = ERR_NONE };
	struct catalogue *catalogue;

	(void)state;
	catalogue = catalogue_load(FOLDER "/mixed", DATA, &err);
	assert_non_null(catalogue);
	assert_int_equal(catalogue->count, 2);
	assert_non_null(catalogue_form(catalogue, "second"));
	assert_null(catalogue_form(catalogue, "broken"));
	print_all(&catalogue->mistakes);
	assert_int_equal(catalogue->mistakes.count, expect_file(&catalogue->mistakes, FOLDER "/mixed/a.cfg") +
	                                                    expect_file(&catalogue->mistakes, FOLDER "/mixed/b.cfg") +
	                                                    expect_file(&catalogue->mistakes, FOLDER "/mixed/c.cfg") +
	                                                    expect_file(&catalogue->mistakes, FOLDER "/mixed/d.cfg"));
	assert_non_null(phrases_list(catalogue->phrases, "agree"));
	catalogue_free(&catalogue);
	assert_null(catalogue_load(FOLDER "/nowhere", DATA, &err));
	assert_true(err.text[0] != '\0');
}

static void phrases_are_found_by_list(void **state)
{
	struct mistakes mistakes = { .items = NULL };

	(void)state;
	assert_string_equal(phrases_list(phrases, "agree")[1], "已阅。");
	assert_null(phrases_list(phrases, "agree")[2]);
	assert_null(phrases_list(phrases, "none")[0]);
	assert_null(phrases_list(phrases, "other"));
	assert_null(phrases_list(NULL, "agree"));
	assert_null(phrases_load(FOLDER "/nowhere.cfg", &mistakes));
	assert_int_equal(mistakes.count, 1);
	mistakes_release(&mistakes);
}

/* ---- the manual ---- */

/* What groff makes of its escapes in the example: \(dq \(aq \-. */
static void unescape(struct str *text)
{
	static const char *const escapes[][2] = { { "\\(dq", "\"" }, { "\\(aq", "'" }, { "\\-", "-" } };

	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		const char *found;

		while ((found = strstr(str_text(text), escapes[i][0])) != NULL) {
			const size_t at = (size_t)(found - str_text(text));

			str_remove(text, at, strlen(escapes[i][0]));
			str_insert(text, at, escapes[i][1], strlen(escapes[i][1]));
		}
	}
}

static void the_manuals_example_is_a_form(void **state)
{
	struct mistakes mistakes = { .items = NULL };
	struct str example = STR_INIT;
	struct definition *form;
	const char *begin, *end;
	size_t len = 0;
	char *page = path_read(YW_SOURCE "/man/yunwei-form.5", 1024 * 1024, &len, NULL);

	(void)state;
	assert_non_null(page);
	begin = strstr(page, "\n.EX\n");
	end = strstr(page, "\n.EE\n");
	assert_true(begin != NULL && end > begin);
	str_add_len(&example, begin + 5, (size_t)(end - begin) - 5);
	unescape(&example);
	form = form_load_text(str_text(&example), "yunwei-form(5)", &mistakes);
	print_all(&mistakes);
	assert_non_null(form);
	assert_string_equal(form->id, "visit");
	definition_free(&form);
	str_release(&example);
	free(page);
}

static void the_bureaus_own_forms_are_good(void **state)
{
	struct err err = { .code = ERR_NONE };
	struct catalogue *catalogue = catalogue_load(YW_SOURCE "/forms", YW_SOURCE "/data", &err);

	(void)state;
	assert_non_null(catalogue);
	print_all(&catalogue->mistakes);
	assert_int_equal(catalogue->mistakes.count, 0);
	assert_true(catalogue->count >= 2);
	catalogue_free(&catalogue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mistake_is_told_at_its_line),
		cmocka_unit_test(three_mistakes_give_three_messages),
		cmocka_unit_test(what_is_no_form_at_all_is_refused),
		cmocka_unit_test(a_good_one_is_read_as_written),
		cmocka_unit_test(a_version_stands_without_its_files),
		cmocka_unit_test(a_changed_part_is_another_version),
		cmocka_unit_test(a_broken_form_never_stops_the_others),
		cmocka_unit_test(phrases_are_found_by_list),
		cmocka_unit_test(the_manuals_example_is_a_form),
		cmocka_unit_test(the_bureaus_own_forms_are_good),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
