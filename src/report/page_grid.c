/* Labels and values, long texts, ticks, and the fields that no layout names. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "report/measure.h"
#include "report/page.h"

void page_heading(struct page *page, char *title_take)
{
	flow_add(&page->flow, true)->keep = true;
	flow_cell(&page->flow, 0, PAGE_UNITS, page_heading_style(page->layout->size_pt, ALIGN_LEFT), title_take);
	flow_fit(&page->flow, PAGE_ROW_PT);
}

/* ---- grid ---- */

/* One label and its value, ready to be placed. */
struct pair {
	char *label, *value;
	int span;            /* pairs that it takes */
};

static struct pair pair_of(const struct page *page, const struct grid_item *item, int pairs)
{
	struct pair pair = { .span = item->span > pairs ? pairs : item->span };
	const struct field *field = item->field == NULL || page->print.form == NULL ?
		NULL : definition_field(page->print.form, item->field);

	if (item->value != NULL)
		pair.value = template_expand(&page->print, item->value);
	else if (field != NULL)
		pair.value = print_value(&page->print, field, print_body(&page->print, field));
	if (item->label != NULL)
		pair.label = template_expand(&page->print, item->label);
	else
		pair.label = mem_text(field == NULL ? "" : print_label(&page->print, field));
	return pair;
}

static void add_pair(struct page *page, struct pair *pair, int at, int units, int label_units)
{
	const struct style label = page_label_style(page, pair->label, label_units * PAGE_UNIT_PT);
	struct style value = page_value_style(page);
	const double room = flow_room(&page->flow, 0, units - label_units, value.size_pt);

	if (pair->value != NULL && measure_lines(pair->value, room) > 1)
		value.size_pt = MEASURE_LEAST_PT;
	flow_cell(&page->flow, at, label_units, label, pair->label);
	flow_cell(&page->flow, at + label_units, units - label_units, value, pair->value);
}

/* Places COUNT pairs in one row; the last one takes what is left of it. */
static void add_row(struct page *page, struct pair *row, size_t count, int pairs)
{
	const int each = PAGE_UNITS / pairs, label_units = pairs > 2 ? PAGE_LABEL_UNITS - 2 : PAGE_LABEL_UNITS;
	int at = 0;

	flow_add(&page->flow, true)->split = true;
	for (size_t i = 0; i < count; i++) {
		const int units = i + 1 == count ? PAGE_UNITS - at : each * row[i].span;
		add_pair(page, &row[i], at, units, label_units);
		at += units;
	}
	flow_fit(&page->flow, PAGE_ROW_PT);
}

/* Spans in pairs already set: fills rows from left to right. */
static void place_pairs(struct page *page, struct pair *all, size_t count, int pairs)
{
	for (size_t first = 0, next; first < count; first = next) {
		int used = 0;
		for (next = first; next < count && used + all[next].span <= pairs; next++)
			used += all[next].span;
		add_row(page, &all[first], next - first, pairs);
	}
}

void page_grid(struct page *page, const struct grid_item *items, size_t count, int pairs)
{
	struct pair *all = mem_zeroed(count + 1, sizeof(*all));

	for (size_t i = 0; i < count; i++)
		all[i] = pair_of(page, &items[i], pairs);
	place_pairs(page, all, count, pairs);
	free(all);
}

/* ---- long texts ---- */

/* Cuts TEXT after LEAVE lines; the rest, or NULL. */
static char *cut_after(char *text, double room, size_t leave)
{
	struct utf8_line *lines;
	char *rest = NULL;

	if (measure_wrap(text, room, &lines) > leave) {
		rest = mem_text(text + lines[leave].start);
		text[leave == 0 ? 0 : lines[leave - 1].end] = '\0';
	}
	free(lines);
	return rest;
}

static void to_annex(struct page *page, const char *label, struct str *text, char *rest_take)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", page_annex(page, label));
	char *note = word_fill(print_word(&page->print, WORD_TO_ANNEX), "n", number, NULL);
	str_addf(text, "\n%s", note);
	free(note);
	struct style style = page_value_style(page);
	style.rise = RISE_TOP;
	flow_add(&page->annexes, true)->split = true;
	flow_cell(&page->annexes, 0, PAGE_UNITS, style, rest_take);
	flow_fit(&page->annexes, PAGE_ROW_PT);
}

