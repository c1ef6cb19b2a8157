/* Layouts: read whole, every mistake with its line, checked against the form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "form/load.h"
#include "report/layout_model.h"

static const char form_text[] =
	"id = \"trial\"; title = \"试验表\"; name = \"试验\"; code = \"TR\"; articles = [12]; kind = \"record\";\n"
	"menu_group = \"试验\"; retention = \"10年\"; number = \"试-{yyyy}-{n}\";\n"
	"sections = ( { key = \"a\"; title = \"甲\"; fields = (\n"
	"  { key = \"what\"; label = \"事项\"; type = \"text\"; length = 40; },\n"
	"  { key = \"kind\"; label = \"种类\"; type = \"choice\"; choices = [\"一\", \"二\"]; },\n"
	"  { key = \"rows\"; label = \"清单\"; type = \"table\"; columns = ( { key = \"name\"; label = \"名称\"; type = \"text\"; } ); },\n"
	"  { key = \"list\"; label = \"检查\"; type = \"checklist\"; items = ( { key = \"t\"; label = \"温度\"; group = \"环境\"; type = \"integer\"; } ); }\n"
	"); } );\n"
	"workflow = { states = ( { key = \"draft\"; label = \"草稿\"; kind = \"draft\"; }, { key = \"filed\"; label = \"已登记\"; kind = \"done\"; } );\n"
	"  transitions = ( { action = \"submit\"; label = \"提交\"; from = [\"draft\"]; to = \"filed\"; who = [\"author\"]; effects = ( [\"number\"] ); } ); };\n"
	"list = ( (\"number\", 20), (\"what\", 20) );\n";

/* The mistakes of TEXT as "line: text" lines; caller frees. */
static char *mistakes_of(const char *text)
{
	struct layout_mistakes mistakes = { 0 };
	struct str out = STR_INIT;
	struct layout *layout = layout_load_text(text, "x.cfg", NULL, &mistakes);

	assert_int_equal(layout == NULL, mistakes.count > 0);
	for (size_t i = 0; i < mistakes.count; i++) {
		assert_string_equal(mistakes.items[i].file, "x.cfg");
		str_addf(&out, "%d: %s\n", mistakes.items[i].line, mistakes.items[i].text);
	}
	layout_mistakes_release(&mistakes);
	layout_free(&layout);
	return str_take(&out);
}

static void expect_mistake(const char *text, const char *mistake)
{
	char *all = mistakes_of(text);
	if (strstr(all, mistake) == NULL)
		fail_msg("\"%s\" is not among:\n%s", mistake, all);
	free(all);
}

static void test_good_layout(void **state)
{
	struct layout_mistakes mistakes = { 0 };
	struct layout *layout = layout_load_text(
		"kind = \"form\"; title = \"表\"; size = 10.5; margins = (30, 20.5, 20, 25);\n"
		"words = { none = \"没有\"; };\n"
		"body = ( { section = \"甲\"; }, { grid = ( \"what\", { label = \"x\"; value = \"{kind}\"; span = 2; } ); pairs = 3; },\n"
		"  { table = \"rows\"; rows = 6; columns = ( (\"name\", 9) ); numbered = false; },\n"
		"  { approval = \"意见\"; actions = [\"submit\"]; seal = true; } );\n", "x.cfg", NULL, &mistakes);

	(void)state;
	assert_non_null(layout);
	assert_int_equal(mistakes.count, 0);
	assert_int_equal(layout_kind(layout), LAYOUT_FORM);
	assert_true(layout->margins_mm[MARGIN_TOP] > 29.9 && layout->margins_mm[MARGIN_RIGHT] > 20.4);
	assert_int_equal(layout->body_count, 4);
	assert_string_equal(layout->body[1].items[0].field, "what");
	assert_int_equal(layout->body[1].items[1].span, 2);
	assert_int_equal(layout->body[1].pairs, 3);
	assert_true(layout->body[2].plain);
	assert_int_equal(layout->body[2].columns[0].width, 9);
	assert_string_equal(layout->body[3].actions[0], "submit");
	assert_null(layout->body[3].actions[1]);
	assert_string_equal(word_text(&layout->words, false, WORD_NONE), "没有");
	assert_string_equal(word_text(&layout->words, true, WORD_NONE), "none");
	assert_string_equal(word_text(&layout->words, false, WORD_YES), "yes");
	layout_free(&layout);
}

