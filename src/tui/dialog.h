/*
 * dialog: say something, ask something.
 *
 * Layer: tui; CDK's dialog. No letters as answers: an input method may be on.
 * ←→ and Enter, or the digit before the button.
 */
#ifndef YW_TUI_DIALOG_H
#define YW_TUI_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/loop.h"

/* TEXT may have several lines; it is shown literally. */
void dialog_message(struct loop *loop, enum style style, const char *title, const char *text);

enum { DIALOG_BUTTONS_MOST = 9 };
struct dialog_options {
	const char *title;
	const char *text;
	const char *buttons[DIALOG_BUTTONS_MOST]; /* translated; shown as "1 Yes" "2 No" */
	size_t count;
	size_t preset;                            /* which has the focus at first */
	/* ANSWER is the index of the button; COUNT for Esc. */
	enum react (*done)(void *owner, struct loop *loop, size_t answer);
	void *owner;
};
void dialog_ask(struct loop *loop, const struct dialog_options *options);
/* 1 Yes, 2 No; No has the focus if DANGEROUS. ANSWER is true for yes. */
void dialog_confirm(struct loop *loop, const char *text, bool dangerous,
                    enum react (*done)(void *owner, struct loop *loop, bool yes), void *owner);

/* A text to be given: a reason, an opinion, a name, a password. */
struct prompt_options {
	const char *title;
	const char *text;            /* above the field; may be NULL */
	const char *initial;
	size_t max_chars;
	bool one_line;               /* else an area; F9 (or the button) takes it */
	bool masked;
	bool must;                   /* empty is refused, with a word why */
	const char *const *phrases;  /* F3: a choice of these; copied */
	size_t phrase_count;
	/* NULL if it is good, else the reason, shown under the field. May be NULL. */
	const char *(*check)(void *owner, const char *text);
	enum react (*done)(void *owner, struct loop *loop, const char *text); /* TEXT NULL: Esc */
	void *owner;
};
void dialog_prompt(struct loop *loop, const struct prompt_options *options);

#endif
