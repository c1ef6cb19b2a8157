#include "ui/editor.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/choices.h"

enum { AREA_LEAST = 2, AREA_MOST = 6, LABEL_MOST = 20, LABEL_MOST_WIDE = 30, WIDE_COLS = 110, FOOT_LEAST = 3 };

struct cell editor_cell(const struct editor *editor)
{
	static const struct cell none = { -1, -1, -1, CELL_NONE };

	return editor->focus < editor->cell_count ? editor->cells[editor->focus] : none;
}

/* Lines that a cell takes: a text of several lines has room to grow. */
static int cell_rows(const struct editor *editor, struct cell cell, const struct cell_view *view)
{
	struct utf8_line *lines;
	int cols = editor->cols - editor->label_cols - 8; /* as editor_paint.c lays it out */
	int rows;

	if (view->field->type != FIELD_MEMO || cell.part == CELL_HEAD)
		return 1;
	rows = (int)utf8_wrap(view->text ? view->text : "", cols > 2 ? cols : 2, &lines);
	free(lines);
	if (view->read_only)
		return rows;
	if (rows < AREA_LEAST)
		rows = AREA_LEAST;
	return rows > AREA_MOST ? AREA_MOST : rows;
}

/* A heading stands where a check list's zone or a table's row begins. */
static void place_heading(struct editor *editor, size_t i, const struct cell_view *view, const char **zone)
{
	struct cell cell = editor->cells[i];
	struct place *place = &editor->places[i];

	if (cell.row >= 0 && (i == 0 || editor->cells[i - 1].row != cell.row || editor->cells[i - 1].field != cell.field)) {
		place->heading = "";
		place->heading_row = cell.row + 1;
	} else if (view->group && cell.part == CELL_VALUE && !str_equal(view->group, *zone)) {
		place->heading = view->group;
	}
	if (view->group)
		*zone = view->group;
}

static int label_width(const struct editor *editor, const struct cell_view *view)
{
	int width = view->label ? utf8_width(view->label) : 0;
	int most = editor->cols >= WIDE_COLS ? LABEL_MOST_WIDE : LABEL_MOST;

	return width > most ? most : width;
}

/* As much of the longest article as a sixth of the screen holds; the same for the whole section, so that nothing jumps. */
static int foot_rows(const struct editor *editor, const struct cell_view *view)
{
	const struct article *article = view->article ? office_article(editor->desk->office, view->article) : NULL;
	struct utf8_line *lines;
	int rows, most = editor->rows / 6;

	if (!article || most <= FOOT_LEAST)
		return FOOT_LEAST;
	rows = 1 + (int)utf8_wrap(article->text, editor->cols - 2, &lines);
	free(lines);
	return rows < FOOT_LEAST ? FOOT_LEAST : rows > most ? most : rows;
}

void editor_layout(struct editor *editor)
{
	const char *zone = NULL;
	int row = 0;

	free(editor->places);
	editor->places = mem_zeroed(editor->cell_count + 1, sizeof *editor->places);
	editor->label_cols = 8;
	editor->foot_rows = FOOT_LEAST;
	for (size_t i = 0; i < editor->cell_count; i++) {
		struct cell_view view;

		form_session_view(editor->session, editor->cells[i], &view);
		if (label_width(editor, &view) > editor->label_cols)
			editor->label_cols = label_width(editor, &view);
		if (foot_rows(editor, &view) > editor->foot_rows)
			editor->foot_rows = foot_rows(editor, &view);
		cell_view_release(&view);
	}
	for (size_t i = 0; i < editor->cell_count; i++) {
		struct cell_view view;

		form_session_view(editor->session, editor->cells[i], &view);
		place_heading(editor, i, &view, &zone);
		row += editor->places[i].heading != NULL;
		editor->places[i].row = row;
		editor->places[i].rows = cell_rows(editor, editor->cells[i], &view);
		row += editor->places[i].rows;
		cell_view_release(&view);
	}
	editor->total = row;
	editor_scroll(editor);
}

/* The least scrolling that shows the whole cell of the caret and its heading. */
void editor_scroll(struct editor *editor)
{
	int seen = editor->rows - EDITOR_HEAD_ROWS - editor->foot_rows - 2;
	const struct place *place;
	int first, last;

	if (editor->focus >= editor->cell_count || seen < 1)
		return;
	place = &editor->places[editor->focus];
	first = place->row - (place->heading != NULL);
	last = place->row + place->rows;
	/* A jump of half a page costs fewer bytes on the line than a line at every key. */
	if (first < editor->top)
		editor->top = first - seen / 2 > 0 ? first - seen / 2 : 0;
	if (last > editor->top + seen)
		editor->top = last - seen + seen / 2;
	if (editor->top > editor->total - seen)
		editor->top = editor->total - seen;
	if (editor->top > first)
		editor->top = first;
	if (editor->top < 0)
		editor->top = 0;
}

