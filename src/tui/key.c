/* key: names of keys; the reader is key_reader.c. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "base/utf8.h"
#include "tui/key.h"

static const struct {
	int code;
	const char *name;
} names[] = {
	{ K_ENTER, "Enter" }, { K_ESC, "Esc" },       { K_TAB, "Tab" },     { K_BACKTAB, "BackTab" },
	{ K_BACKSPACE, "Backspace" }, { K_DELETE, "Del" }, { K_INSERT, "Ins" }, { K_UP, "Up" },
	{ K_DOWN, "Down" },   { K_LEFT, "Left" },     { K_RIGHT, "Right" }, { K_HOME, "Home" },
	{ K_END, "End" },     { K_PAGE_UP, "PgUp" },  { K_PAGE_DOWN, "PgDn" },
};
enum { NAMES = sizeof names / sizeof *names };

bool key_is(const struct key *key, int code, unsigned mods)
{
	return key->kind == KEY_NAMED && key->code == code && key->mods == mods;
}

bool key_is_text(const struct key *key, const char *text)
{
	return key->kind == KEY_TEXT && strcmp(key->text, text) == 0;
}

/* Takes "Ctrl-", "Alt-", "Shift-" off the front of SPEC. */
static unsigned take_mods(const char **spec, size_t *len)
{
	static const struct {
		const char *name;
		unsigned mod;
	} mods[] = { { "Ctrl-", KEY_CTRL }, { "Alt-", KEY_ALT }, { "Shift-", KEY_SHIFT } };
	unsigned taken = 0;

	for (size_t i = 0; i < sizeof mods / sizeof *mods; i++) {
		size_t head = strlen(mods[i].name);
		if (*len > head && strncasecmp(*spec, mods[i].name, head) == 0) {
			taken |= mods[i].mod;
			*spec += head;
			*len -= head;
			i = (size_t)-1; /* in any order */
		}
	}
	return taken;
}

static int function_key(const char *spec, size_t len)
{
	int number = 0;

	if (len < 2 || len > 3 || (spec[0] != 'F' && spec[0] != 'f'))
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (!isdigit((unsigned char)spec[i]))
			return 0;
		number = number * 10 + (spec[i] - '0');
	}
	return number >= 1 && number <= 12 ? K_F1 + number - 1 : 0;
}

static int named_code(const char *spec, size_t len)
{
	for (size_t i = 0; i < NAMES; i++) {
		if (strlen(names[i].name) == len && strncasecmp(spec, names[i].name, len) == 0)
			return names[i].code;
	}
	return function_key(spec, len);
}

bool key_parse(const char *spec, size_t len, int *code, unsigned *mods)
{
	size_t step = 0;
	uint32_t c;

	*mods = take_mods(&spec, &len);
	*code = named_code(spec, len);
	if (*code == K_TAB && *mods == KEY_SHIFT) {
		*code = K_BACKTAB;
		*mods = 0;
	}
	if (*code != 0 || len == 0)
		return *code != 0;
	c = utf8_decode(spec, &step);
	if (step != len || c <= ' ' || c == 0x7f)
		return false;
	if (*mods == 0) {
		*code = (int)c;
		return true;
	}
	*code = c < 0x80 ? tolower((int)c) : 0;
	return *mods == KEY_CTRL && *code >= 'a' && *code <= 'z';
}

static void base_name(int code, char buffer[KEY_NAME_SIZE])
{
	buffer[0] = '\0';
	for (size_t i = 0; i < NAMES; i++) {
		if (names[i].code == code)
			(void)str_copy(buffer, KEY_NAME_SIZE, names[i].name);
	}
	if (code >= K_F1 && code <= K_F12)
		(void)snprintf(buffer, KEY_NAME_SIZE, "F%d", code - K_F1 + 1);
	else if (code > 0 && code < K_ENTER)
		(void)utf8_encode((uint32_t)code, buffer);
}

char *key_label(int code, unsigned mods, char buffer[KEY_NAME_SIZE])
{
	char base[KEY_NAME_SIZE];

	base_name(code, base);
	if (base[0] >= 'a' && base[0] <= 'z' && base[1] == '\0' && mods != 0)
		base[0] = (char)toupper(base[0]);
	(void)snprintf(buffer, KEY_NAME_SIZE, "%s%s%s%.10s", (mods & KEY_CTRL) != 0 ? "Ctrl-" : "",
	               (mods & KEY_ALT) != 0 ? "Alt-" : "", (mods & KEY_SHIFT) != 0 ? "Shift-" : "", base);
	return buffer;
}
