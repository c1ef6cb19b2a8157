/*
 * What nobody should type, into a field of every type (tests/fixtures/forms/every.cfg): it is
 * kept as typed or refused with a word, and the screen stays whole.
 */
#include "screen/seat.h"

#include "base/utf8.h"

enum {
	FIELDS = 19, /* of the first part, with the head of the table after it */
	CELLS = 4,   /* of a row of the table and of the check list */
};

static char *share;

static int begin(void **state)
{
	char *command;

	share = scene_folder();
	command = str_format("cp -a %s/forms %s/ && cp %s/tests/fixtures/forms/every.cfg %s/forms/ && ln -s %s/data %s/export %s/",
	                     SHARE, share, SHARE, share, SHARE, SHARE, share);
	assert_int_equal(system(command), 0);
	free(command);
	return seats_begin(state);
}

static int end(void **state)
{
	nftw(share, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(share);
	return seats_end(state);
}

static struct seat *open_every(void)
{
	struct seat *seat = seat_new(&(struct seat_options){ .account = "zhangsan", .share = share });

	seat_keys(seat, "2qbzd<Enter>");
	screen_shows("全部字段 · 新建");
	return seat;
}

/* Title, frame and footer stand where they stood, no line is longer than the screen. */
static void screen_is_whole(const char *what)
{
	char *text = screen_text(), *line = text;
	int row = 0;

	for (char *next; line; line = next, row++) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (utf8_width(line) > 80)
			fail_msg("%s: row %d is %d columns wide: %s", what, row, utf8_width(line), line);
		if (row == 0 && !strstr(line, "全部字段 · 新建"))
			fail_msg("%s: the title is gone: %s", what, line);
		if (row == 2 && strncmp(line, "┌", strlen("┌")) != 0)
			fail_msg("%s: the frame is broken: %s", what, line);
		if (row == 23 && !strstr(line, "F9提交"))
			fail_msg("%s: the footer is gone: %s", what, line);
	}
	free(text);
}

/* Whatever lies over the form is left with Esc, and that is all that Esc does. */
static void leave_popups(struct seat *seat)
{
	void *self;

	for (int i = 0; i < 3 && strcmp(loop_top(seat->loop, &self)->name, "editor") != 0; i++)
		seat_keys(seat, "<Esc>");
	assert_string_equal(loop_top(seat->loop, &self)->name, "editor");
}

static struct edit *draft_of(struct seat *seat)
{
	const struct actor *actor = &seat->desk.login->actor;
	struct edit_list *list = NULL;
	struct edit *edit = NULL;

	ok((list = edit_list(seat->office, actor, &err)) != NULL);
	assert_int_equal(list->count, 1);
	ok((edit = edit_load(seat->office, actor, list->rows[0].id, &err)) != NULL);
	edit_list_free(&list);
	return edit;
}

static void every_string_is_utf8(const json_t *value)
{
	const char *key;
	json_t *part;
	size_t i;

	if (json_is_string(value))
		assert_true(utf8_is_valid(json_string_value(value), json_string_length(value), NULL));
	json_array_foreach(value, i, part)
		every_string_is_utf8(part);
	json_object_foreach((json_t *)(uintptr_t)value, key, part)
		every_string_is_utf8(part);
}

static const struct {
	const char *name, *bytes;
	bool as_typed; /* into a text field it goes as it is */
} nasty[] = {
	{ "bad bytes", "\xff\xfe\x80\xc0\xaf\xed\xa0\x80\xf5\x90\x80\x80\xe4\xb8" "a", false },
	{ "control characters", "\001\002\005\016\034\035\036\177", false },
	{ "mark-up of CDK", "<C></B>粗</24><R>", true },
	{ "SQL", "'; DROP TABLE record; --", true },
	{ "a format", "%s%n%d%%", true },
	{ "emoji", "👩‍👩‍👧🏽🇨🇳", false },
	{ "combining marks", "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81x", false },
	{ "right to left", "שלום مرحبا", true },
	{ "overrides", "\u202e\u2066abc\u202c", false },
	{ "full width", "１２３．５－：。Ａ", false },
	{ "unknown sequences", "\033[99;99;99~\033[?1;2c\033Oy\033[<0;1;1M", false },
};

