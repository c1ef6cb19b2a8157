/* Who is there? The log-in screen, the lock over an idle screen, and changing one's password. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/password.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/dialog.h"
#include "tui/input.h"
#include "tui/view.h"
#include "ui/screens.h"

struct gate {
	struct desk *desk;
	struct input *name, *password;
	bool locked;          /* the lock: the name is given */
	bool at_password;
	int rows, cols;
	char *complaint;
};

static void layout(void *self, int rows, int cols)
{
	struct gate *gate = self;

	gate->rows = rows;
	gate->cols = cols;
}

static void paint_row(struct gate *gate, struct pane *pane, int row, const char *label, struct input *input, bool focused)
{
	int col = gate->cols / 2 - 20;

	view_mark(pane, row, col - 2, focused);
	draw_cell(pane, row, col, 12, STYLE_LABEL, label);
	input_paint(input, pane, row, col + 12, 26, focused);
}

static void paint(void *self, struct pane *pane, bool whole)
{
	struct gate *gate = self;
	int top = gate->rows / 2 - 5;

	(void)whole;
	view_banner(pane, 0, desk_banner(gate->desk));
	draw_centered(pane, top, 0, gate->cols, STYLE_TITLE, office_bureau(gate->desk->office));
	draw_centered(pane, top + 1, 0, gate->cols, STYLE_TITLE, _("Network security operations"));
	draw_frame(pane, (struct rect){ top + 3, gate->cols / 2 - 26, 5, 52 }, gate->locked ? _("Locked") : _("Log in"));
	if (gate->locked)
		draw_cell(pane, top + 4, gate->cols / 2 - 20, 38, STYLE_LABEL, desk_actor(gate->desk)->person);
	else
		paint_row(gate, pane, top + 4, _("Account"), gate->name, !gate->at_password);
	paint_row(gate, pane, top + 6, _("Password"), gate->password, gate->at_password);
	draw_clear_rect(pane, (struct rect){ top + 9, 0, 2, gate->cols });
	if (gate->complaint)
		draw_centered(pane, top + 9, 0, gate->cols, STYLE_FAIL, gate->complaint);
	draw_centered(pane, gate->rows - 2, 0, gate->cols, STYLE_DIM,
	              gate->locked ? _("Your drafts are kept. Enter unlocks.") : _("Enter goes on, Esc leaves."));
}

static void complain(struct gate *gate, const char *text)
{
	free(gate->complaint);
	gate->complaint = mem_text(text);
	input_set(gate->password, "");
}

static enum react log_in(struct gate *gate, struct loop *loop)
{
	struct err err = { 0 };
	char *origin = login_origin();
	struct login *login = login_by_password(gate->desk->office, input_text(gate->name), input_text(gate->password), origin, &err);

	free(origin);
	if (!login) {
		complain(gate, err.text);
		return REACT_REDRAW;
	}
	gate->desk->login = login;
	first_screen(gate->desk, loop);
	return REACT_NONE;
}

static enum react unlock(struct gate *gate)
{
	struct err err = { 0 };

	if (login_confirm(gate->desk->office, desk_actor(gate->desk), input_text(gate->password), &err))
		return REACT_CLOSE;
	complain(gate, err.text);
	return REACT_REDRAW;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct gate *gate = self;
	struct input *input = gate->at_password ? gate->password : gate->name;

	if (action == ACTION_BACK)
		return gate->locked ? REACT_NONE : REACT_QUIT;
	if (!key)
		return REACT_IGNORED;
	if (key_is(key, K_ENTER, 0)) {
		if (!gate->at_password) {
			gate->at_password = true;
			return REACT_PAINT;
		}
		return gate->locked ? unlock(gate) : log_in(gate, loop);
	}
	if (!gate->locked && (key_is(key, K_TAB, 0) || key_is(key, K_UP, 0) || key_is(key, K_DOWN, 0) || key_is(key, K_BACKTAB, 0))) {
		gate->at_password = !gate->at_password;
		return REACT_PAINT;
	}
	return input_key(input, key) == INPUT_IGNORED ? REACT_IGNORED : REACT_PAINT;
}

/* The bench below has been left: so is the program. */
static enum react resumed(void *self, struct loop *loop)
{
	struct gate *gate = self;

	(void)loop;
	return gate->locked ? REACT_REDRAW : REACT_QUIT;
}

