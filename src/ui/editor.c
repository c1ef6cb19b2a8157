#include "ui/editor.h"

#include <stdlib.h>

#include "app/view.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "ui/screens.h"

static const int actions[] = {
	ACTION_SAVE, ACTION_SUBMIT, ACTION_PHRASES, ACTION_AS_LAST, ACTION_ALL_NORMAL, ACTION_FOLLOW,
	ACTION_PREVIOUS, ACTION_NEXT, ACTION_MORE, ACTION_UNDO, ACTION_ADD_ROW, ACTION_DROP_ROW, 0,
};

/* Where the caret is, in words that outlast a change of the screen. */
static void note_place(struct editor *editor)
{
	const char *text = editor->input ? input_text(editor->input) : editor->area ? area_text(editor->area) : NULL;
	size_t caret = editor->input ? input_caret(editor->input) : editor->area ? area_caret(editor->area) : 0;
	struct edit *edit = editor->edit;

	free(edit->section);
	free(edit->field);
	edit->section = mem_text(editor->form->sections[editor->section].key);
	edit->field = editor->focus < editor->cell_count ? form_cell_path(editor->session, editor_cell(editor)) : mem_text("");
	edit->caret = 0;
	for (size_t at = 0; text && at < caret && text[at]; at = utf8_next(text, at))
		edit->caret++;
}

bool editor_keep(struct editor *editor, bool force)
{
	struct err err = { 0 };

	if (editor->finished)
		return true;
	if (!editor_take_typed(editor))
		return false;
	if (!force && !editor->typed && form_session_revision(editor->session) == editor->kept)
		return true;
	/* Nothing was ever written: a form that was only looked at leaves no draft. */
	if (editor->edit->id == 0 && form_session_revision(editor->session) == 0)
		return true;
	note_place(editor);
	json_decref(editor->edit->body);
	editor->edit->body = form_session_draft(editor->session);
	if (!edit_save(editor->desk->office, desk_actor(editor->desk), editor->edit, &err)) {
		loop_notice_err(editor->loop, &err);
		return false;
	}
	editor->kept = form_session_revision(editor->session);
	editor->kept_utc = clock_now();
	editor->typed = false;
	return true;
}

static void layout(void *self, int rows, int cols)
{
	struct editor *editor = self;

	editor->rows = rows;
	editor->cols = cols;
	editor_layout(editor);
}

static enum react leave(struct editor *editor)
{
	if (!editor_keep(editor, false))
		return REACT_REDRAW;
	return REACT_CLOSE;
}

static enum react all_normal(struct editor *editor)
{
	size_t count;

	if (!editor_take_typed(editor))
		return REACT_REDRAW;
	count = form_session_all_normal(editor->session, SIZE_MAX);
	editor->edit->all_normal += (int)count;
	editor_refresh(editor);
	editor_show_value(editor);
	/* On to the first reading: the pass/fail items are done. */
	for (size_t i = 0; i < editor->cell_count; i++) {
		struct cell_view view;
		bool missing;

		form_session_view(editor->session, editor->cells[i], &view);
		missing = view.missing && !view.read_only && editor->cells[i].child >= 0;
		cell_view_release(&view);
		if (missing) {
			editor_focus(editor, i);
			break;
		}
	}
	loop_notice(editor->loop, STYLE_OK, ngettext("%zu item marked as normal. Readings are yours to type.",
	                                             "%zu items marked as normal. Readings are yours to type.", count), count);
	return REACT_REDRAW;
}

static enum react as_last(struct editor *editor)
{
	struct err err = { 0 };

	if (!form_session_same_as_last(editor->session, editor_cell(editor), &err)) {
		loop_notice_err(editor->loop, &err);
		return REACT_PAINT;
	}
	editor_show_value(editor);
	editor_step(editor, true, false);
	return REACT_REDRAW;
}

static enum react undo(struct editor *editor)
{
	struct cell where;

	if (!editor_take_typed(editor))
		return REACT_REDRAW;
	if (!form_session_undo(editor->session, &where)) {
		loop_notice(editor->loop, STYLE_DIM, "%s", _("There is nothing to take back."));
		return REACT_PAINT;
	}
	editor_go_cell(editor, where);
	return REACT_REDRAW;
}

static enum react save(struct editor *editor)
{
	char when[24];

	editor->typed = true;
	if (editor_keep(editor, true) && editor->kept_utc)
		loop_notice(editor->loop, STYLE_OK, _("Kept as a draft, %s."), desk_time(editor->kept_utc, when, sizeof when));
	return REACT_REDRAW;
}

