#include "ui/editor.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "form/choices.h"
#include "tui/view.h"

enum { VALUE_COL_GAP = 5, TEXT_LEAST = 12 };

/* Columns between the brackets: what the type needs, as far as there is room. */
static int value_cols(const struct editor *editor, const struct cell_view *view, struct cell cell)
{
	int room = editor->cols - editor->label_cols - 10;
	int want;

	switch (cell.part == CELL_NOTE ? FIELD_MEMO : view->field->type) {
	case FIELD_INTEGER:
	case FIELD_DECIMAL:
		want = 9;
		break;
	case FIELD_DATE:
	case FIELD_TIME:
		want = 12;
		break;
	case FIELD_DATETIME:
	case FIELD_IP:
	case FIELD_MAC:
		want = 18;
		break;
	case FIELD_CHOICE:
	case FIELD_BOOL:
	case FIELD_PERSON:
		want = view->field->many ? room : 18;
		break;
	case FIELD_TEXT:
		want = view->field->length > 0 ? view->field->length * 2 + 1 : room;
		break;
	default:
		want = room;
	}
	if (view->field->width > 0 && cell.part == CELL_VALUE)
		want = view->field->width;
	if (view->display && !view->read_only && utf8_width(view->display) >= want)
		want = utf8_width(view->display) + 1;
	if (want < TEXT_LEAST && view->field->type == FIELD_TEXT)
		want = TEXT_LEAST;
	return want > room ? room : want;
}

static void add_part(struct str *out, const char *text)
{
	if (str_is_empty(text))
		return;
	if (out->len)
		str_add(out, "  ");
	str_add(out, text);
}

/* What stands dim beside the box: last value, range, what is wrong. */
static void hint_text(const struct cell_view *view, struct str *hint)
{
	static const char *const words[] = { NULL, NULL, N_("warning"), N_("abnormal") };
	bool judged = words[view->verdict] != NULL;

	if (view->fault && !view->missing) {
		str_addf(hint, "!! %s", view->fault);
		return;
	}
	/* "!! abnormal: beyond 30-80", or the bare word where there is no range. */
	if (judged)
		str_addf(hint, "%s %s", view->verdict == VERDICT_FAIL ? "!!" : "!",
		         str_is_empty(view->hint) ? _(words[view->verdict]) : view->hint);
	if (!str_is_empty(view->last)) {
		char *last = str_format(_("last %s"), view->last);

		add_part(hint, last);
		free(last);
	}
	if (!judged)
		add_part(hint, view->hint);
	add_part(hint, view->note);
}

static enum view_state state_of(const struct cell_view *view)
{
	if ((view->fault && !view->fault_is_warning && !view->missing) || view->verdict == VERDICT_FAIL)
		return VIEW_FAIL;
	if (view->fault || view->verdict == VERDICT_WARN)
		return VIEW_WARN;
	return view->read_only ? VIEW_READONLY : VIEW_PLAIN;
}

static void paint_caret(struct editor *editor, struct pane *pane, struct rect at)
{
	editor->typed_at = at;
	if (editor->input)
		input_paint(editor->input, pane, at.row, at.col, at.cols, true);
	else if (editor->area)
		area_paint(editor->area, pane, at, true);
	else
		draw_caret(pane, at.row, at.col);
}

static void paint_memo(struct editor *editor, struct pane *pane, int row, size_t i, const struct cell_view *view)
{
	bool focused = i == editor->focus;
	int col = editor->label_cols + VALUE_COL_GAP;
	struct rect rect = { row, col, editor->places[i].rows, editor->cols - col - 3 };
	char *label = str_format("%s%s", view->label, view->required ? "*" : "");

	view_mark(pane, row, 1, focused);
	draw_cell(pane, row, 2, editor->label_cols + 2, STYLE_LABEL, label);
	free(label);
	if (focused && editor->area) {
		paint_caret(editor, pane, rect);
		return;
	}
	draw_clear_rect(pane, rect);
	draw_wrapped(pane, rect, view->read_only ? STYLE_DIM : STYLE_TEXT, view->display ? view->display : "");
	if (!view->read_only && str_is_empty(view->display))
		for (int r = 0; r < rect.rows; r++)
			draw_fill(pane, rect.row + r, rect.col, rect.cols, STYLE_DIM, '_');
	if (focused)
		draw_caret(pane, row, col);
}