static void test_mistakes_have_lines(void **state)
{
	(void)state;
	expect_mistake("title = \"x\";\n", "0: There is no \"kind\"");
	expect_mistake("kind = \"form\";\n", "0: There is no \"body\"");
	expect_mistake("kind = \"sheet\";\nbody = ();\n", "1: \"kind\" is \"sheet\", but must be one of: form, register.");
	expect_mistake("kind = \"form\";\n\ncolor = 3;\nbody = ( { note = \"x\"; } );\n", "3: \"color\" means nothing here; possible are: kind, title,");
	expect_mistake("kind = \"form\";\nsize = 9.0;\nbody = ( { note = \"x\"; } );\n", "2: \"size\" must be a number from 10.5 to 16.0.");
	expect_mistake("kind = \"form\";\nbody = (\n{ note = 3; } );\n", "3: \"note\" must be a text in quotation marks.");
	expect_mistake("kind = \"form\";\nbody = (\n{ nothing = 3; } );\n", "3: A part of the body must be a group with one of: section, grid,");
	expect_mistake("kind = \"form\";\nbody = (\n{ note = \"{\"; } );\n", "3: \"note\": an opening brace");
	expect_mistake("kind = \"form\";\nbody = (\n{ note = \"[x\"; } );\n", "3: \"note\": an opening bracket");
	expect_mistake("kind = \"form\";\nbody = (\n{ note = \"{a:daay}\"; } );\n", "3: \"note\": after the colon");
	expect_mistake("kind = \"form\";\nbody = (\n{ table = \"a\"; rows = 0; } );\n", "3: \"rows\" must be a whole number from 1 to 200.");
	expect_mistake("kind = \"form\";\nbody = (\n{ table = \"a\"; seal = true; } );\n", "3: \"seal\" means nothing here; possible are: table, when,");
	expect_mistake("kind = \"form\";\nbody = ( { grid = ( { field = \"a\"; value = \"b\"; } ); } );\n", "2: A part of a grid must have either");
	expect_mistake("kind = \"form\";\nwords = { nonne = \"x\"; };\nbody = ( { note = \"x\"; } );\n", "2: \"nonne\" is no word of a layout.");
	expect_mistake("kind = \"register\";\ncolumns = ( { label = \"x\"; } );\n", "2: A column must have either");
	expect_mistake("kind = \"register\";\nrows = \"days\"; each = \"t\";\n", "0: A register with a row a day");
	expect_mistake("kind = \"form\";\nbody = (\n", "3: Not a libconfig text");
}

