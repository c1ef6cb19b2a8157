#include "ui/editor.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/choices.h"
#include "tui/calendar.h"
#include "tui/choice.h"
#include "tui/dialog.h"
#include "tui/menu.h"
#include "ui/screens.h"

void editor_show_value(struct editor *editor)
{
	editor_refresh(editor);
	editor_focus(editor, editor->focus);
}

/* --- lists of choices */

static enum react chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct editor *editor = owner;
	struct options options = { 0 };
	json_t *value;
	struct err err = { 0 };

	editor->loop = loop;
	form_cell_choices(editor->session, editor_cell(editor), &options);
	if (options.many) {
		value = json_array();
		for (size_t i = 0; i < count && picked[i] < options.count; i++)
			json_array_append_new(value, json_string(options.items[picked[i]].text));
		if (!str_is_empty(text))
			json_array_append_new(value, json_string(text));
	} else if (count && picked[0] < options.count) {
		value = json_string(options.items[picked[0]].text);
	} else {
		value = json_string(text ? text : "");
	}
	if (form_session_set_value(editor->session, editor_cell(editor), value, &err) == FORM_SET_REFUSED)
		loop_notice_err(loop, &err);
	json_decref(value);
	options_release(&options);
	editor_show_value(editor);
	editor_step(editor, true, true);
	return REACT_REDRAW;
}

bool editor_choose(struct editor *editor, const struct key *typed)
{
	struct cell cell = editor_cell(editor);
	struct options options = { 0 };
	struct choice_item *items;
	struct cell_view view;

	if (!form_cell_has_choices(editor->session, cell))
		return false;
	form_cell_choices(editor->session, cell, &options);
	items = mem_zeroed(options.count + 1, sizeof *items);
	for (size_t i = 0; i < options.count; i++)
		items[i] = (struct choice_item){ options.items[i].label, options.items[i].note, options.items[i].chosen };
	form_session_view(editor->session, cell, &view);
	choice_open(editor->loop, &(struct choice_options){
		.title = view.label,
		.items = items,
		.count = options.count,
		.many = options.many,
		.may_be_none = !options.many && !view.required,
		.free_text = options.free_text,
		.done = chosen,
		.owner = editor,
	});
	cell_view_release(&view);
	free(items);
	options_release(&options);
	if (typed)
		loop_feed(editor->loop, typed);
	return true;
}

/* A pass/fail item takes the digit of its choice at once: no list, no second key. */
static bool choose_digit(struct editor *editor, const struct key *key)
{
	struct cell cell = editor_cell(editor);
	struct options options = { 0 };
	bool done = false;
	size_t at;

	if (key->kind != KEY_TEXT || key->len != 1 || key->text[0] < '1' || key->text[0] > '9')
		return false;
	at = (size_t)(key->text[0] - '1');
	form_cell_choices(editor->session, cell, &options);
	if (!options.many && !options.free_text && options.count <= 9 && at < options.count) {
		chosen(editor, editor->loop, &at, 1, NULL);
		done = true;
	}
	options_release(&options);
	return done;
}

static bool is_choice_cell(const struct editor *editor)
{
	return editor_cell(editor).part == CELL_VALUE && form_cell_has_choices(editor->session, editor_cell(editor));
}

static bool cell_is_read_only(const struct editor *editor)
{
	struct cell_view view;
	bool read_only;

	if (editor->focus >= editor->cell_count)
		return true;
	form_session_view(editor->session, editor_cell(editor), &view);
	read_only = view.read_only;
	cell_view_release(&view);
	return read_only;
}

/* Typing, Space and Left/Right on a cell that is filled from a list. */
static enum react choice_key(struct editor *editor, const struct key *key)
{
	if (key->kind == KEY_TEXT && choose_digit(editor, key))
		return REACT_REDRAW;
	if (key_is_text(key, " ") || key_is(key, K_RIGHT, 0)) {
		editor_choose(editor, NULL);
		return REACT_PAINT;
	}
	if (key->kind == KEY_TEXT || key->kind == KEY_PASTED) {
		editor_choose(editor, key);
		return REACT_PAINT;
	}
	if (key_is(key, K_BACKSPACE, 0) || key_is(key, K_DELETE, 0)) {
		if (form_session_set_text(editor->session, editor_cell(editor), "", NULL) != FORM_SET_REFUSED)
			editor_show_value(editor);
		return REACT_REDRAW;
	}
	return REACT_IGNORED;
}