static enum react handle(void *self, struct loop *loop, int action, const struct key *key)
{
	struct editor *editor = self;

	editor->loop = loop;
	switch (action) {
	case ACTION_BACK:
		return leave(editor);
	case ACTION_SAVE:
		return save(editor);
	case ACTION_PHRASES:
		return editor_phrases(editor);
	case ACTION_AS_LAST:
		return as_last(editor);
	case ACTION_ALL_NORMAL:
		return all_normal(editor);
	case ACTION_FOLLOW:
		return editor_follow(editor);
	case ACTION_PREVIOUS:
	case ACTION_NEXT:
		editor_step_part(editor, action == ACTION_NEXT);
		return REACT_REDRAW;
	case ACTION_SUBMIT:
		return editor_submit(editor);
	case ACTION_MORE:
		return editor_more(editor);
	case ACTION_UNDO:
		return undo(editor);
	case ACTION_ADD_ROW:
		return editor_add_row(editor);
	case ACTION_DROP_ROW:
		return editor_drop_row(editor);
	default:
		return editor_key(editor, key);
	}
}

/* Somebody else changed the store: was it this record? */
static void watch_record(struct editor *editor)
{
	struct err err = { 0 };
	struct view *view;

	if (!editor->edit->record || !desk_changed(editor->desk, editor->loop, &editor->seen))
		return;
	view = view_open_id(editor->desk->office, desk_actor(editor->desk), editor->edit->record, &err);
	if (view && view->record->version > editor->edit->base_version)
		loop_notice(editor->loop, STYLE_WARN, "%s",
		            _("Another person has changed this record meanwhile. Both changes are put together when you hand in."));
	view_free(&view);
}

static enum react tick(void *self, struct loop *loop, int64_t now_ms)
{
	struct editor *editor = self;
	size_t cells = editor->cell_count;

	(void)now_ms;
	editor->loop = loop;
	watch_record(editor);
	if (!editor->typed && form_session_revision(editor->session) == editor->kept)
		return REACT_NONE;
	if (!editor_keep(editor, false))
		return REACT_REDRAW;
	editor_refresh(editor);
	return cells == editor->cell_count ? REACT_PAINT : REACT_REDRAW;
}

static enum react resumed(void *self, struct loop *loop)
{
	struct editor *editor = self;

	editor->loop = loop;
	return editor->finished ? REACT_CLOSE : REACT_REDRAW;
}

static bool has_checklist(const struct editor *editor)
{
	for (size_t i = 0; i < editor->form->field_count; i++)
		if (editor->form->fields[i].type == FIELD_CHECKLIST &&
		    permission_may_edit(editor->form, &editor->form->fields[i], desk_actor(editor->desk), editor->record))
			return true;
	return false;
}

static unsigned holds(const void *self)
{
	const struct editor *editor = self;
	struct cell cell = editor_cell(editor);
	struct cell_view view;
	unsigned bits = has_checklist(editor) ? NEEDS_CHECKLIST : 0;

	if (editor_has_follow(editor))
		bits |= NEEDS_FOLLOW;
	if (cell.part == CELL_NONE)
		return bits;
	form_session_view(editor->session, cell, &view);
	if (!view.read_only) {
		bits |= NEEDS_WRITABLE;
		if (editor->form->fields[cell.field].type == FIELD_TABLE)
			bits |= NEEDS_TABLE;
	}
	cell_view_release(&view);
	return bits;
}

static bool takes_text(const void *self)
{
	(void)self;
	return true;
}

static void on_leave(void *self, struct loop *loop, enum leave why)
{
	struct editor *editor = self;

	(void)why;
	editor->loop = loop;
	editor_keep(editor, false);
	if (editor->edit->record)
		view_mark_closed(editor->desk->office, desk_actor(editor->desk), editor->edit->record);
}

static void editor_free(void *self)
{
	struct editor *editor = self;

	input_free(&editor->input);
	area_free(&editor->area);
	form_faults_free(&editor->faults, editor->fault_count);
	act_result_release(&editor->conflict);
	json_decref(editor->keep_theirs);
	form_session_free(&editor->session);
	record_free(&editor->record);
	edit_free(&editor->edit);
	free(editor->shown);
	free(editor->cells);
	free(editor->places);
	free(editor);
}