void page_text(struct page *page, const char *label, char *text_take, enum font font, int lines, int most)
{
	struct style style = page_value_style(page);
	struct str text = STR_INIT;
	double room = flow_room(&page->flow, PAGE_LABEL_UNITS, PAGE_BODY_UNITS, style.size_pt);

	if (most > 0 && measure_lines(text_take, room) > (size_t)most) {
		style.size_pt = MEASURE_LEAST_PT;
		room = flow_room(&page->flow, PAGE_LABEL_UNITS, PAGE_BODY_UNITS, style.size_pt);
	}
	char *rest = NULL;
	if (most > 0 && measure_lines(text_take, room) > (size_t)most)
		rest = cut_after(text_take, room, (size_t)most - 1);
	str_add(&text, text_take);
	free(text_take);
	if (rest != NULL)
		to_annex(page, label, &text, rest);
	style.font = font;
	style.rise = measure_lines(str_text(&text), room) > 1 ? RISE_TOP : RISE_MIDDLE;
	flow_add(&page->flow, true)->split = true;
	flow_cell(&page->flow, 0, PAGE_LABEL_UNITS, page_label_style(page, label, PAGE_LABEL_UNITS * PAGE_UNIT_PT),
	          mem_text(label));
	flow_cell(&page->flow, PAGE_LABEL_UNITS, PAGE_BODY_UNITS, style, str_take(&text));
	const double least = measure_height((size_t)lines, style.size_pt);
	flow_fit(&page->flow, least > PAGE_ROW_PT ? least : PAGE_ROW_PT);
}

/* ---- ticks ---- */

static bool has_value(const json_t *value, const char *text)
{
	if (json_is_string(value))
		return str_equal(json_string_value(value), text);
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (str_equal(json_string_value(json_array_get(value, i)), text))
			return true;
	}
	return false;
}

/* Boxes and their words, so many on a line that none is parted. */
struct ticks {
	const struct page *page;
	struct str text;
	size_t line_start;
	double room;
};

static void add_tick(struct ticks *ticks, bool ticked, const char *label)
{
	char *one = str_format("%s%s", print_word(&ticks->page->print, ticked ? WORD_TICKED : WORD_UNTICKED), label);
	const size_t before = ticks->text.len;

	str_addf(&ticks->text, "%s%s", before > ticks->line_start ? "  " : "", one);
	if (before > ticks->line_start && measure_lines(str_text(&ticks->text) + ticks->line_start, ticks->room) > 1) {
		str_remove(&ticks->text, before, ticks->text.len - before);
		str_add_char(&ticks->text, '\n');
		ticks->line_start = ticks->text.len;
		str_add(&ticks->text, one);
	}
	free(one);
}

static const char *choice_words(const struct page *page, const struct choice *choice)
{
	return page->print.page->english && choice->label_en != NULL ? choice->label_en : choice->value;
}

/* What was entered though it is none of the choices. */
static void add_others(struct ticks *ticks, const struct field *field, const json_t *value)
{
	if (json_string_length(value) > 0 && field_choice(field, json_string_value(value)) == NULL)
		add_tick(ticks, true, json_string_value(value));
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *one = json_string_value(json_array_get(value, i));
		if (one != NULL && field_choice(field, one) == NULL)
			add_tick(ticks, true, one);
	}
}

void page_ticks(struct page *page, const struct element *element, const struct field *field)
{
	const json_t *value = print_body(&page->print, field);
	struct ticks ticks = { .page = page, .room = flow_room(&page->flow, PAGE_LABEL_UNITS, PAGE_BODY_UNITS, page->layout->size_pt) };

	for (size_t i = 0; i < field->choice_count; i++)
		add_tick(&ticks, has_value(value, field->choices[i].value), choice_words(page, &field->choices[i]));
	if (field->type == FIELD_BOOL) {
		add_tick(&ticks, json_is_true(value), print_word(&page->print, WORD_YES));
		add_tick(&ticks, json_is_false(value), print_word(&page->print, WORD_NO));
	} else {
		add_others(&ticks, field, value);
	}
	char *label = element == NULL || element->label == NULL ? mem_text(print_label(&page->print, field)) :
		template_expand(&page->print, element->label);
	page_text(page, label, str_take(&ticks.text), FONT_SONG, element == NULL ? 1 : element->lines, 0);
	free(label);
}

