/* A record's page: head, body, annexes. */
#include "report/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "report/measure.h"

/* ---- styles ---- */

struct style page_value_style(const struct page *page)
{
	return (struct style){ .font = FONT_BODY, .align = ALIGN_LEFT, .size_pt = page->layout->size_pt };
}

struct style page_small_style(enum align align)
{
	return (struct style){ .font = FONT_BODY, .align = align, .size_pt = MEASURE_LEAST_PT };
}

struct style page_heading_style(double size_pt, enum align align)
{
	return (struct style){ .font = FONT_HEAD, .align = align, .size_pt = size_pt };
}

/* Labels are centred, and smaller if that saves a line. */
struct style page_label_style(const struct page *page, const char *text, double width_pt)
{
	struct style style = { .font = FONT_BODY, .align = ALIGN_CENTER, .size_pt = page->layout->size_pt };

	if (measure_lines(text, measure_room(width_pt, style.size_pt)) > 1)
		style.size_pt = MEASURE_LEAST_PT;
	return style;
}

/* ---- head ---- */

static char *own_or(const struct page *page, const char *text, const char *otherwise)
{
	return template_expand(&page->print, text == NULL ? otherwise : text);
}

static char *title_of(const struct page *page)
{
	const struct layout *layout = page->layout;

	if (page->print.page->english && layout->title_en != NULL)
		return template_expand(&page->print, layout->title_en);
	return own_or(page, page->print.page->english ? NULL : layout->title, "{form}");
}

static void archive_cells(struct page *page, const char *const values[3], const enum word labels[3])
{
	static const int at[] = { 35, 39, 43 }, span[] = { 4, 4, 5 };

	for (int i = 0; i < 3; i++) {
		struct style style = { .font = FONT_SONG, .align = ALIGN_CENTER, .size_pt = 7.5, .framed = true };
		const char *label = print_word(&page->print, labels[i]);
		char *text = str_is_empty(values[i]) ? mem_text(label) : str_format("%s\n%s", label, values[i]);
		flow_cell(&page->flow, at[i], span[i], style, text);
	}
}

/* The office's name, at its right the stamp's six boxes, 45 by 16 mm (DA/T 22-2015). */
static void add_office(struct page *page)
{
	static const enum word labels[2][3] = { { WORD_FONDS, WORD_BOX_YEAR, WORD_BOX_ITEM },
						{ WORD_BOX_OFFICE, WORD_RETENTION, WORD_BOX_PAGES } };
	const struct archive_stamp *stamp = &page->input->stamp;
	const char *const values[2][3] = { { stamp->fonds, stamp->year, stamp->item },
					   { stamp->office, stamp->retention, stamp->pages } };
	const bool box = page->layout->archive_box;
	struct style style = { .font = FONT_BODY, .align = ALIGN_CENTER, .size_pt = 15 };

	for (int i = 0; i < (box ? 2 : 1); i++) {
		flow_add(&page->flow, false)->keep = true;
		page->flow.rows[page->flow.count - 1].height_pt = box ? 22.7 : 26;
		if (i == 0)
			flow_cell(&page->flow, 0, box ? 35 : PAGE_UNITS, style, own_or(page, NULL, "{office}"))->rows = box ? 2 : 1;
		if (box)
			archive_cells(page, values[i], labels[i]);
	}
}

/* The largest type from 二号 down in which TITLE stands on one line. */
static double title_size(const char *title)
{
	static const double sizes[] = { 22, 20, 18, 16 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		if (measure_lines(title, measure_room(PAGE_UNITS * PAGE_UNIT_PT, sizes[i])) == 1)
			return sizes[i];
	}
	return 16;
}

static void add_title(struct page *page)
{
	char *title = title_of(page);
	const struct style style = { .font = FONT_TITLE, .align = ALIGN_CENTER, .size_pt = title_size(title) };

	struct row *row = flow_add(&page->flow, false);
	row->keep = true;
	row->repeat = true;
	flow_cell(&page->flow, 0, PAGE_UNITS, style, title);
	flow_fit(&page->flow, 36);
}

static void add_head_line(struct page *page)
{
	struct style style = page_value_style(page);
	char *left = own_or(page, page->layout->head_left, "{number}");
	char *right = own_or(page, page->layout->head_right, "{submitted_at:day}");
	/* The right one gets what it needs, the left one what is left, but each at least a third. */
	int right_units = (int)((measure_ems(right) * style.size_pt * 1.05 + 8) / PAGE_UNIT_PT) + 1;

	right_units = right_units < PAGE_UNITS / 3 ? PAGE_UNITS / 3 : right_units > PAGE_UNITS * 2 / 3 ? PAGE_UNITS * 2 / 3 : right_units;
	struct row *row = flow_add(&page->flow, false);
	row->keep = true;
	row->repeat = true;
	flow_cell(&page->flow, 0, PAGE_UNITS - right_units, style, left);
	style.align = ALIGN_RIGHT;
	flow_cell(&page->flow, PAGE_UNITS - right_units, right_units, style, right);
	flow_fit(&page->flow, PAGE_ROW_PT);
}

/* ---- body ---- */

static void mark(void *data, const char *key)
{
	struct page *page = data;
	const char *dot = strchr(key, '.');
	const size_t len = dot == NULL ? strlen(key) : (size_t)(dot - key);

	for (size_t i = 0; page->print.form != NULL && i < page->print.form->field_count; i++) {
		const char *own = page->print.form->fields[i].key;
		if (strlen(own) == len && memcmp(own, key, len) == 0)
			page->shown[i] = true;
	}
}