static size_t find_cell(const struct editor *editor, struct cell cell)
{
	for (size_t i = 0; i < editor->cell_count; i++)
		if (cell_equal(editor->cells[i], cell))
			return i;
	return editor->cell_count;
}

static bool cell_is_writable(const struct editor *editor, size_t i)
{
	struct cell_view view;
	bool writable;

	form_session_view(editor->session, editor->cells[i], &view);
	writable = !view.read_only && !(editor->cells[i].part == CELL_HEAD && view.field->type == FIELD_CHECKLIST);
	cell_view_release(&view);
	return writable;
}

static bool cell_is_missing(const struct editor *editor, size_t i)
{
	struct cell_view view;
	bool missing;

	form_session_view(editor->session, editor->cells[i], &view);
	missing = view.missing && !view.read_only;
	cell_view_release(&view);
	return missing;
}

static void drop_widgets(struct editor *editor)
{
	input_free(&editor->input);
	area_free(&editor->area);
	free(editor->shown);
	editor->shown = NULL;
}

static void load_cells(struct editor *editor)
{
	free(editor->cells);
	editor->cells = NULL;
	editor->cell_count = form_session_cells(editor->session, editor->section, &editor->cells);
}

void editor_refresh(struct editor *editor)
{
	struct cell here = editor_cell(editor);
	size_t was = editor->focus;
	bool kept;

	load_cells(editor);
	editor->focus = find_cell(editor, here);
	kept = editor->focus < editor->cell_count;
	if (!kept) {
		drop_widgets(editor);
		editor->focus = was < editor->cell_count ? was : (editor->cell_count ? editor->cell_count - 1 : 0);
	}
	editor_layout(editor);
	if (!kept)
		editor_focus(editor, editor->focus);
}

/* Only characters that can be right are taken while typing; everything else is judged on leaving. */
static const char *accepted(enum field_type type)
{
	switch (type) {
	case FIELD_INTEGER:
		return "0123456789-+";
	case FIELD_DECIMAL:
		return "0123456789-+.";
	case FIELD_IP:
		return "0123456789.";
	case FIELD_MAC:
		return "0123456789abcdefABCDEF:-. ";
	default:
		return NULL;
	}
}

static bool is_halfwidth(enum field_type type)
{
	return type == FIELD_INTEGER || type == FIELD_DECIMAL || type == FIELD_IP || type == FIELD_MAC ||
	       type == FIELD_DATE || type == FIELD_DATETIME || type == FIELD_TIME;
}

static void make_widget(struct editor *editor, const struct cell_view *view)
{
	const struct field *field = view->field;
	struct cell cell = editor_cell(editor);
	bool is_note = cell.part == CELL_NOTE;

	editor->shown = mem_text(view->text ? view->text : "");
	/* What is filled from a list is typed into the list. */
	if (view->read_only || cell.part == CELL_HEAD || (!is_note && form_cell_has_choices(editor->session, cell)))
		return;
	if (field->type == FIELD_MEMO && !is_note) {
		editor->area = area_new(field->length > 0 ? (size_t)field->length : 0);
		area_set(editor->area, editor->shown);
		return;
	}
	editor->input = input_new(&(struct input_options){
		.max_chars = is_note || field->length <= 0 ? 0 : (size_t)field->length,
		.halfwidth = !is_note && is_halfwidth(field->type),
		.accepts = is_note ? NULL : accepted(field->type),
		.fill = ' ', /* the brackets show its size; a line of '_' would cost its length twice a field */
	});
	input_set(editor->input, editor->shown);
}

void editor_focus(struct editor *editor, size_t cell)
{
	struct cell_view view;

	drop_widgets(editor);
	editor->focus = cell;
	editor->only_typed = false;
	if (cell >= editor->cell_count)
		return;
	form_session_view(editor->session, editor->cells[cell], &view);
	make_widget(editor, &view);
	cell_view_release(&view);
	editor_scroll(editor);
}

bool editor_take_typed(struct editor *editor)
{
	const char *text = editor->input ? input_text(editor->input) : editor->area ? area_text(editor->area) : NULL;
	struct err err = { 0 };
	enum form_set set;

	if (!text || str_equal(text, editor->shown))
		return true;
	set = form_session_set_text(editor->session, editor_cell(editor), text, &err);
	if (set == FORM_SET_REFUSED) {
		loop_notice_err(editor->loop, &err);
		return false;
	}
	free(editor->shown);
	editor->shown = mem_text(text);
	return true;
}

