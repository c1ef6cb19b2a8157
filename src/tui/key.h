/*
 * key: bytes from a terminal become keys, texts and pastes.
 *
 * Layer: tui. The reader owns no descriptor: bytes are fed, keys are taken, so
 * that it is tested without a terminal. It knows the sequences of xterm, PuTTY,
 * rxvt, VT220, the Linux console and tmux whatever TERM says, and those of the
 * terminfo entry beside them. A sequence it does not know is swallowed whole.
 * Esc followed by a digit is a function key (Esc 0 is F10). Bytes are in the
 * terminal's codeset; texts come out as valid UTF-8.
 */
#ifndef YW_TUI_KEY_H
#define YW_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_kind {
	KEY_NONE,
	KEY_TEXT,    /* one burst of typed characters: an input method commits a phrase */
	KEY_NAMED,   /* code and mods */
	KEY_PASTED,  /* bracketed paste, line breaks as '\n' */
};

/* Codes of named keys; Ctrl with a letter is the letter ('a') and KEY_CTRL. */
enum key_code {
	K_NONE = 0,
	K_ENTER = 0x100, K_ESC, K_TAB, K_BACKTAB, K_BACKSPACE, K_DELETE, K_INSERT,
	K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PAGE_UP, K_PAGE_DOWN,
	K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
	K_LAST,
};

enum key_mods { KEY_SHIFT = 1, KEY_ALT = 2, KEY_CTRL = 4 };

struct key {
	enum key_kind kind;
	int code;         /* KEY_NAMED only */
	unsigned mods;    /* KEY_NAMED only */
	const char *text; /* KEY_TEXT, KEY_PASTED: UTF-8, NUL-terminated, borrowed until the next key is taken */
	size_t len;
};

/* True if KEY is the named key CODE with exactly MODS. */
bool key_is(const struct key *key, int code, unsigned mods);
/* True if KEY is the one-character text TEXT ("1"). */
bool key_is_text(const struct key *key, const char *text);
/* "F9", "Shift-Tab", "Ctrl-S", "1" -> a code (a character's number for "1") and mods; false if SPEC names no key. */
bool key_parse(const char *spec, size_t len, int *code, unsigned *mods);
enum { KEY_NAME_SIZE = 32 };
/* The name of a key as key_parse() reads it and the footer shows it. */
char *key_label(int code, unsigned mods, char buffer[KEY_NAME_SIZE]);

/* The reader. */
struct key_reader;

/*
 * CODESET as nl_langinfo(CODESET) says. ESCAPE_MS: how long a lone Esc waits for the
 * rest of a sequence; DIGIT_MS: how long it waits for the digit of "Esc 9".
 */
struct key_reader *key_reader_new(const char *codeset, int escape_ms, int digit_ms);
void key_reader_free(struct key_reader **reader);
/* Adds a sequence of the terminfo entry; one that is known already stays as it is. */
void key_reader_define(struct key_reader *reader, const char *sequence, int code, unsigned mods);
/* Bytes that were read at NOW_MS. Any bytes, any amount. */
void key_reader_feed(struct key_reader *reader, const char *bytes, size_t len, int64_t now_ms);
/* Takes the next key; false if none is complete at NOW_MS. */
bool key_reader_take(struct key_reader *reader, int64_t now_ms, struct key *key);
/* Milliseconds until waiting bytes become a key by themselves; -1 if nothing waits. */
int key_reader_wait_ms(const struct key_reader *reader, int64_t now_ms);

/* A paste or burst longer than this is cut, at a character, and the rest of it dropped. */
enum { KEY_TEXT_MOST = 8 * 1024 * 1024 };

#endif