/* A table or check list as a whole. */
static void paint_head(struct editor *editor, struct pane *pane, int row, size_t i, const struct cell_view *view)
{
	bool focused = i == editor->focus;
	size_t rows = form_session_row_count(editor->session, editor->cells[i].field);
	char *text;

	view_mark(pane, row, 1, focused);
	if (view->field->type == FIELD_TABLE && !view->read_only)
		text = str_format(ngettext("%s%s: %zu row  (Insert adds one)", "%s%s: %zu rows  (Insert adds one)", rows), view->label,
		                  view->required ? " *" : "", rows);
	else
		text = str_format("%s", view->label);
	draw_cell(pane, row, 2, editor->cols - 4, STYLE_TITLE, text);
	free(text);
	if (focused)
		draw_caret(pane, row, 2);
}

static void paint_field(struct editor *editor, struct pane *pane, int row, size_t i, const struct cell_view *view)
{
	struct cell cell = editor->cells[i];
	bool focused = i == editor->focus;
	struct str hint = STR_INIT;
	struct view_field field = {
		.label = cell.part == CELL_NOTE ? _("  note") : view->label,
		.required = view->required,
		.focused = focused,
		.state = state_of(view),
		.value = view->display ? view->display : "",
		.value_cols = value_cols(editor, view, cell),
		.has_choices = cell.part == CELL_VALUE && !view->read_only && form_cell_has_choices(editor->session, cell),
		.unit = cell.part == CELL_NOTE ? NULL : view->unit,
	};
	int col;

	hint_text(view, &hint);
	field.hint = str_text(&hint);
	if (view->is_raw)
		field.value = view->text;
	col = view_field(pane, row, 1, editor->cols - 3, editor->label_cols + 2, &field);
	if (focused)
		paint_caret(editor, pane, (struct rect){ row, col, 1, field.value_cols });
	str_release(&hint);
}

static void paint_cell(struct editor *editor, struct pane *pane, int row, size_t i)
{
	struct cell_view view;

	form_session_view(editor->session, editor->cells[i], &view);
	if (editor->cells[i].part == CELL_HEAD)
		paint_head(editor, pane, row, i, &view);
	else if (view.field->type == FIELD_MEMO && editor->cells[i].part == CELL_VALUE)
		paint_memo(editor, pane, row, i, &view);
	else
		paint_field(editor, pane, row, i, &view);
	cell_view_release(&view);
}

static void paint_heading(struct editor *editor, struct pane *pane, int row, const struct place *place)
{
	char *text = place->heading_row ? str_format(_("Row %d"), place->heading_row) : str_format("%s", place->heading);

	draw_cell(pane, row, 2, editor->cols - 4, STYLE_TITLE, text);
	free(text);
}

static void paint_cells(struct editor *editor, struct pane *pane, int first_row, int seen)
{
	for (size_t i = 0; i < editor->cell_count; i++) {
		const struct place *place = &editor->places[i];
		int row = place->row - editor->top;

		if (place->heading && row - 1 >= 0 && row - 1 < seen)
			paint_heading(editor, pane, first_row + row - 1, place);
		/* A cell that does not fit whole is not begun, unless it is the one with the caret. */
		if (row >= 0 && row < seen && (row + place->rows <= seen || i == editor->focus))
			paint_cell(editor, pane, first_row + row, i);
	}
	draw_scrollbar(pane, first_row, editor->cols - 1, seen, (size_t)editor->top, (size_t)seen, (size_t)editor->total);
}

static size_t visible_sections(const struct editor *editor, size_t *at)
{
	size_t count = 0;

	*at = 0;
	for (size_t i = 0; i < editor->form->section_count; i++) {
		if (!form_session_section_visible(editor->session, i))
			continue;
		count++;
		if (i == editor->section)
			*at = count;
	}
	return count;
}