/* --- walking */

/* What must be filled and is not, Enter fills rather than walks past it. */
static bool enter_fills(const struct editor *editor)
{
	struct cell_view view;
	bool empty;

	form_session_view(editor->session, editor_cell(editor), &view);
	empty = view.missing && !view.read_only;
	cell_view_release(&view);
	return empty;
}

static bool enter_opens(const struct editor *editor)
{
	return is_choice_cell(editor) && enter_fills(editor);
}

/* A table that must have rows and has none: Enter begins the first. */
static bool wants_row(const struct editor *editor)
{
	struct cell cell = editor_cell(editor);

	return cell.part == CELL_HEAD && editor->form->fields[cell.field].type == FIELD_TABLE && enter_fills(editor);
}

static enum react walk_key(struct editor *editor, const struct key *key)
{
	if (key_is(key, K_ENTER, 0)) {
		if (wants_row(editor))
			return editor_add_row(editor);
		if (enter_opens(editor) && editor_choose(editor, NULL))
			return REACT_PAINT;
		editor_step(editor, true, true);
	} else if (key_is(key, K_TAB, 0) || key_is(key, K_DOWN, 0)) {
		editor_step(editor, true, false);
	} else if (key_is(key, K_BACKTAB, 0) || key_is(key, K_UP, 0)) {
		editor_step(editor, false, false);
	} else if (key_is(key, K_HOME, KEY_CTRL)) {
		editor_go_section(editor, editor->section, false);
	} else if (key_is(key, K_END, KEY_CTRL)) {
		editor_go_section(editor, editor->section, true);
	} else {
		return REACT_IGNORED;
	}
	return REACT_PAINT;
}

static enum react typed_key(struct editor *editor, enum input_result result)
{
	switch (result) {
	case INPUT_CHANGED:
		editor->typed = true;
		editor->only_typed = !editor->area || area_lines(editor->area, editor->typed_at.cols) <= editor->typed_at.rows ||
		                     editor->typed_at.rows >= 6;
		if (!editor->only_typed && editor_take_typed(editor))
			editor_refresh(editor);
		return REACT_PAINT;
	case INPUT_MOVED:
		editor->typed = true;
		editor->only_typed = true;
		return REACT_PAINT;
	case INPUT_REFUSED:
		loop_notice(editor->loop, STYLE_WARN, "%s", _("This character has no place in this field, or the field is full."));
		editor->only_typed = true;
		return REACT_PAINT;
	default:
		return REACT_IGNORED;
	}
}

enum react editor_key(struct editor *editor, const struct key *key)
{
	enum react react = REACT_IGNORED;

	if (!key || key->kind == KEY_NONE)
		return REACT_IGNORED;
	if (!cell_is_read_only(editor)) {
		if (is_choice_cell(editor))
			react = choice_key(editor, key);
		else if (editor->area)
			react = typed_key(editor, area_key(editor->area, key));
		else if (editor->input)
			react = typed_key(editor, input_key(editor->input, key));
	}
	return react == REACT_IGNORED ? walk_key(editor, key) : react;
}

/* --- phrases, or a day from the calendar */

static enum react day_chosen(void *owner, struct loop *loop, int64_t day)
{
	struct editor *editor = owner;
	char text[CLOCK_LOCAL_SIZE];
	struct err err = { 0 };
	struct cell_view view;
	int y, m, d;

