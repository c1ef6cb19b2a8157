/*
 * loop: the one event loop, with a stack of screens.
 *
 * Layer: tui. The loop is the only reader of keys and the only one that flushes.
 * A screen is a const struct of functions and an instance. Keys become actions
 * (the screen's, then the global ones); handle() changes state and answers with
 * a reaction; it never draws. Bursts of keys are drained before anything is
 * painted. Time comes from the loop, so that a test can move it.
 *
 * The last row of the screen is the footer, painted by the loop from the actions;
 * a full screen's pane is all above it. A notice (why an action is not available,
 * what was saved) lies over the row above the footer until the next key.
 *
 * Ctrl-L sends the screen anew and Ctrl-Z suspends, unless the table binds them or the
 * screen takes them (Ctrl-Z is undo in a text field). Below 80 x 24 a plain notice
 * shows, keys are dropped and screens keep their state.
 */
#ifndef YW_TUI_LOOP_H
#define YW_TUI_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "tui/action.h"
#include "tui/draw.h"
#include "tui/key.h"

struct loop;

/* What a handler wants; a handler that pushes a screen or posts a notice needs nothing more. */
enum react {
	REACT_NONE,    /* nothing to show */
	REACT_PAINT,   /* paint what changed: paint(whole = false) */
	REACT_REDRAW,  /* paint all: paint(whole = true) */
	REACT_LAYOUT,  /* layout() again, then paint all */
	REACT_RELOAD,  /* reload(), layout(), then paint all */
	REACT_CLOSE,   /* close this screen, the one below goes on */
	REACT_QUIT,    /* close all screens and end the loop */
	REACT_IGNORED, /* the key means nothing here */
};

enum leave {
	LEAVE_CLOSED,  /* by REACT_CLOSE or REACT_QUIT */
	LEAVE_HANGUP,  /* the line is gone: keep the draft, nothing can be asked any more */
};

enum screen_flags {
	SCREEN_POPUP = 1,      /* lies over the screen below, see place() */
	SCREEN_NO_FOOTER = 2,  /* a full screen that has none: its pane has all rows */
	SCREEN_MODAL_KEYS = 4, /* global actions are off (log-in, lock) */
	SCREEN_TICKS = 8,      /* tick() once a second; set for screens that live with others */
};

struct screen {
	const char *name; /* "list": for scripts and the log */
	unsigned flags;
	const int *actions; /* ids of the table, ended by 0, in the footer's order; NULL: none */

	/* All take the instance first. Only paint and handle must be there. */
	bool (*reload)(void *self, struct loop *loop, struct err *err); /* a failure is shown as a notice */
	void (*layout)(void *self, int rows, int cols);                 /* size of its pane, before the first paint and whenever it changes */
	struct rect (*place)(void *self, int rows, int cols);           /* popups: where, on a screen of this size */
	void (*paint)(void *self, struct pane *pane, bool whole);       /* whole: the pane has been cleared */
	enum react (*handle)(void *self, struct loop *loop, int action, const struct key *key); /* action 0: none */
	enum react (*tick)(void *self, struct loop *loop, int64_t now_ms);
	enum react (*resumed)(void *self, struct loop *loop);           /* the full screen above has closed (a popup answers by its callback) */
	unsigned (*holds)(const void *self);                            /* preconditions that hold now, for action.needs */
	bool (*takes_text)(const void *self);                           /* characters are text now, not actions */
	void (*leave)(void *self, struct loop *loop, enum leave why);
	void (*free)(void *self);
};

struct loop_options {
	const struct actions *actions; /* borrowed */
	const int *global;             /* ids of actions that every screen has, ended by 0; may be NULL */
	/* Gets global actions that the screen did not take (REACT_IGNORED). May be NULL. Popups have no global actions. */
	enum react (*global_handle)(void *context, struct loop *loop, int action);
	unsigned (*global_holds)(const void *context); /* preconditions, or-ed to the screen's */
	void *context;

	int idle_ms;                             /* 0: never; else after so long without a key: */
	void (*on_idle)(void *context, struct loop *loop); /* e.g. pushes the lock screen */

	int64_t (*now_ms)(void *clock); /* NULL: clock_monotonic_ms */
	void *clock;
	/* Instead of the terminal's bytes (scripts): false at the end, which quits. */
	bool (*next_key)(void *source, struct loop *loop, struct key *key);
	void *source;
};

struct loop *loop_new(const struct loop_options *options);
void loop_free(struct loop **loop);

/*
 * Puts a screen on top. SELF goes over to the loop, which calls screen->free(); at once
 * if 64 screens lie on each other already, so do not touch SELF after this.
 */
void loop_push(struct loop *loop, const struct screen *screen, void *self);
/* Runs until the stack is empty or the line is gone; true if it ended by itself, false on hang-up. */
bool loop_run(struct loop *loop);
/* Handles all that is there, paints, flushes, and comes back: for tests and benchmarks. False once the loop has ended. */
bool loop_run_until_idle(struct loop *loop);
/* Handles one key as if it had been read (no flush before the keys are drained). */
void loop_feed(struct loop *loop, const struct key *key);
/* Gives all screens that want it their tick, now. */
void loop_tick(struct loop *loop);
/* Paints what has to be painted and flushes it (scripts, before they save the screen). */
void loop_show(struct loop *loop);
void loop_quit(struct loop *loop);

int64_t loop_now_ms(const struct loop *loop);
/* The screen on top, and the full screen that popups lie on; NULL if there is none. */
const struct screen *loop_top(const struct loop *loop, void **self);
/* Actions of the full screen and the global ones (for the help screen). */
void loop_help(const struct loop *loop, struct str *out);

/* A line over the row above the footer, until the next key. TEXT is copied; NULL takes it away. */
void loop_notice(struct loop *loop, enum style style, const char *format, ...) __attribute__((format(printf, 3, 4)));
void loop_notice_err(struct loop *loop, const struct err *err);
/* The screen SELF must be painted (PAINT) or laid out anew although it did not handle the key. */
void loop_want(struct loop *loop, const void *self, enum react react);

/*
 * Long work: STEP is called again and again, a few milliseconds each time, until it
 * answers WORK_DONE or WORK_FAILED; a progress bar shows, Esc cancels. Then DONE is called once.
 */
enum work_state { WORK_MORE, WORK_DONE, WORK_FAILED };
struct work {
	const char *title;                                                        /* copied */
	enum work_state (*step)(void *self, int *permille, struct str *what, struct err *err); /* what: shown under the bar */
	enum react (*done)(void *self, struct loop *loop, bool cancelled, const struct err *err); /* err NULL: it went well */
	void (*free)(void *self);
};
void loop_work(struct loop *loop, const struct work *work, void *self);

#endif
