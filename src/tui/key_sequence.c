/* key_sequence: see key_sequence.h. */
#include <stdbool.h>

#include "tui/key.h"
#include "tui/key_sequence.h"

enum { ESC = 0x1b, BEL = 0x07, PARAMETERS = 3, STRING_MOST = 4096 };

struct control {
	int parameters[PARAMETERS];
	int count;
	char private_mark; /* < = > ? or 0 */
	char final;
};

struct meaning {
	int number; /* the final character, or the number before '~' */
	int code;
	unsigned mods;
};

/* Esc [ final, Esc O final: xterm, PuTTY, VT, rxvt (small letters: shifted or with Ctrl). */
static const struct meaning finals[] = {
	{ 'A', K_UP, 0 },        { 'B', K_DOWN, 0 },      { 'C', K_RIGHT, 0 },     { 'D', K_LEFT, 0 },
	{ 'H', K_HOME, 0 },      { 'F', K_END, 0 },       { 'Z', K_BACKTAB, 0 },   { 'P', K_F1, 0 },
	{ 'Q', K_F2, 0 },        { 'R', K_F3, 0 },        { 'S', K_F4, 0 },        { 'E', 0, 0 },
};
static const struct meaning rxvt_shifted[] = {
	{ 'a', K_UP, KEY_SHIFT }, { 'b', K_DOWN, KEY_SHIFT }, { 'c', K_RIGHT, KEY_SHIFT }, { 'd', K_LEFT, KEY_SHIFT },
};
/* Esc O: the numeric keypad as VT220 and PuTTY send it, and rxvt's arrows with Ctrl. */
static const struct meaning keypad_finals[] = {
	{ 'M', K_ENTER, 0 }, { 'X', '=', 0 }, { 'j', '*', 0 }, { 'k', '+', 0 }, { 'l', ',', 0 }, { 'm', '-', 0 },
	{ 'n', '.', 0 },     { 'o', '/', 0 }, { 'p', '0', 0 }, { 'q', '1', 0 }, { 'r', '2', 0 }, { 's', '3', 0 },
	{ 't', '4', 0 },     { 'u', '5', 0 }, { 'v', '6', 0 }, { 'w', '7', 0 }, { 'x', '8', 0 }, { 'y', '9', 0 },
	{ 'a', K_UP, KEY_CTRL }, { 'b', K_DOWN, KEY_CTRL }, { 'c', K_RIGHT, KEY_CTRL }, { 'd', K_LEFT, KEY_CTRL },
};
/* Esc [ number ~ */
static const struct meaning numbered[] = {
	{ 1, K_HOME, 0 },        { 2, K_INSERT, 0 },      { 3, K_DELETE, 0 },      { 4, K_END, 0 },
	{ 5, K_PAGE_UP, 0 },     { 6, K_PAGE_DOWN, 0 },   { 7, K_HOME, 0 },        { 8, K_END, 0 },
	{ 11, K_F1, 0 },         { 12, K_F2, 0 },         { 13, K_F3, 0 },         { 14, K_F4, 0 },
	{ 15, K_F5, 0 },         { 17, K_F6, 0 },         { 18, K_F7, 0 },         { 19, K_F8, 0 },
	{ 20, K_F9, 0 },         { 21, K_F10, 0 },        { 23, K_F11, 0 },        { 24, K_F12, 0 },
	{ 25, K_F1, KEY_SHIFT }, { 26, K_F2, KEY_SHIFT }, { 28, K_F3, KEY_SHIFT }, { 29, K_F4, KEY_SHIFT },
	{ 31, K_F5, KEY_SHIFT }, { 32, K_F6, KEY_SHIFT }, { 33, K_F7, KEY_SHIFT }, { 34, K_F8, KEY_SHIFT },
};
/* Esc [ [ letter: the Linux console. */
static const struct meaning linux_finals[] = {
	{ 'A', K_F1, 0 }, { 'B', K_F2, 0 }, { 'C', K_F3, 0 }, { 'D', K_F4, 0 }, { 'E', K_F5, 0 },
};
#define LOOK(table, number, key) look((table), sizeof(table) / sizeof *(table), (number), (key))

static bool look(const struct meaning *table, size_t count, int number, struct sequence_key *key)
{
	for (size_t i = 0; i < count; i++) {
		if (table[i].number == number && table[i].code != 0) {
			key->code = table[i].code;
			key->mods |= table[i].mods;
			return true;
		}
	}
	return false;
}