	editor->loop = loop;
	clock_civil(day, &y, &m, &d);
	form_session_view(editor->session, editor_cell(editor), &view);
	if (view.field->type == FIELD_DATETIME) {
		const char *old = view.text ? strchr(view.text, ' ') : NULL;
		char *whole = str_format("%04d-%02d-%02d %s", y, m, d, old ? old + 1 : clock_local(clock_now(), text) + 11);

		whole[16] = '\0';
		form_session_set_text(editor->session, editor_cell(editor), whole, &err);
		free(whole);
	} else {
		char *whole = str_format("%04d-%02d-%02d", y, m, d);

		form_session_set_text(editor->session, editor_cell(editor), whole, &err);
		free(whole);
	}
	cell_view_release(&view);
	if (err.code)
		loop_notice_err(loop, &err);
	editor_show_value(editor);
	return REACT_REDRAW;
}

static bool open_calendar(struct editor *editor, const struct cell_view *view)
{
	int64_t today = (clock_now() + (int64_t)clock_zone() * 60) / 86400;
	int64_t at = clock_now();

	if (view->field->type != FIELD_DATE && view->field->type != FIELD_DATETIME)
		return false;
	if (!str_is_empty(view->text) && !clock_parse(view->text, &at))
		at = clock_now();
	calendar_open(editor->loop, (at + (int64_t)clock_zone() * 60) / 86400, today, day_chosen, editor);
	return true;
}

static enum react phrase_chosen(void *owner, struct loop *loop, const size_t *picked, size_t count, const char *text)
{
	struct editor *editor = owner;
	struct cell_view view;
	char *const *phrases;

	(void)text;
	editor->loop = loop;
	form_session_view(editor->session, editor_cell(editor), &view);
	phrases = office_phrases(editor->desk->office, view.phrases);
	if (count && editor->area)
		area_insert(editor->area, phrases[picked[0]]);
	else if (count && editor->input)
		input_insert(editor->input, phrases[picked[0]]);
	cell_view_release(&view);
	editor->typed = true;
	return REACT_REDRAW;
}

enum react editor_phrases(struct editor *editor)
{
	struct choice_item items[200];
	struct cell_view view;
	size_t count = 0;

	if (!editor_take_typed(editor))
		return REACT_REDRAW;
	if (is_choice_cell(editor)) {
		editor_choose(editor, NULL);
		return REACT_PAINT;
	}
	form_session_view(editor->session, editor_cell(editor), &view);
	if (!open_calendar(editor, &view)) {
		char *const *phrases = view.phrases ? office_phrases(editor->desk->office, view.phrases) : NULL;

		for (; phrases && phrases[count] && count < 200; count++)
			items[count] = (struct choice_item){ phrases[count], NULL, false };
		if (count)
			choice_open(editor->loop, &(struct choice_options){
				.title = _("Phrases"), .items = items, .count = count, .done = phrase_chosen, .owner = editor });
		else
			loop_notice(editor->loop, STYLE_DIM, "%s", _("There are no phrases for this field."));
	}
	cell_view_release(&view);
	return REACT_PAINT;
}

/* --- rows of a table */

static bool table_here(const struct editor *editor, int *field)
{
	*field = editor_cell(editor).field;
	return *field >= 0 && editor->form->fields[*field].type == FIELD_TABLE;
}

enum react editor_add_row(struct editor *editor)
{
	struct err err = { 0 };
	int field, row;

	if (!editor_take_typed(editor) || !table_here(editor, &field))
		return REACT_REDRAW;
	row = editor_cell(editor).row;
	row = row < 0 ? (int)form_session_row_count(editor->session, field) : row + 1;
	if (!form_session_row_add(editor->session, field, (size_t)row, &err)) {
		loop_notice_err(editor->loop, &err);
		return REACT_PAINT;
	}
	editor_refresh(editor);
	editor_go_cell(editor, (struct cell){ field, row, 0, CELL_VALUE });
	return REACT_REDRAW;
}

enum react editor_drop_row(struct editor *editor)
{
	struct err err = { 0 };
	int field, row = editor_cell(editor).row;

	if (!editor_take_typed(editor) || !table_here(editor, &field) || row < 0)
		return REACT_REDRAW;
	if (!form_session_row_remove(editor->session, field, (size_t)row, &err))
		loop_notice_err(editor->loop, &err);
	else
		loop_notice(editor->loop, STYLE_OK, "%s", _("The row is gone; Ctrl-U brings it back."));
	editor_refresh(editor);
	return REACT_REDRAW;
}

