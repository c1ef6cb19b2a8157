/* key_reader: bytes in, keys out; see key.h. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "tui/key.h"
#include "tui/key_sequence.h"

enum { ESC = 0x1b, DEL = 0x7f, PASTE_PATIENCE_MS = 1000 };
static const char paste_end[] = "\033[201~";

struct defined {
	char *sequence;
	size_t len;
	struct sequence_key key;
};

struct key_reader {
	iconv_t converter;
	int escape_ms, digit_ms;
	struct str in; /* bytes that are no keys yet; [at, len) */
	size_t at;
	int64_t fed_ms;   /* when the last bytes came */
	size_t torn_at;   /* an Esc here was followed only after escape_ms; SIZE_MAX: none */
	struct str text;  /* of the key that was taken last */
	bool pasting;
	size_t searched;  /* no end of the paste before here */
	struct defined *defined;
	size_t defined_count;
};

struct key_reader *key_reader_new(const char *codeset, int escape_ms, int digit_ms)
{
	struct key_reader *reader = mem_new(struct key_reader);

	reader->converter = iconv_open("UTF-8", codeset);
	if (reader->converter == (iconv_t)-1)
		reader->converter = iconv_open("UTF-8", "UTF-8");
	reader->escape_ms = escape_ms;
	reader->digit_ms = digit_ms;
	reader->torn_at = SIZE_MAX;
	return reader;
}

void key_reader_free(struct key_reader **reader)
{
	struct key_reader *r = *reader;

	if (r == NULL)
		return;
	for (size_t i = 0; i < r->defined_count; i++)
		free(r->defined[i].sequence);
	free(r->defined);
	if (r->converter != (iconv_t)-1)
		(void)iconv_close(r->converter);
	str_release(&r->in);
	str_release(&r->text);
	free(r);
	*reader = NULL;
}

void key_reader_define(struct key_reader *reader, const char *sequence, int code, unsigned mods)
{
	size_t len = strlen(sequence), used;
	struct sequence_key known;

	if (len < 2 || sequence[0] != ESC || (key_sequence(sequence, len, &used, &known) == SEQUENCE_KEY && used == len))
		return;
	reader->defined = mem_resize(reader->defined, reader->defined_count + 1, sizeof *reader->defined);
	reader->defined[reader->defined_count++] =
		(struct defined){ .sequence = mem_text(sequence), .len = len, .key = { .code = code, .mods = mods } };
}

void key_reader_feed(struct key_reader *reader, const char *bytes, size_t len, int64_t now_ms)
{
	if (len == 0)
		return;
	if (reader->at == reader->in.len) {
		str_clear(&reader->in);
		reader->at = reader->searched = 0;
		reader->torn_at = SIZE_MAX;
	}
	if (reader->in.len == reader->at + 1 && reader->in.data[reader->at] == ESC &&
	    now_ms - reader->fed_ms >= reader->escape_ms)
		reader->torn_at = reader->at;
	str_add_len(&reader->in, bytes, len);
	reader->fed_ms = now_ms;
}

/* UTF-8 of LEN bytes of the terminal's codeset; bad ones become U+FFFD. Returns the bytes that a character at the end lacks. */
static size_t decode(struct key_reader *reader, const char *bytes, size_t len, bool whole)
{
	char *from = (char *)bytes; /* iconv() only reads it */
	size_t left = len;

	str_clear(&reader->text);
	(void)iconv(reader->converter, NULL, NULL, NULL, NULL);
	while (left > 0) {
		char block[4096], *to = block;
		size_t room = sizeof block, result = iconv(reader->converter, &from, &left, &to, &room);
		const int why = errno;

		str_add_len(&reader->text, block, (size_t)(to - block));
		if (result != (size_t)-1 || why == E2BIG)
			continue;
		if (why == EINVAL && !whole)
			break;
		str_add(&reader->text, "\xef\xbf\xbd");
		from++;
		left--;
	}
	if (!utf8_is_valid(str_text(&reader->text), reader->text.len, NULL)) {
		char *good = utf8_repaired(str_text(&reader->text), reader->text.len);
		str_set(&reader->text, good);
		free(good);
	}
	return left;
}

