/*
 * Any bytes from a terminal, in any codeset and any pieces: keys come out whole, texts valid and
 * clean; typed into every kind of field they leave text that is valid, fits, and a caret between characters.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "tui/area.h"
#include "tui/input.h"
#include "tui/key.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* assert() is silent in a release build; a fuzz target must never be. */
static __attribute__((noinline)) void must(bool holds)
{
	if (!holds)
		abort();
}

enum { MOST_CHARS = 12, MOST_AREA_CHARS = 40, NUMBER_CHARS = 6 };

struct fields {
	struct input *plain, *number, *password;
	struct area *area;
};

static void check_text(const char *text, size_t caret, size_t most)
{
	const size_t len = strlen(text);

	must(utf8_is_valid(text, len, NULL));
	must(utf8_chars(text) <= most);
	must(caret <= len);
	must(caret == 0 || utf8_next(text, utf8_prev(text, caret)) == caret);
}

static void check_clean(const char *text, bool lines)
{
	for (; *text; text++)
		must((unsigned char)*text >= ' ' ? *text != '\177' : lines && *text == '\n');
}

static void type(struct fields *fields, const struct key *key)
{
	(void)input_key(fields->plain, key);
	check_text(input_text(fields->plain), input_caret(fields->plain), MOST_CHARS);
	check_clean(input_text(fields->plain), false);
	(void)input_key(fields->password, key);
	check_text(input_text(fields->password), input_caret(fields->password), MOST_CHARS);
	(void)input_key(fields->number, key);
	check_text(input_text(fields->number), input_caret(fields->number), NUMBER_CHARS);
	must(strspn(input_text(fields->number), "0123456789.-") == strlen(input_text(fields->number)));
	(void)area_key(fields->area, key);
	check_text(area_text(fields->area), area_caret(fields->area), MOST_AREA_CHARS);
	check_clean(area_text(fields->area), true);
	must(area_lines(fields->area, 10) >= 1);
}

static void check_key(const struct key *key)
{
	char label[KEY_NAME_SIZE];

	switch (key->kind) {
	case KEY_TEXT:
	case KEY_PASTED:
		must(key->len == strlen(key->text));
		must(utf8_is_valid(key->text, key->len, NULL));
		break;
	case KEY_NAMED:
		must(*key_label(key->code, key->mods, label) != '\0');
		break;
	default:
		must(false);
	}
}

static void take_all(struct key_reader *reader, int64_t now_ms, struct fields *fields)
{
	struct key key;

	while (key_reader_take(reader, now_ms, &key)) {
		check_key(&key);
		type(fields, &key);
	}
}

/* The first byte chooses the codeset, the second the size of the pieces in which the rest arrives. */
static void read_keys(const uint8_t *bytes, size_t len, struct fields *fields)
{
	static const char *const codesets[] = { "UTF-8", "GB18030", "ISO-8859-1", "no-such-codeset" };
	struct key_reader *reader = key_reader_new(codesets[bytes[0] % 4], 50, 400);
	const size_t piece = bytes[1] % 16 + 1;
	int64_t now_ms = 1000;

	for (size_t at = 2; at < len; at += piece) {
		key_reader_feed(reader, (const char *)bytes + at, len - at < piece ? len - at : piece, now_ms);
		take_all(reader, now_ms, fields);
		now_ms += bytes[1] & 0x80 ? 500 : 10;
	}
	/* Whatever was begun ends by itself, within the wait that the reader names. */
	for (int wait; (wait = key_reader_wait_ms(reader, now_ms)) >= 0;) {
		must(wait <= 1000);
		now_ms += wait + 1;
		take_all(reader, now_ms, fields);
	}
	key_reader_free(&reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct fields fields = {
		.plain = input_new(&(struct input_options){ .max_chars = MOST_CHARS }),
		.number = input_new(&(struct input_options){ .max_chars = NUMBER_CHARS, .halfwidth = true, .accepts = "0123456789.-" }),
		.password = input_new(&(struct input_options){ .max_chars = MOST_CHARS, .masked = true }),
		.area = area_new(MOST_AREA_CHARS),
	};

	if (len >= 2)
		read_keys(bytes, len, &fields);
	input_free(&fields.plain);
	input_free(&fields.number);
	input_free(&fields.password);
	area_free(&fields.area);
	return 0;
}