/* --- what has no key of its own */

static enum react discard_sure(void *owner, struct loop *loop, bool yes)
{
	struct editor *editor = owner;
	struct err err = { 0 };

	if (!yes)
		return REACT_REDRAW;
	if (editor->edit->id && !edit_discard(editor->desk->office, desk_actor(editor->desk), editor->edit->id, &err)) {
		loop_notice_err(loop, &err);
		return REACT_REDRAW;
	}
	editor->finished = true;
	loop_notice(loop, STYLE_DIM, "%s", _("The draft was thrown away."));
	return REACT_CLOSE;
}

enum more_item { MORE_ADD_ROW, MORE_DROP_ROW, MORE_ROW_UP, MORE_ROW_DOWN, MORE_UNDO, MORE_REDO, MORE_FAULTS, MORE_DISCARD, MORE_COUNT };

static enum react move_row(struct editor *editor, int by)
{
	struct cell cell = editor_cell(editor);
	struct err err = { 0 };
	int to = cell.row + by;

	if (!form_session_row_move(editor->session, cell.field, (size_t)cell.row, (size_t)to, &err)) {
		loop_notice_err(editor->loop, &err);
		return REACT_REDRAW;
	}
	cell.row = to;
	editor_refresh(editor);
	editor_go_cell(editor, cell);
	return REACT_REDRAW;
}

static enum react redo(struct editor *editor)
{
	struct cell where;

	if (form_session_redo(editor->session, &where))
		editor_go_cell(editor, where);
	return REACT_REDRAW;
}

static enum react more_chosen(void *owner, struct loop *loop, size_t index)
{
	struct editor *editor = owner;
	struct cell where;

	editor->loop = loop;
	switch (index) {
	case MORE_ADD_ROW:
		return editor_add_row(editor);
	case MORE_DROP_ROW:
		return editor_drop_row(editor);
	case MORE_ROW_UP:
	case MORE_ROW_DOWN:
		return move_row(editor, index == MORE_ROW_UP ? -1 : 1);
	case MORE_UNDO:
		if (form_session_undo(editor->session, &where))
			editor_go_cell(editor, where);
		return REACT_REDRAW;
	case MORE_REDO:
		return redo(editor);
	case MORE_FAULTS:
		return editor_submit(editor);
	default:
		dialog_confirm(loop, _("Throw away everything that was typed in this form? This cannot be taken back."), true,
		               discard_sure, editor);
		return REACT_REDRAW;
	}
}

enum react editor_more(struct editor *editor)
{
	int field, row = editor_cell(editor).row;
	bool table = table_here(editor, &field) && !cell_is_read_only(editor);
	size_t rows = table ? form_session_row_count(editor->session, field) : 0;
	const char *no_table = _("The caret is not in a table that may be written.");
	struct menu_item items[MORE_COUNT] = {
		[MORE_ADD_ROW] = { _("Add a row (Insert)"), table ? NULL : no_table },
		[MORE_DROP_ROW] = { _("Remove the row (Ctrl-D)"), table && row >= 0 ? NULL : no_table },
		[MORE_ROW_UP] = { _("Move the row up"), table && row > 0 ? NULL : no_table },
		[MORE_ROW_DOWN] = { _("Move the row down"), table && row >= 0 && (size_t)row + 1 < rows ? NULL : no_table },
		[MORE_UNDO] = { _("Take back the last change (Ctrl-U)"), NULL },
		[MORE_REDO] = { _("Do it again"), NULL },
		[MORE_FAULTS] = { _("Check and submit (F9)"), NULL },
		[MORE_DISCARD] = { _("Throw the draft away ..."), NULL },
	};

	if (!editor_take_typed(editor))
		return REACT_REDRAW;
	menu_open(editor->loop, _("More"), items, MORE_COUNT, more_chosen, editor);
	return REACT_PAINT;
}