/* Bytes of the one character of the terminal's codeset that begins at BYTES; 1 if none does. */
static size_t character_len(struct key_reader *reader, const char *bytes, size_t most)
{
	for (size_t len = 1; len <= most && len <= 4; len++) {
		char block[16], *to = block, *from = (char *)bytes;
		size_t left = len, room = sizeof block;

		(void)iconv(reader->converter, NULL, NULL, NULL, NULL);
		if (iconv(reader->converter, &from, &left, &to, &room) != (size_t)-1)
			return len;
		if (errno != EINVAL)
			break;
	}
	return 1;
}

static bool give_text(const struct key_reader *reader, enum key_kind kind, struct key *key)
{
	*key = (struct key){ .kind = kind, .text = str_text(&reader->text), .len = reader->text.len };
	return true;
}

static bool give_named(struct key_reader *reader, struct sequence_key named, struct key *key)
{
	if (named.code > 0 && named.code < K_ENTER && named.mods == 0) { /* the numeric keypad */
		str_clear(&reader->text);
		str_add_char(&reader->text, (char)named.code);
		return give_text(reader, KEY_TEXT, key);
	}
	if (named.code == K_BACKTAB || (named.code == K_TAB && named.mods == KEY_SHIFT))
		named = (struct sequence_key){ .code = K_BACKTAB };
	*key = (struct key){ .kind = KEY_NAMED, .code = named.code, .mods = named.mods };
	return true;
}

/* Line breaks of a paste as '\n': terminals send CR, some CR LF. */
static void unify_breaks(struct str *text)
{
	size_t to = 0;

	for (size_t at = 0; at < text->len; at++) {
		char c = text->data[at];
		if (c == '\r' && at + 1 < text->len && text->data[at + 1] == '\n')
			continue;
		text->data[to++] = c == '\r' ? '\n' : c;
	}
	if (text->data != NULL)
		text->data[to] = '\0';
	text->len = to;
}

static bool give_paste(struct key_reader *reader, size_t end, size_t next, struct key *key)
{
	size_t len = end - reader->at;

	len = len > KEY_TEXT_MOST ? KEY_TEXT_MOST : len;
	(void)decode(reader, reader->in.data + reader->at, len, end - reader->at == len);
	unify_breaks(&reader->text);
	reader->at = next;
	reader->pasting = false;
	return give_text(reader, KEY_PASTED, key);
}

static bool take_paste(struct key_reader *reader, int64_t now_ms, struct key *key)
{
	const size_t mark = sizeof paste_end - 1;
	size_t at = reader->searched > reader->at ? reader->searched : reader->at;

	for (; at < reader->in.len; at++) {
		const char *found = memchr(reader->in.data + at, ESC, reader->in.len - at);
		at = found == NULL ? reader->in.len : (size_t)(found - reader->in.data);
		if (at + mark > reader->in.len)
			break;
		if (memcmp(found, paste_end, mark) == 0)
			return give_paste(reader, at, at + mark, key);
	}
	reader->searched = at;
	if (now_ms - reader->fed_ms < PASTE_PATIENCE_MS)
		return false;
	return give_paste(reader, reader->in.len, reader->in.len, key); /* its end never came */
}

/* A sequence of the terminfo entry. */
static enum sequence defined_sequence(const struct key_reader *reader, size_t *used, struct sequence_key *named)
{
	const char *bytes = reader->in.data + reader->at;
	const size_t len = reader->in.len - reader->at;

	for (size_t i = 0; i < reader->defined_count; i++) {
		const struct defined *d = &reader->defined[i];
		if (len >= d->len && memcmp(bytes, d->sequence, d->len) == 0) {
			*used = d->len;
			*named = d->key;
			return SEQUENCE_KEY;
		}
	}
	return SEQUENCE_NOTHING;
}

static bool is_introducer(char c)
{
	return c == '[' || c == 'O';
}

/* A lone Esc counts once nothing can follow it any more. */
static bool take_lone_escape(struct key_reader *reader, int64_t now_ms, struct key *key)
{
	if (now_ms - reader->fed_ms < reader->digit_ms)
		return false;
	reader->at++;
	return give_named(reader, (struct sequence_key){ .code = K_ESC }, key);
}

static bool is_complete(struct key_reader *reader, enum sequence read, size_t *used, int64_t now_ms)
{
	if (read != SEQUENCE_MORE)
		return true;
	*used = reader->in.len - reader->at; /* its rest never came: drop what is there */
	return now_ms - reader->fed_ms >= reader->digit_ms;
}