static void mark_template(struct page *page, const char *text)
{
	if (text != NULL)
		template_keys(text, mark, page);
}

/* What the layout's parts show, so that `rest` is the rest. */
static void mark_shown(struct page *page)
{
	static const unsigned by_key = 1U << ELEMENT_TEXT | 1U << ELEMENT_TICKS | 1U << ELEMENT_TABLE | 1U << ELEMENT_CHECKLIST;

	mark_template(page, page->layout->head_left);
	mark_template(page, page->layout->head_right);
	for (size_t i = 0; i < page->layout->body_count; i++) {
		const struct element *element = &page->layout->body[i];
		for (size_t k = 0; k < element->item_count; k++) {
			mark_template(page, element->items[k].value);
			if (element->items[k].field != NULL)
				mark(page, element->items[k].field);
		}
		if ((by_key & 1U << element->kind) != 0)
			mark(page, element->what);
		else
			mark_template(page, element->what);
		mark_template(page, element->value);
		mark_template(page, element->trace);
	}
}

/* A template across the page, or beside a label. */
static void add_line(struct page *page, const struct element *element)
{
	char *text = template_expand(&page->print, element->what);
	const double least = element->height_pt > PAGE_ROW_PT ? element->height_pt : PAGE_ROW_PT;

	flow_add(&page->flow, true)->split = true;
	if (element->label == NULL) {
		flow_cell(&page->flow, 0, PAGE_UNITS, page_value_style(page), text);
	} else {
		char *label = template_expand(&page->print, element->label);
		const struct style style = page_label_style(page, label, PAGE_LABEL_UNITS * PAGE_UNIT_PT);
		flow_cell(&page->flow, 0, PAGE_LABEL_UNITS, style, label);
		flow_cell(&page->flow, PAGE_LABEL_UNITS, PAGE_BODY_UNITS, page_value_style(page), text);
	}
	flow_fit(&page->flow, least);
}

static void add_note(struct page *page, const char *text)
{
	struct style style = page_small_style(ALIGN_LEFT);

	style.rise = RISE_TOP;
	flow_add(&page->flow, false)->split = true;
	flow_cell(&page->flow, 0, PAGE_UNITS, style, template_expand(&page->print, text));
	flow_fit(&page->flow, PAGE_ROW_PT);
}

static void add_field_part(struct page *page, const struct element *element)
{
	const struct field *field = page->print.form == NULL ? NULL : definition_field(page->print.form, element->what);

	if (field == NULL)
		return;
	if (element->kind == ELEMENT_TICKS) {
		page_ticks(page, element, field);
	} else if (element->kind == ELEMENT_TABLE) {
		page_table(page, element, field);
	} else if (element->kind == ELEMENT_CHECKLIST) {
		page_checklist(page, element, field);
	} else {
		char *label = own_or(page, element->label, print_label(&page->print, field));
		page_text(page, label, print_value(&page->print, field, print_body(&page->print, field)), FONT_BODY,
		          element->lines, element->most);
		free(label);
	}
}

static void add_element(struct page *page, const struct element *element, bool *new_page)
{
	const size_t before = page->flow.count;

	switch (element->kind) {
	case ELEMENT_SECTION:
		page_heading(page, template_expand(&page->print, element->what));
		break;
	case ELEMENT_GRID:
		page_grid(page, element->items, element->item_count, element->pairs);
		break;
	case ELEMENT_APPROVAL:
		page_approval(page, element);
		break;
	case ELEMENT_APPROVALS:
		page_approvals(page);
		break;
	case ELEMENT_LINE:
		add_line(page, element);
		break;
	case ELEMENT_TIMELINE:
		page_timeline(page, template_expand(&page->print, element->what));
		break;
	case ELEMENT_REST:
		page_rest(page);
		break;
	case ELEMENT_NOTE:
		add_note(page, element->what);
		break;
	case ELEMENT_BREAK:
		*new_page = true;
		return;
	default:
		add_field_part(page, element);
		break;
	}
	if (*new_page && page->flow.count > before)
		page->flow.rows[before].page_break = true;
	*new_page = *new_page && page->flow.count == before;
}

int page_annex(struct page *page, const char *title)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", ++page->annex_count);
	struct row *row = flow_add(&page->annexes, false);
	row->keep = true;
	flow_cell(&page->annexes, 0, PAGE_UNITS, page_heading_style(14, ALIGN_LEFT),
	          word_fill(print_word(&page->print, WORD_ANNEX), "n", number, "title", title, NULL));
	flow_fit(&page->annexes, 30);
	return page->annex_count;
}

void page_build(struct page *page, const struct layout *layout, const struct page_context *context,
                const struct page_input *input)
{
	bool new_page = false;

	*page = (struct page){
		.print = { .page = context, .words = &layout->words, .form = input->form, .record = input->record,
		           .entries = input->entries, .entry_count = input->entry_count },
		.layout = layout,
		.input = input,
		.shown = mem_zeroed(input->form == NULL ? 1 : input->form->field_count + 1, sizeof(bool)),
	};
	flow_init(&page->flow, PAGE_UNITS, PAGE_UNIT_PT);
	flow_init(&page->annexes, PAGE_UNITS, PAGE_UNIT_PT);
	add_office(page);
	add_title(page);
	add_head_line(page);
	mark_shown(page);
	for (size_t i = 0; i < layout->body_count; i++) {
		if (print_holds(&page->print, layout->body[i].when))
			add_element(page, &layout->body[i], &new_page);
	}
	flow_append(&page->flow, &page->annexes);
}

void page_release(struct page *page)
{
	flow_release(&page->flow);
	flow_release(&page->annexes);
	free(page->shown);
}
