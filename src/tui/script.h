/*
 * script: keys from a file instead of from a person.
 *
 * Layer: tui. One line is a run of keys: characters are typed as they stand, a name in
 * angle brackets is a key: 5<Enter>机房<Tab><F9>; <lt> is a '<'. A line that begins with
 * '#' is a remark. A line that begins with ':' is a command:
 *   :save-screen FILE   writes the screen as text ("-": standard output)
 *   :paste TEXT         a bracketed paste, \n for a line break
 *   :expect TEXT        fails unless TEXT stands on the screen
 *   :tick SECONDS       lets time pass
 *   :resize ROWS COLS
 */
#ifndef YW_TUI_SCRIPT_H
#define YW_TUI_SCRIPT_H

#include "base/err.h"
#include "tui/loop.h"

struct script;

/* NAME is for messages. The text is copied; a line that cannot be read gives NULL and NAME:LINE in ERR. */
struct script *script_new(const char *name, const char *text, struct err *err);
void script_free(struct script **script);
/* Before loop_new(): the loop takes keys and time from the script. */
void script_drive(struct script *script, struct loop_options *options);
/* After loop_run(): true if all commands did what they say. */
bool script_result(const struct script *script, struct err *err);

#endif
