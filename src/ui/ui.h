/*
 * ui: the full screen.
 *
 * Layer: ui. One call, from main: opens the terminal, lets somebody in, runs
 * the loop until he leaves or the line is gone.
 */
#ifndef YW_UI_UI_H
#define YW_UI_UI_H

#include <stdbool.h>

#include "app/login.h"
#include "app/office.h"

struct ui_options {
	struct login **login;  /* who is in already: taken over and set to NULL; NULL or *NULL: the log-in screen asks */
	const char *script;    /* a file of keys instead of a person; NULL */
	const char *version;
};

/*
 * False with ERR if the terminal cannot be used or the script failed. Settings of
 * yunwei.conf: ui.theme (normal, contrast, mono), ui.ascii_borders, ui.wide_ambiguous,
 * ui.escape_ms, ui.lock_minutes (15), ui.linux_console ("go" shows Chinese anyway).
 */
bool ui_run(struct office *office, const struct ui_options *options, struct err *err);

#endif