static bool section_has_cells(const struct editor *editor, size_t section)
{
	struct cell *cells;
	size_t count;

	if (!form_session_section_visible(editor->session, section))
		return false;
	count = form_session_cells(editor->session, section, &cells);
	free(cells);
	return count > 0;
}

void editor_go_section(struct editor *editor, size_t section, bool last_cell)
{
	size_t at;

	drop_widgets(editor);
	editor->section = section;
	editor->top = 0;
	load_cells(editor);
	editor->focus = 0;
	editor_layout(editor);
	for (size_t i = 0; i < editor->cell_count; i++) {
		at = last_cell ? editor->cell_count - 1 - i : i;
		if (cell_is_writable(editor, at)) {
			editor_focus(editor, at);
			return;
		}
	}
	editor_focus(editor, 0);
}

void editor_go_cell(struct editor *editor, struct cell cell)
{
	const struct section *section;

	if (cell.field < 0 || (size_t)cell.field >= editor->form->field_count)
		return;
	section = definition_section_of(editor->form, &editor->form->fields[cell.field]);
	editor_go_section(editor, (size_t)(section - editor->form->sections), false);
	if (find_cell(editor, cell) < editor->cell_count)
		editor_focus(editor, find_cell(editor, cell));
}

/* The next section in the direction that has anything to show; false if there is none. */
static bool go_neighbour(struct editor *editor, bool forward, bool last_cell)
{
	size_t section = editor->section;

	for (;;) {
		if (forward ? section + 1 >= editor->form->section_count : section == 0)
			return false;
		section += forward ? 1 : (size_t)-1;
		if (section_has_cells(editor, section)) {
			editor_go_section(editor, section, last_cell);
			return true;
		}
	}
}

static size_t next_writable(const struct editor *editor, bool forward)
{
	size_t at = editor->focus;

	for (;;) {
		if (forward ? at + 1 >= editor->cell_count : at == 0)
			return editor->cell_count;
		at += forward ? 1 : (size_t)-1;
		if (cell_is_writable(editor, at))
			return at;
	}
}

static size_t next_missing_item(const struct editor *editor)
{
	struct cell here = editor_cell(editor);

	if (here.child < 0 || here.row >= 0)
		return editor->cell_count;
	for (size_t i = editor->focus + 1; i < editor->cell_count && editor->cells[i].field == here.field; i++)
		if (cell_is_missing(editor, i))
			return i;
	return editor->cell_count;
}

void editor_step(struct editor *editor, bool forward, bool to_missing)
{
	size_t to;

	if (!editor_take_typed(editor))
		return;
	editor_refresh(editor);
	to = forward && to_missing ? next_missing_item(editor) : editor->cell_count;
	if (to >= editor->cell_count)
		to = next_writable(editor, forward);
	if (to < editor->cell_count)
		editor_focus(editor, to);
	else if (!go_neighbour(editor, forward, !forward))
		editor_focus(editor, editor->focus);
}

void editor_step_part(struct editor *editor, bool forward)
{
	size_t to = editor->focus;

	if (!editor_take_typed(editor))
		return;
	editor_refresh(editor);
	/* Backward from inside a zone goes to that zone's own head first. */
	while (forward ? to + 1 < editor->cell_count : to > 0) {
		to += forward ? 1 : (size_t)-1;
		if (editor->places[to].heading && cell_is_writable(editor, to)) {
			editor_focus(editor, to);
			return;
		}
	}
	if (!go_neighbour(editor, forward, false))
		loop_notice(editor->loop, STYLE_DIM, "%s", forward ? _("This is the last part.") : _("This is the first part."));
}

/* Byte offset of the CHARS-th grapheme. */
static size_t offset_of(const char *text, int chars)
{
	size_t at = 0;

	while (chars-- > 0 && text[at])
		at = utf8_next(text, at);
	return at;
}

bool editor_restore_place(struct editor *editor)
{
	struct cell cell;

	if (str_is_empty(editor->edit->field) || !form_cell_parse(editor->session, editor->edit->field, &cell))
		return false;
	editor_go_cell(editor, cell);
	if (!cell_equal(editor_cell(editor), cell))
		return false;
	if (editor->input)
		input_set_caret(editor->input, offset_of(input_text(editor->input), editor->edit->caret));
	if (editor->area)
		area_set_caret(editor->area, offset_of(area_text(editor->area), editor->edit->caret));
	return true;
}
