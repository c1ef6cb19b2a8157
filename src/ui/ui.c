#include "ui/ui.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/script.h"
#include "tui/term.h"
#include "ui/desk.h"
#include "ui/screens.h"

enum { SCRIPT_MOST = 1024 * 1024 };

/* --- global actions */

static enum react global_handle(void *context, struct loop *loop, int action)
{
	struct desk *desk = context;

	switch (action) {
	case ACTION_HELP:
		help_screen(desk, loop);
		return REACT_NONE;
	case ACTION_BACK:
		return REACT_CLOSE;
	case ACTION_REDRAW:
		term_redraw();
		return REACT_REDRAW;
	case ACTION_SUSPEND:
		term_suspend();
		return REACT_REDRAW;
	default:
		return REACT_IGNORED;
	}
}

/* Over ssh there is no shell below: nobody may stop the program and find one. */
static unsigned global_holds(const void *context)
{
	(void)context;
	return getenv("SSH_CONNECTION") || getpgrp() == getsid(0) ? 0 : NEEDS_SHELL;
}

static void on_idle(void *context, struct loop *loop)
{
	lock_screen(context, loop);
}

/* --- the terminal */

static bool flag(const struct office *office, const char *name)
{
	const char *value = office_setting(office, name, "");

	return str_equal(value, "true") || str_equal(value, "yes") || str_equal(value, "1");
}

/* A script needs no terminal: without one it drives an xterm that nobody sees. */
static bool unseen_terminal(struct term_options *options, struct err *err)
{
	if (isatty(STDOUT_FILENO))
		return true;
	options->type = "xterm-256color";
	options->rows = TERM_LEAST_ROWS;
	options->cols = TERM_LEAST_COLS;
	options->out = fopen("/dev/null", "w"); /* open until the process ends, as standard output is */
	return options->out || err_errno(err, _("/dev/null cannot be opened"));
}

static bool open_terminal(struct office *office, bool scripted, struct err *err)
{
	struct term_options options = {
		.ascii_borders = flag(office, "ui.ascii_borders"),
		.escape_ms = office_setting_int(office, "ui.escape_ms", 0),
	};

	if (scripted && !unseen_terminal(&options, err))
		return false;
	if (!scripted && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
		return err_set(err, ERR_REFUSED, "%s", _("The screens need a terminal. Over ssh, ask for one with ssh -t."));

	if (!style_theme_named(office_setting(office, "ui.theme", "normal"), &options.theme))
		return err_set(err, ERR_REFUSED, _("ui.theme in yunwei.conf: \"%s\" is none of normal, contrast, mono."),
		               office_setting(office, "ui.theme", "normal"));
	utf8_set_ambiguous_wide(flag(office, "ui.wide_ambiguous"));
	if (!scripted && !term_can_show_chinese() && !text_is_english() &&
	    !str_equal(office_setting(office, "ui.linux_console", ""), "go"))
		/* In ASCII on purpose: this console can show nothing else. */
		return err_set(err, ERR_REFUSED,
		               "This Linux console cannot show Chinese. Three ways out: log in over SSH; start kmscon or fbterm "
		               "first; or use English: yunwei --lang en. (ui.linux_console = \"go\" goes on all the same.)");
	return term_open(&options, err);
}

/* --- scripts */

static struct script *read_script(const char *path, struct err *err)
{
	char *text = path_read(path, SCRIPT_MOST, NULL, err);
	struct script *script = text ? script_new(path, text, err) : NULL;

	free(text);
	return script;
}

/* --- the whole */

struct loop_options desk_loop(struct desk *desk, const struct actions *actions)
{
	return (struct loop_options){
		.actions = actions,
		.global = ui_global_actions,
		.global_handle = global_handle,
		.global_holds = global_holds,
		.context = desk,
		.idle_ms = office_setting_int(desk->office, "ui.lock_minutes", 15) * 60 * 1000,
		.on_idle = on_idle,
	};
}

void first_screen(struct desk *desk, struct loop *loop)
{
	if (!desk->login) {
		login_screen(desk, loop);
		return;
	}
	bench_screen(desk, loop);
	if (desk->login->must_change_password)
		password_screen(desk, loop, true);
}

static bool run(struct desk *desk, const struct actions *actions, struct script *script)
{
	struct loop_options options = desk_loop(desk, actions);
	struct loop *loop;
	bool ended;

	if (script)
		script_drive(script, &options);
	loop = loop_new(&options);
	first_screen(desk, loop);
	ended = loop_run(loop);
	loop_free(&loop);
	return ended;
}

bool ui_run(struct office *office, const struct ui_options *options, struct err *err)
{
	struct desk desk = { .office = office, .version = options->version };
	struct actions *actions = ui_actions(err);
	struct script *script = NULL;
	bool ok = false;

	if (!actions)
		return false;
	if (options->script && !(script = read_script(options->script, err)))
		goto done;
	if (!open_terminal(office, options->script != NULL, err))
		goto done;
	if (options->login) {
		desk.login = *options->login;
		*options->login = NULL;
	}
	run(&desk, actions, script);
	term_close();
	ok = !script || script_result(script, err);
	if (desk.login)
		login_end(office, desk_actor(&desk));
done:
	desk_end(&desk);
	script_free(&script);
	actions_free(&actions);
	return ok;
}