static bool takes_text(const void *self)
{
	(void)self;
	return true;
}

static void gate_free(void *self)
{
	struct gate *gate = self;

	input_free(&gate->name);
	input_free(&gate->password);
	free(gate->complaint);
	free(gate);
}

static const int actions[] = { ACTION_BACK, 0 };

static const struct screen login = {
	.name = "login",
	.flags = SCREEN_MODAL_KEYS | SCREEN_NO_FOOTER,
	.actions = actions,
	.layout = layout,
	.paint = paint,
	.handle = handle,
	.resumed = resumed,
	.takes_text = takes_text,
	.free = gate_free,
};

static struct gate *gate_new(struct desk *desk, bool locked)
{
	struct gate *gate = mem_new(struct gate);

	gate->desk = desk;
	gate->locked = locked;
	gate->at_password = locked;
	gate->name = input_new(&(struct input_options){ .max_chars = 64 });
	gate->password = input_new(&(struct input_options){ .max_chars = 200, .masked = true });
	return gate;
}

void login_screen(struct desk *desk, struct loop *loop)
{
	loop_push(loop, &login, gate_new(desk, false));
}

void lock_screen(struct desk *desk, struct loop *loop)
{
	void *top;

	/* Whoever came in by a key has no password to unlock with: his line is closed, the draft is kept. */
	if (!desk->login)
		return;
	if (!desk->login->by_password) {
		loop_quit(loop);
		return;
	}
	if (loop_top(loop, &top) == &login)
		return;
	loop_push(loop, &login, gate_new(desk, true));
}

/* --- a new password: the old one, the new one, the new one again */

struct change {
	struct desk *desk;
	bool must;
	char *old, *fresh;
};

static void change_release(void *self)
{
	struct change *change = self;

	free(change->old);
	free(change->fresh);
	free(change);
}

static enum react turned_back(struct change *change, struct loop *loop)
{
	bool must = change->must;

	desk_answered(change->desk, change);
	if (!must)
		return REACT_REDRAW;
	loop_notice(loop, STYLE_WARN, "%s", _("Without a new password you cannot go on."));
	return REACT_QUIT;
}

static enum react repeated(void *owner, struct loop *loop, const char *text)
{
	struct change *change = owner;
	struct desk *desk = change->desk;
	struct err err = { 0 };
	bool must = change->must;

	if (!text)
		return turned_back(change, loop);
	if (!str_equal(text, change->fresh))
		err_set(&err, ERR_REFUSED, "%s", _("The two new passwords are not the same. Nothing was changed."));
	else
		login_change_password(desk->office, desk_actor(desk), change->old, change->fresh, &err);
	desk_answered(change->desk, change);
	if (err.code) {
		loop_notice_err(loop, &err);
		password_screen(desk, loop, must);
		return REACT_REDRAW;
	}
	loop_notice(loop, STYLE_OK, "%s", _("The password is changed."));
	return REACT_REDRAW;
}

static enum react ask(struct change *change, struct loop *loop, const char *text,
                      enum react (*done)(void *, struct loop *, const char *),
                      const char *(*check)(void *, const char *))
{
	dialog_prompt(loop, &(struct prompt_options){
		.title = _("Change the password"), .text = text, .max_chars = 200, .one_line = true, .masked = true,
		.must = true, .check = check, .done = done, .owner = change });
	return REACT_PAINT;
}

static const char *judge(void *owner, const char *text)
{
	struct change *change = owner;

	return password_weakness(text, desk_actor(change->desk)->login);
}

static enum react fresh_given(void *owner, struct loop *loop, const char *text)
{
	struct change *change = owner;

	if (!text)
		return turned_back(change, loop);
	change->fresh = mem_text(text);
	return ask(change, loop, _("The new password once more:"), repeated, NULL);
}

static enum react old_given(void *owner, struct loop *loop, const char *text)
{
	struct change *change = owner;

	if (!text)
		return turned_back(change, loop);
	change->old = mem_text(text);
	return ask(change, loop, _("The new password (8 characters or more, of three kinds):"), fresh_given, judge);
}

void password_screen(struct desk *desk, struct loop *loop, bool must)
{
	struct change *change = mem_new(struct change);

	desk_ask(desk, change, change_release);
	change->desk = desk;
	change->must = must;
	ask(change, loop, _("Your present password:"), old_given, NULL);
}