static void test_every_field(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof nasty / sizeof *nasty; n++) {
		struct seat *seat = open_every();
		struct edit *draft;

		for (int field = 0; field < FIELDS; field++) {
			assert_true(screen_feed(seat->screen, seat->loop, nasty[n].bytes, strlen(nasty[n].bytes)));
			leave_popups(seat);
			screen_is_whole(nasty[n].name);
			seat_keys(seat, "<Tab>");
			screen_is_whole(nasty[n].name);
		}
		seat_keys(seat, "<F8><F7>x<F2>");
		draft = draft_of(seat);
		every_string_is_utf8(draft->body);
		if (nasty[n].as_typed && !strstr(json_text(draft->body, "text"), nasty[n].bytes))
			fail_msg("%s: kept as \"%s\"", nasty[n].name, json_text(draft->body, "text"));
		edit_free(&draft);
		ok(office_form(seat->office, "every") != NULL);
		seat_free(&seat);
	}
}

/* The same into the columns of a table's row and the items of a check list. */
static void test_rows_and_items(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof nasty / sizeof *nasty; n++) {
		struct seat *seat = open_every();
		const json_t *row;
		struct edit *draft;

		seat_keys(seat, "<F8><Ins>");
		for (int cell = 0; cell < CELLS; cell++) {
			assert_true(screen_feed(seat->screen, seat->loop, nasty[n].bytes, strlen(nasty[n].bytes)));
			leave_popups(seat);
			screen_is_whole(nasty[n].name);
			seat_keys(seat, "<Tab>");
			screen_is_whole(nasty[n].name);
		}
		seat_keys(seat, "<F7>x<F2>");
		draft = draft_of(seat);
		every_string_is_utf8(draft->body);
		row = json_array_get(json_object_get(draft->body, "table"), 0);
		if (nasty[n].as_typed && !strstr(json_text(row, "what"), nasty[n].bytes))
			fail_msg("%s: kept as \"%s\"", nasty[n].name, json_text(row, "what"));
		edit_free(&draft);
		seat_free(&seat);
	}
}

/* What does not fit is refused with a word; what fits stays. */
static void test_a_megabyte_pasted(void **state)
{
	struct seat *seat = open_every();
	char *paste = mem_zeroed(1024 * 1024 + 16, 1);
	struct edit *draft;
	size_t at = 0;

	(void)state;
	at += (size_t)snprintf(paste, 16, "\033[200~");
	while (at < 1024 * 1024) {
		memcpy(paste + at, "字", strlen("字"));
		at += strlen("字");
	}
	at += (size_t)snprintf(paste + at, 16, "\033[201~");
	for (int field = 0; field < FIELDS; field++) {
		assert_true(screen_feed(seat->screen, seat->loop, paste, at));
		if (field == 0)
			screen_shows("已填满");
		leave_popups(seat);
		screen_is_whole("a megabyte");
		seat_keys(seat, "<Tab>");
	}
	free(paste);
	seat_keys(seat, "<F8><F7>x<F2>");
	draft = draft_of(seat);
	assert_true(utf8_chars(json_text(draft->body, "text")) <= 40);
	assert_true(utf8_chars(json_text(draft->body, "memo")) <= 200);
	edit_free(&draft);
	seat_free(&seat);
}

/* In the log-in and in the search as well. */
static void test_other_inputs(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof nasty / sizeof *nasty; n++) {
		struct seat *seat = seat_new(&(struct seat_options){ .account = NULL });

		assert_true(screen_feed(seat->screen, seat->loop, nasty[n].bytes, strlen(nasty[n].bytes)));
		seat_keys(seat, "<Enter>");
		assert_true(screen_feed(seat->screen, seat->loop, nasty[n].bytes, strlen(nasty[n].bytes)));
		seat_keys(seat, "<Enter>");
		screen_shows("登录");
		seat_free(&seat);
		seat = seat_new(&(struct seat_options){ .account = "zhangsan" });
		seat_keys(seat, "7");
		assert_true(screen_feed(seat->screen, seat->loop, nasty[n].bytes, strlen(nasty[n].bytes)));
		seat_keys(seat, "<Enter>");
		screen_shows("文字或编号");
		seat_free(&seat);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_field),
		cmocka_unit_test(test_rows_and_items),
		cmocka_unit_test(test_a_megabyte_pasted),
		cmocka_unit_test(test_other_inputs),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