static const struct screen screen = {
	.name = "editor",
	.flags = SCREEN_TICKS,
	.actions = actions,
	.layout = layout,
	.paint = editor_paint,
	.handle = handle,
	.tick = tick,
	.resumed = resumed,
	.holds = holds,
	.takes_text = takes_text,
	.leave = on_leave,
	.free = editor_free,
};

static bool open_session(struct editor *editor, struct err *err)
{
	struct office *office = editor->desk->office;

	editor->form = office_form_version(office, editor->edit->form, editor->edit->form_hash, err);
	if (!editor->form)
		return false;
	editor->record = edit_record(office, desk_actor(editor->desk), editor->edit, err);
	if (!editor->record)
		return false;
	editor->session = form_session_new(
		&(struct session_start){
			.form = editor->form,
			.evaluator = office_evaluator(office),
			.actor = desk_actor(editor->desk),
			.record = editor->record,
			.body = editor->edit->body,
			.last = editor->edit->last,
		},
		err);
	return editor->session != NULL;
}

/* The first cell that is still to be filled, else the first at all. */
static void go_first(struct editor *editor)
{
	for (size_t section = 0; section < editor->form->section_count; section++) {
		if (!form_session_section_visible(editor->session, section))
			continue;
		editor_go_section(editor, section, false);
		for (size_t i = 0; i < editor->cell_count; i++) {
			struct cell_view view;
			bool wanted;

			form_session_view(editor->session, editor->cells[i], &view);
			wanted = view.missing && !view.read_only &&
			         (editor->cells[i].part == CELL_VALUE || view.field->type == FIELD_TABLE);
			cell_view_release(&view);
			if (wanted) {
				editor_focus(editor, i);
				return;
			}
		}
	}
	for (size_t section = 0; section < editor->form->section_count; section++)
		if (form_session_section_visible(editor->session, section)) {
			editor_go_section(editor, section, false);
			return;
		}
}

/* NULL, with a notice, if it cannot be opened. Takes EDIT. */
static struct editor *open_editor(struct desk *desk, struct loop *loop, struct edit *edit)
{
	struct editor *editor = mem_new(struct editor);
	struct err err = { 0 };

	editor->desk = desk;
	editor->loop = loop;
	editor->edit = edit;
	editor->seen = desk->changes;
	if (!open_session(editor, &err)) {
		loop_notice_err(loop, &err);
		editor_free(editor);
		return NULL;
	}
	editor->kept = form_session_revision(editor->session);
	editor->kept_utc = edit->saved_utc;
	editor->rows = 23;
	editor->cols = 80;
	if (!editor_restore_place(editor))
		go_first(editor);
	if (edit->record)
		view_mark_open(desk->office, desk_actor(desk), edit->record, true, NULL);
	loop_push(loop, &screen, editor);
	return editor;
}

void editor_screen(struct desk *desk, struct loop *loop, struct edit *edit)
{
	open_editor(desk, loop, edit);
}

void editor_resume(struct desk *desk, struct loop *loop, int64_t id)
{
	struct err err = { 0 };
	struct edit *edit = edit_load(desk->office, desk_actor(desk), id, &err);

	if (!edit)
		loop_notice_err(loop, &err);
	else
		editor_screen(desk, loop, edit);
}

void editor_new(struct desk *desk, struct loop *loop, const struct definition *form)
{
	struct err err = { 0 };
	struct edit *edit = edit_new(desk->office, desk_actor(desk), form, &err);

	if (!edit)
		loop_notice_err(loop, &err);
	else
		editor_screen(desk, loop, edit);
}

void editor_new_late(struct desk *desk, struct loop *loop, const struct definition *form, int64_t due_utc)
{
	struct err err = { 0 };
	struct edit *edit = edit_new(desk->office, desk_actor(desk), form, &err);
	struct editor *editor = edit ? open_editor(desk, loop, edit) : NULL;
	const struct field *when = form->occurred_field ? definition_field(form, form->occurred_field) : NULL;
	struct cell cell = { when ? (int)(when - form->fields) : -1, -1, -1, CELL_VALUE };

	if (!edit)
		loop_notice_err(loop, &err);
	if (!editor)
		return;
	editor->late_utc = due_utc;
	/* Not now: so the default must not stand for it. */
	if (when && form_session_set_text(editor->session, cell, "", NULL) != FORM_SET_REFUSED) {
		editor_refresh(editor);
		editor_go_cell(editor, cell);
		editor->kept = form_session_revision(editor->session);
	}
	loop_notice(loop, STYLE_WARN, "%s", _("This one is late: give the day and time it was really done, and say why."));
}