static void test_all_mistakes_at_once(void **state)
{
	char *all = mistakes_of("kind = \"form\";\na = 1;\nb = 2;\nbody = ( { c = 3; },\n{ table = 4; } );\n");
	size_t lines = 0;

	(void)state;
	for (const char *at = all; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	assert_int_equal(lines, 4);
	free(all);
}

static struct definition *trial_form(void)
{
	struct mistakes mistakes = { 0 };
	struct definition *form = form_load_text(form_text, "trial.cfg", &mistakes);

	for (size_t i = 0; i < mistakes.count; i++)
		print_message("%s\n", mistake_text(&mistakes.items[i]));
	assert_non_null(form);
	mistakes_release(&mistakes);
	return form;
}

static void expect_misfit(const char *body, const char *mistake)
{
	struct layout_mistakes mistakes = { 0 };
	struct definition *form = trial_form();
	char *text = str_format("kind = \"form\";\nbody = ( %s );\n", body);
	struct layout *layout = layout_load_text(text, "x.cfg", NULL, &mistakes);

	assert_non_null(layout);
	assert_int_equal(layout_check(layout, form, &mistakes), mistake == NULL);
	assert_int_equal(mistakes.count, mistake != NULL);
	if (mistake != NULL) {
		assert_int_equal(mistakes.items[0].line, 2);
		assert_string_equal(mistakes.items[0].text, mistake);
	}
	layout_mistakes_release(&mistakes);
	layout_free(&layout);
	definition_free(&form);
	free(text);
}

static void test_layout_must_fit_the_form(void **state)
{
	(void)state;
	expect_misfit("{ note = \"{what} {kind:day} {number} {list.t} {list.t.note} {by.submit} {record.title} [{#}]\"; }", NULL);
	expect_misfit("{ text = \"wat\"; }", "The form \"trial\" has no field \"wat\".");
	expect_misfit("{ note = \"{wat}\"; }", "{wat}: the form \"trial\" has no such field.");
	expect_misfit("{ note = \"{list.x}\"; }", "{list.x}: the form \"trial\" has no such field.");
	expect_misfit("{ note = \"{record.x}\"; }", "{record.x}: the form \"trial\" has no such field.");
	expect_misfit("{ table = \"what\"; }", "The field \"what\" is of type text, which cannot be shown so.");
	expect_misfit("{ ticks = \"rows\"; }", "The field \"rows\" is of type table, which cannot be shown so.");
	expect_misfit("{ table = \"rows\"; columns = ( \"nam\" ); }", "The table \"rows\" has no column \"nam\".");
	expect_misfit("{ approval = \"x\"; states = [\"don\"]; }", "The form \"trial\" has no state \"don\".");
	expect_misfit("{ approval = \"x\"; actions = [\"go\"]; }", "The form \"trial\" has no action \"go\".");
}

/* Every layout that is shipped is good; those of a form fit it; the words are complete. */
static void test_shipped_layouts(void **state)
{
	struct err err = { 0 };
	struct catalogue *catalogue = catalogue_load(YW_SOURCE "/forms", YW_SOURCE "/data", &err);
	char **names;
	size_t count;

	(void)state;
	assert_non_null(catalogue);
	assert_true(catalogue->count > 0);
	for (size_t i = 0; i < catalogue->count; i++) {
		struct layout *page = layout_of_form(YW_SOURCE "/export", catalogue->forms[i], &err);
		struct layout *month = layout_of_month(YW_SOURCE "/export", catalogue->forms[i], &err);
		if (page == NULL || month == NULL)
			fail_msg("%s: %s", catalogue->forms[i]->id, err.text);
		layout_free(&page);
		layout_free(&month);
	}
	assert_true(path_list(YW_SOURCE "/export", ".cfg", &names, &count, &err));
	for (size_t i = 0; i < count; i++) {
		struct layout_mistakes mistakes = { 0 };
		char *path = path_join(YW_SOURCE "/export", names[i]);
		struct layout *layout = strcmp(names[i], "words.cfg") == 0 ? NULL : layout_load_file(path, &mistakes);
		if (mistakes.count > 0)
			fail_msg("%s:%d: %s", mistakes.items[0].file, mistakes.items[0].line, mistakes.items[0].text);
		for (int word = 0; layout != NULL && word < WORD_COUNT; word++) {
			if (layout->words.own[word] == NULL)
				fail_msg("%s has not all words: \"%s\" is missing", names[i], word_text(NULL, true, (enum word)word));
		}
		layout_free(&layout);
		free(path);
		free(names[i]);
	}
	free(names);
	catalogue_free(&catalogue);
}

/* ---- the manual ---- */

/* The example of the manual is a layout. */
static void test_example_of_the_manual(void **state)
{
	struct layout_mistakes mistakes = { 0 };
	struct str example = STR_INIT;
	struct err err = { 0 };
	size_t len;
	char *page = path_read(YW_SOURCE "/man/yunwei-export.5", 1 << 20, &len, &err);

	(void)state;
	assert_non_null(page);
	const char *from = strstr(page, "\n.EX\n"), *to = strstr(page, "\n.EE\n");
	assert_true(from != NULL && to > from);
	for (from += 5; from < to; from++) {
		if (strncmp(from, "\\(dq", 4) == 0) {
			str_add_char(&example, '"');
			from += 3;
		} else if (*from != '\\') {
			str_add_char(&example, *from);
		}
	}
	struct layout *layout = layout_load_text(str_text(&example), "yunwei-export(5)", YW_SOURCE "/export", &mistakes);
	if (layout == NULL)
		fail_msg("%d: %s", mistakes.items[0].line, mistakes.items[0].text);
	assert_int_equal(layout->body_count, 9);
	layout_free(&layout);
	layout_mistakes_release(&mistakes);
	str_release(&example);
	free(page);
}

/* Fails for each word that a mistake in TEXT says is possible, but which stands nowhere in PAGE in bold. */
static void expect_documented(const char *text, const char *page)
{
	char *all = mistakes_of(text);
	const char *list = strstr(all, "possible are: ");

	assert_non_null(list);
	list += strlen("possible are: ");
	while (*list != '.') {
		const size_t len = strcspn(list, ",.");
		char *word = mem_text_len(list, len);
		char *alone = str_format("\n.B %s\n", word), *first = str_format("\n.BR %s ", word), *later = str_format("\", \" %s", word);
		char *assigned = str_format("\n.B %s =", word), *plural = str_format(" \" %s", word), *dotted = str_format("\n.BR %s", word);
		if (strstr(page, alone) == NULL && strstr(page, first) == NULL && strstr(page, later) == NULL &&
		    strstr(page, assigned) == NULL && strstr(page, plural) == NULL && strstr(page, dotted) == NULL)
			fail_msg("yunwei-export(5) does not explain \"%s\"", word);
		free(word);
		free(alone);
		free(first);
		free(later);
		free(assigned);
		free(plural);
		free(dotted);
		list += len + strspn(list + len, ", ");
	}
	free(all);
}

static void test_every_word_is_in_the_manual(void **state)
{
	struct err err = { 0 };
	size_t len;
	char *page = path_read(YW_SOURCE "/man/yunwei-export.5", 1 << 20, &len, &err);

	(void)state;
	assert_non_null(page);
	expect_documented("kind = \"form\"; zz = 1; body = ( { note = \"x\"; } );", page);
	expect_documented("kind = \"register\"; zz = 1;", page);
	expect_documented("kind = \"register\"; columns = ( { label = \"x\"; value = \"x\"; zz = 1; } );", page);
	expect_documented("kind = \"form\"; body = ( { grid = ( { field = \"x\"; zz = 1; } ); } );", page);
	for (int kind = 0; kind < ELEMENT_COUNT; kind++) {
		char *text = str_format("kind = \"form\"; body = ( { %s = 1; zz = 1; } );", element_name((enum element_kind)kind));
		expect_documented(text, page);
		free(text);
	}
	free(page);
}

static void test_missing_file_is_told(void **state)
{
	struct layout_mistakes mistakes = { 0 };

	(void)state;
	assert_null(layout_load_file(YW_SOURCE "/export/none.cfg", &mistakes));
	assert_int_equal(mistakes.count, 1);
	assert_int_equal(mistakes.items[0].line, 0);
	layout_mistakes_release(&mistakes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_layout),
		cmocka_unit_test(test_mistakes_have_lines),
		cmocka_unit_test(test_all_mistakes_at_once),
		cmocka_unit_test(test_layout_must_fit_the_form),
		cmocka_unit_test(test_shipped_layouts),
		cmocka_unit_test(test_missing_file_is_told),
		cmocka_unit_test(test_example_of_the_manual),
		cmocka_unit_test(test_every_word_is_in_the_manual),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
