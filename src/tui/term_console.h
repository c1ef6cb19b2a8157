/*
 * term_console: the parts of term_can_show_chinese(), so that they can be tested.
 *
 * Layer: tui, private.
 */
#ifndef YW_TUI_TERM_CONSOLE_H
#define YW_TUI_TERM_CONSOLE_H

#include <stdbool.h>

/* True if TERM is TYPE and TTY the name of a virtual console of Linux. */
bool term_console_is_virtual(const char *type, const char *tty);
/* True if the program NAME draws Chinese on the console for what runs below it. */
bool term_console_is_drawer(const char *name);

#endif