static void paint_title(struct editor *editor, struct pane *pane)
{
	struct str left = STR_INIT, right = STR_INIT;
	char when[24];
	size_t at, count = visible_sections(editor, &at);

	str_addf(&left, "%s · %s", definition_name(editor->form), editor->edit->number ? editor->edit->number : _("new"));
	if (editor->late_utc) {
		char day[CLOCK_LOCAL_SIZE];

		clock_local(editor->late_utc, day);
		str_addf(&left, _(" · late, for %.5s"), day + 5);
	}
	if (editor->edit->last_number && !editor->late_utc)
		str_addf(&right, _("from %s"), editor->edit->last_number);
	if (editor->kept_utc) {
		char *kept = str_format(_("kept %s"), desk_time(editor->kept_utc, when, sizeof when));

		add_part(&right, kept);
		free(kept);
	}
	if (count > 1) {
		char *part = str_format(_("part %zu of %zu"), at, count);

		add_part(&right, part);
		free(part);
	}
	view_header(pane, str_text(&left), str_text(&right));
	str_release(&left);
	str_release(&right);
}

static void paint_section_frame(struct editor *editor, struct pane *pane, int rows)
{
	const struct section *section = &editor->form->sections[editor->section];
	struct form_completion done = form_session_completion(editor->session, editor->section);
	const char *name = text_is_english() && section->title_en ? section->title_en : section->title;
	char *title = done.required ? str_format("%s  %d/%d", name, done.required_filled, done.required) : str_format("%s", name);

	draw_frame(pane, (struct rect){ EDITOR_HEAD_ROWS, 0, rows, editor->cols }, title);
	free(title);
}

/* As much of TEXT as ROWS hold, the cut marked; returns the rows used. */
static int paint_lines(struct editor *editor, struct pane *pane, int row, int rows, enum style style, const char *text)
{
	struct utf8_line *lines;
	int room = editor->cols - 2;
	size_t count = utf8_wrap(text, room, &lines);

	for (int i = 0; i < rows && (size_t)i < count; i++) {
		bool cut = i == rows - 1 && count > (size_t)rows;
		const char *from = text + lines[i].start;

		if (cut)
			draw_cell(pane, row + i, 1, room, style, from);
		else
			draw_text_len(pane, row + i, 1, room, style, from, lines[i].end - lines[i].start);
	}
	free(lines);
	return (size_t)rows < count ? rows : (int)count;
}

/* What is wrong with, or said about, the cell with the caret; then the article's words. */
static void paint_foot(struct editor *editor, struct pane *pane)
{
	int row = editor->rows - editor->foot_rows, used;
	const char *said = "";
	enum style style = STYLE_DIM;
	const struct article *article = NULL;
	struct cell_view view = { 0 };

	if (editor->focus < editor->cell_count) {
		form_session_view(editor->session, editor_cell(editor), &view);
		if (view.fault && !view.missing) {
			said = view.fault;
			style = view.fault_is_warning ? STYLE_WARN : STYLE_FAIL;
		} else if (!str_is_empty(view.help)) {
			said = view.help;
		}
		article = view.article ? office_article(editor->desk->office, view.article) : NULL;
	}
	draw_clear_rect(pane, (struct rect){ row, 0, editor->foot_rows, editor->cols });
	/* The rest of the article is a key away (the regulation); of the help nothing may be lost. */
	used = paint_lines(editor, pane, row, editor->foot_rows - 1, style, said);
	if (article)
		paint_lines(editor, pane, row + (used > 0 ? used : 1), editor->foot_rows - (used > 0 ? used : 1), STYLE_DIM, article->text);
	if (editor->focus < editor->cell_count)
		cell_view_release(&view);
}

void editor_paint(void *self, struct pane *pane, bool whole)
{
	struct editor *editor = self;
	int frame_rows = editor->rows - EDITOR_HEAD_ROWS - editor->foot_rows;

	if (!whole && editor->only_typed && editor->focus < editor->cell_count) {
		editor->only_typed = false;
		paint_caret(editor, pane, editor->typed_at);
		return;
	}
	editor->only_typed = false;
	if (!whole)
		draw_clear(pane);
	paint_title(editor, pane);
	view_banner(pane, 1, desk_banner(editor->desk));
	paint_section_frame(editor, pane, frame_rows);
	paint_foot(editor, pane);
	paint_cells(editor, pane, EDITOR_HEAD_ROWS + 1, frame_rows - 2);
}