/* ---- the fields that no part of the layout shows ---- */

void page_field(struct page *page, const struct field *field)
{
	if (field->type == FIELD_TABLE)
		page_table(page, NULL, field);
	else if (field->type == FIELD_CHECKLIST)
		page_checklist(page, NULL, field);
	else
		page_text(page, print_label(&page->print, field),
		          print_value(&page->print, field, print_body(&page->print, field)), FONT_BODY, 1, 0);
}

static bool is_shown(const struct page *page, const struct rule *visible_if, bool filled)
{
	return filled || print_holds(&page->print, visible_if->expression);
}

/* Left to be shown: not by another part, and not hidden in this record (what is filled is never hidden). */
static bool is_left(const struct page *page, size_t i)
{
	const struct field *field = &page->print.form->fields[i];

	return !page->shown[i] &&
	       is_shown(page, &field->visible_if, print_is_filled(print_body(&page->print, field)));
}

/* Whether the field stands across the page: by its type, or because what is in it does not fit into half of it. */
static bool is_wide(const struct page *page, const struct field *field, const char *text)
{
	const double room = flow_room(&page->flow, 0, PAGE_UNITS / 2 - PAGE_LABEL_UNITS, page->layout->size_pt);

	return field->type == FIELD_MEMO || measure_lines(text, room) > 2;
}

static void flush(struct page *page, struct pair *waiting, size_t *count)
{
	place_pairs(page, waiting, *count, 2);
	*count = 0;
}

static void rest_of_section(struct page *page, const struct section *section)
{
	struct pair *waiting = mem_zeroed(section->count + 1, sizeof(*waiting));
	size_t count = 0;

	for (size_t i = section->first; i < section->first + section->count; i++) {
		const struct field *field = &page->print.form->fields[i];
		if (!is_left(page, i))
			continue;
		const bool block = field->type == FIELD_TABLE || field->type == FIELD_CHECKLIST;
		char *text = block ? NULL : print_value(&page->print, field, print_body(&page->print, field));
		if (block || is_wide(page, field, text)) {
			flush(page, waiting, &count);
			page_field(page, field);
			free(text);
			continue;
		}
		waiting[count++] = (struct pair){ .label = mem_text(print_label(&page->print, field)), .value = text, .span = 1 };
	}
	flush(page, waiting, &count);
	free(waiting);
}

static bool has_rest(const struct page *page, const struct section *section)
{
	bool left = false, filled = false;

	for (size_t i = section->first; i < section->first + section->count; i++) {
		left = left || is_left(page, i);
		filled = filled || (!page->shown[i] && print_is_filled(print_body(&page->print, &page->print.form->fields[i])));
	}
	return left && is_shown(page, &section->visible_if, filled);
}

/* A table or check list with a heading of its own, which says the same as the section's. */
static bool heads_itself(const struct page *page, const struct section *section, const char *title)
{
	const struct field *first = &page->print.form->fields[section->first];
	const bool block = first->type == FIELD_TABLE || first->type == FIELD_CHECKLIST;

	return block && is_left(page, section->first) && str_equal(print_label(&page->print, first), title);
}

void page_rest(struct page *page)
{
	const struct definition *form = page->print.form;

	for (size_t i = 0; form != NULL && i < form->section_count; i++) {
		const struct section *section = &form->sections[i];
		if (!has_rest(page, section))
			continue;
		const char *title = page->print.page->english && section->title_en != NULL ? section->title_en : section->title;
		if (!heads_itself(page, section, title))
			page_heading(page, mem_text(title));
		rest_of_section(page, section);
	}
}
