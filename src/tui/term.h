/*
 * term: the one terminal.
 *
 * Layer: tui. Opening it takes the line (raw, no flow control, keypad keys,
 * bracketed paste); closing gives it back exactly as it was. Signals only set
 * flags, which the loop takes. Everything the program shows goes through
 * term_flush(), which only the loop calls.
 */
#ifndef YW_TUI_TERM_H
#define YW_TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "tui/style.h"

enum { TERM_LEAST_ROWS = 24, TERM_LEAST_COLS = 80 };

struct term_options {
	enum theme theme;
	bool ascii_borders;  /* + - | instead of line characters */
	int escape_ms;       /* 0: 50; raise it on a line that tears sequences apart */
	int digit_ms;        /* 0: 400; how long Esc waits for the digit of "Esc 9" */
	/* For tests and scripts; all zero for the real terminal. */
	FILE *in, *out;
	const char *type;    /* instead of TERM */
	int rows, cols;      /* instead of asking the terminal */
};

/* Sequences of the terminal's terminfo entry, for the key reader. */
struct key_reader;
void term_define_keys(struct key_reader *reader);
/* A key reader for this terminal: its codeset, its sequences, its waits. Caller frees. */
struct key_reader *term_key_reader(void);

/*
 * False on a bare Linux virtual console, whose font cannot show Chinese: say so
 * in ASCII before term_open(). Knows fbterm, kmscon and the like behind TERM=linux.
 */
bool term_can_show_chinese(void);

bool term_open(const struct term_options *options, struct err *err);
void term_close(void);
bool term_is_open(void);
/* Gives the line back with nothing but write() and tcsetattr(): for a fatal signal or exhausted memory. */
void term_restore(void);

int term_rows(void);
int term_cols(void);
bool term_is_too_small(void);
bool term_is_monochrome(void);

/* What happened since it was last asked. */
enum term_event {
	TERM_RESIZED = 1,
	TERM_HUNGUP = 2,     /* SIGHUP, SIGTERM, end of file: save and leave */
	TERM_SUSPEND = 4,    /* SIGTSTP: call term_suspend() */
	TERM_CONTINUED = 8,  /* everything must be painted again */
};
unsigned term_take_events(void);
/* Sends EVENTS to ourselves, as a signal would (tests, scripts). */
void term_post_events(unsigned events);
/* The new size is taken over; a test gives it, else 0, 0. */
void term_resize(int rows, int cols);
/* Gives the line back, stops the process, takes the line again when it is continued. */
void term_suspend(void);

/*
 * Waits at most TIMEOUT_MS (-1: for ever) for bytes or an event; reads at most SIZE
 * bytes into BUFFER. Returns how many, 0 for none.
 */
size_t term_read(char *buffer, size_t size, int timeout_ms);
/* Sends what changed; true if anything did. */
void term_flush(void);
/* Everything is sent anew at the next flush (Ctrl-L, after another program wrote). */
void term_redraw(void);

/* The screen as it was last flushed: lines ended by '\n', wide glyphs once, no blanks at line ends. Caller frees. */
char *term_screen_text(void);
/* One letter a column: the style of row ROW for tests: ' ' none, 'b' bold, 'r' reverse, 'd' dim, 'u' underlined, 'c' coloured. */
char *term_row_attributes(int row);
/* Where the real cursor stands. */
void term_cursor(int *row, int *col);

#endif