/*
 * What begins with Esc. Returns true if KEY is set; else *WAIT says whether to
 * wait for more or to go on after what was swallowed.
 */
static bool take_escape(struct key_reader *reader, int64_t now_ms, struct key *key, bool *wait)
{
	const char *bytes = reader->in.data + reader->at;
	const size_t len = reader->in.len - reader->at;
	struct sequence_key named = { 0 };
	size_t used = 0, skip = 0;
	enum sequence read;

	*wait = true;
	if (len == 1)
		return take_lone_escape(reader, now_ms, key);
	if (bytes[1] >= '0' && bytes[1] <= '9') {
		reader->at += 2;
		named.code = bytes[1] == '0' ? K_F10 : K_F1 + (bytes[1] - '1');
		return give_named(reader, named, key);
	}
	if (bytes[1] == ESC && len > 2 && is_introducer(bytes[2]))
		skip = 1; /* Alt with a named key */
	else if (bytes[1] == ESC || (reader->torn_at == reader->at && !is_introducer(bytes[1]))) {
		reader->at++;
		return give_named(reader, (struct sequence_key){ .code = K_ESC }, key);
	}
	read = defined_sequence(reader, &used, &named);
	if (read != SEQUENCE_KEY) {
		read = key_sequence(bytes + skip, len - skip, &used, &named);
		used += skip;
		named.mods |= skip > 0 ? KEY_ALT : 0U;
	}
	if (!is_complete(reader, read, &used, now_ms))
		return false;
	*wait = false;
	if (read == SEQUENCE_NOTHING && used == 2 && (bytes[1] & 0x80) != 0)
		used = 1 + character_len(reader, bytes + 1, len - 1); /* Alt with a letter of more than a byte */
	reader->at += used;
	reader->pasting = read == SEQUENCE_PASTE;
	reader->searched = reader->at;
	return read == SEQUENCE_KEY && give_named(reader, named, key);
}

/* False for a control character that means nothing. */
static bool give_control(struct key_reader *reader, char c, struct key *key)
{
	switch (c) {
	case '\r':
	case '\n':
		return give_named(reader, (struct sequence_key){ .code = K_ENTER }, key);
	case '\t':
		return give_named(reader, (struct sequence_key){ .code = K_TAB }, key);
	case '\b':
	case DEL:
		return give_named(reader, (struct sequence_key){ .code = K_BACKSPACE }, key);
	case '\0': /* Ctrl-Space belongs to input methods */
		return false;
	default:
		return give_named(reader,
		                  (struct sequence_key){ .code = c + (c < ESC ? 0x60 : 0x40), .mods = KEY_CTRL }, key);
	}
}

/* A run of characters. A character at the end that is not complete waits for its rest. */
static bool take_text(struct key_reader *reader, int64_t now_ms, struct key *key)
{
	const char *bytes = reader->in.data + reader->at;
	const size_t most = reader->in.len - reader->at;
	size_t len = 0, lacking;

	while (len < most && len < KEY_TEXT_MOST && (unsigned char)bytes[len] >= ' ' && bytes[len] != DEL)
		len++;
	lacking = decode(reader, bytes, len, len < most || now_ms - reader->fed_ms >= reader->digit_ms);
	reader->at += len - lacking;
	return reader->text.len > 0 && give_text(reader, KEY_TEXT, key);
}

bool key_reader_take(struct key_reader *reader, int64_t now_ms, struct key *key)
{
	while (reader->at < reader->in.len || reader->pasting) {
		bool wait;
		char c;

		if (reader->pasting)
			return take_paste(reader, now_ms, key);
		c = reader->in.data[reader->at];
		if (c == ESC) {
			if (take_escape(reader, now_ms, key, &wait))
				return true;
			if (wait)
				return false;
		} else if ((unsigned char)c < ' ' || c == DEL) {
			reader->at++;
			if (give_control(reader, c, key))
				return true;
		} else {
			return take_text(reader, now_ms, key);
		}
	}
	return false;
}

int key_reader_wait_ms(const struct key_reader *reader, int64_t now_ms)
{
	int64_t due;

	if (reader->at == reader->in.len && !reader->pasting)
		return -1;
	due = reader->fed_ms + (reader->pasting ? PASTE_PATIENCE_MS : reader->digit_ms) - now_ms;
	return due < 0 ? 0 : (int)due;
}
