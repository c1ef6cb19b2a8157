/*
 * screen: a terminal in the test's own process.
 *
 * The terminal is opened on pipes; keys are fed as bytes, the loop runs until it
 * is idle, and the screen is read back as UTF-8 text and compared with a golden
 * file in tests/screen/golden (YW_UPDATE_GOLDEN=1 writes it). Everything that
 * goes to the terminal is counted.
 */
#ifndef YW_TESTS_SCREEN_H
#define YW_TESTS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/loop.h"
#include "tui/term.h"

struct screen_test;

struct screen_options {
	int rows, cols;      /* 0: 24, 80 */
	const char *type;    /* NULL: "xterm-256color" */
	const char *codeset; /* NULL: UTF-8; a locale name to set otherwise ("zh_CN.GB18030") */
	enum theme theme;
	bool ascii_borders;
};

/* Opens the terminal; fails the test if it cannot. Before the loop is made. */
struct screen_test *screen_open(const struct screen_options *options);
void screen_close(struct screen_test **test);
/* The virtual clock, for loop_options.now_ms with TEST as its clock. */
int64_t screen_now_ms(void *test);
/* Lets MS pass and gives the loop its tick. */
void screen_pass(struct screen_test *test, struct loop *loop, int64_t ms);

/* Feeds raw bytes and runs the loop until it is idle; false if the loop has ended. */
bool screen_feed(struct screen_test *test, struct loop *loop, const char *bytes, size_t len);
/* As a script line: "5<Enter>机房<Tab>" as the bytes an xterm sends; <Esc> alone waits as a person does. */
bool screen_keys(struct screen_test *test, struct loop *loop, const char *keys);
/* Bytes that went to the terminal since this was last asked. */
size_t screen_bytes(struct screen_test *test);
/* The bytes themselves since screen_bytes() was last asked, for looking at; borrowed. */
const char *screen_output(struct screen_test *test, size_t *len);

/* The screen as text; caller frees. */
char *screen_text(void);
/* Fails the test unless TEXT is (is not) on the screen, and prints the screen. */
void screen_shows(const char *text);
void screen_hides(const char *text);
/* Compares with tests/screen/golden/NAME.txt. */
void screen_golden(const char *name);

#endif
