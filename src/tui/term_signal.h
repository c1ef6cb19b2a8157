/*
 * term_signal: signals become flags.
 *
 * Layer: tui, private. The handlers write a byte into a pipe that term_read()
 * waits on, so that a signal between two waits is not slept over.
 */
#ifndef YW_TUI_TERM_SIGNAL_H
#define YW_TUI_TERM_SIGNAL_H

#include <stdbool.h>

#include "base/err.h"

bool term_signal_open(struct err *err);
/* Every disposition is what it was before. */
void term_signal_close(void);
/* Readable when a signal has come that nobody has taken yet. */
int term_signal_fd(void);
/* Stops the process group as ^Z would and comes back when it is continued. */
void term_signal_stop(void);

#endif