/* Parameters, intermediates and the final of a control sequence whose parameters begin at AT. */
static enum sequence read_control(const char *bytes, size_t len, size_t at, size_t *used, struct control *control)
{
	*control = (struct control){ .count = 0 };
	for (; at < len; at++) {
		const char c = bytes[at];
		if (c >= '0' && c <= '9') {
			int *p = &control->parameters[control->count < PARAMETERS ? control->count : PARAMETERS - 1];
			*p = *p < 10000 ? *p * 10 + (c - '0') : *p;
		} else if (c == ';' || c == ':') {
			control->count++;
		} else if (c >= '<' && c <= '?') {
			control->private_mark = c;
		} else if (c < ' ' || c == 0x7f || (c & 0x80) != 0) {
			*used = at; /* not of the sequence: it ends here, broken */
			return SEQUENCE_NOTHING;
		} else if (c >= '@' || (c == '$' && control->private_mark == 0)) {
			control->final = c;
			*used = at + 1;
			return SEQUENCE_KEY;
		}
	}
	return SEQUENCE_MORE;
}

/* xterm: 1 + bits in the second parameter. */
static unsigned control_mods(const struct control *control)
{
	const int bits = control->count >= 1 ? control->parameters[1] - 1 : 0;
	return bits <= 0 ? 0 : ((bits & 1) != 0 ? KEY_SHIFT : 0U) | ((bits & 2) != 0 ? KEY_ALT : 0U) |
	                               ((bits & 4) != 0 ? KEY_CTRL : 0U);
}

static bool numbered_meaning(const struct control *control, struct sequence_key *key)
{
	switch (control->final) {
	case '~':
		break;
	case '$': /* rxvt */
		key->mods |= KEY_SHIFT;
		break;
	case '^':
		key->mods |= KEY_CTRL;
		break;
	case '@':
		key->mods |= KEY_CTRL | KEY_SHIFT;
		break;
	default:
		return false;
	}
	return LOOK(numbered, control->parameters[0], key);
}

static enum sequence control_meaning(const struct control *control, struct sequence_key *key)
{
	key->mods = control_mods(control);
	if (control->private_mark != 0)
		return SEQUENCE_NOTHING;
	if (control->final == '~' && control->parameters[0] == 200)
		return SEQUENCE_PASTE;
	if (numbered_meaning(control, key) || LOOK(finals, control->final, key) ||
	    LOOK(rxvt_shifted, control->final, key))
		return SEQUENCE_KEY;
	return SEQUENCE_NOTHING;
}

static enum sequence control_sequence(const char *bytes, size_t len, size_t *used, struct sequence_key *key)
{
	struct control control;
	enum sequence read;

	if (len > 2 && bytes[2] == '[') { /* the Linux console's F1..F5 */
		if (len < 4)
			return SEQUENCE_MORE;
		*used = 4;
		return LOOK(linux_finals, bytes[3], key) ? SEQUENCE_KEY : SEQUENCE_NOTHING;
	}
	read = read_control(bytes, len, 2, used, &control);
	return read == SEQUENCE_KEY ? control_meaning(&control, key) : read;
}

static enum sequence keypad_sequence(const char *bytes, size_t len, size_t *used, struct sequence_key *key)
{
	struct control control;
	enum sequence read = read_control(bytes, len, 2, used, &control);

	if (read != SEQUENCE_KEY)
		return read;
	key->mods = control_mods(&control);
	if (control.count == 0 && control.parameters[0] > 1) { /* old konsole: Esc O 2 P */
		control.parameters[1] = control.parameters[0];
		control.count = 1;
		key->mods = control_mods(&control);
	}
	if (LOOK(keypad_finals, control.final, key) || LOOK(finals, control.final, key))
		return SEQUENCE_KEY;
	return SEQUENCE_NOTHING;
}

/* A string (the answer to a question nobody asked): up to BEL or Esc \. */
static enum sequence string_sequence(const char *bytes, size_t len, size_t *used)
{
	for (size_t at = 2; at < len; at++) {
		if (bytes[at] == BEL || (bytes[at] == '\\' && bytes[at - 1] == ESC)) {
			*used = at + 1;
			return SEQUENCE_NOTHING;
		}
	}
	*used = len;
	return len > STRING_MOST ? SEQUENCE_NOTHING : SEQUENCE_MORE;
}

enum sequence key_sequence(const char *bytes, size_t len, size_t *used, struct sequence_key *key)
{
	*used = len;
	key->code = 0;
	key->mods = 0;
	if (len < 2)
		return SEQUENCE_MORE;
	switch (bytes[1]) {
	case '[':
		return control_sequence(bytes, len, used, key);
	case 'O':
		return keypad_sequence(bytes, len, used, key);
	case ']':
	case 'P':
	case '_':
	case '^':
		return string_sequence(bytes, len, used);
	default:
		*used = 2;
		return SEQUENCE_NOTHING;
	}
}
