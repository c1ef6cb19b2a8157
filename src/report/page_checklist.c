/* Check lists: item, reading and result, in columns side by side, walked down one column after the other. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "report/measure.h"
#include "report/page.h"

#define CHECK_ROW_PT 18.0

/* The parts of one column of items, in units; a row is as many of these as there are groups. */
struct shape {
	int zone, item, reading, verdict;
};

static struct shape shape_of(const struct field *list, const struct element *element, int groups)
{
	const int units = PAGE_UNITS / groups;
	struct shape shape = { 0 };

	for (size_t i = 0; i < list->child_count && (element == NULL || !element->unzoned); i++) {
		if (list->children[i].group != NULL)
			shape.zone = groups == 1 ? 6 : groups == 2 ? 4 : 0;
	}
	shape.verdict = units / 5;
	shape.reading = groups == 1 ? 12 : 6;
	if (groups == 2) {
		shape.verdict = 5;
		shape.reading = 5;
	}
	shape.item = units - shape.zone - shape.reading - shape.verdict;
	return shape;
}

static void add_titles(struct page *page, const struct shape *shape, int groups)
{
	const struct style style = page_heading_style(MEASURE_LEAST_PT, ALIGN_CENTER);
	const enum word words[] = { WORD_ITEM, WORD_READING, WORD_VERDICT };
	const int spans[] = { shape->zone + shape->item, shape->reading, shape->verdict };
	int at = 0;

	struct row *row = flow_add(&page->flow, true);
	row->heading = true;
	row->keep = true;
	for (int g = 0; g < groups; g++) {
		for (int i = 0; i < 3; i++) {
			flow_cell(&page->flow, at, spans[i], style, mem_text(print_word(&page->print, words[i])));
			at += spans[i];
		}
	}
	flow_fit(&page->flow, CHECK_ROW_PT);
}

/* Which items stand where: column by column. */
struct walk {
	const struct field *list;
	const json_t *values;
	size_t rows;
};

static const struct field *item_at(const struct walk *walk, size_t group, size_t row)
{
	const size_t i = group * walk->rows + row;
	return row < walk->rows && i < walk->list->child_count ? &walk->list->children[i] : NULL;
}

static bool same_zone(const struct field *a, const struct field *b)
{
	return a != NULL && b != NULL && str_equal(a->group, b->group);
}

/* The zone's name stands at the first of its items; no line parts the others from it. */
static void add_zone(struct page *page, const struct walk *walk, size_t group, size_t row, int at, int span)
{
	const struct field *item = item_at(walk, group, row);
	const bool first = row == 0 || !same_zone(item_at(walk, group, row - 1), item);
	struct style style = page_small_style(ALIGN_CENTER);

	style.open_above = !first;
	style.open_below = same_zone(item, item_at(walk, group, row + 1));
	flow_cell(&page->flow, at, span, style, item == NULL || !first ? NULL : mem_text(item->group));
}

static void add_item(struct page *page, const struct walk *walk, const struct field *item, int at, const struct shape *shape)
{
	char *label = NULL, *reading = NULL, *verdict = NULL;
	struct style style = page_small_style(ALIGN_CENTER);

	if (item != NULL) {
		const json_t *value = json_object_get(json_object_get(walk->values, item->key), "value");
		const enum verdict result = field_verdict(item, value);
		label = mem_text(print_label(&page->print, item));
		reading = print_value(&page->print, item, value);
		verdict = mem_text(print_verdict(&page->print, result));
		style.bold = result == VERDICT_FAIL || result == VERDICT_WARN;
	}
	flow_cell(&page->flow, at, shape->item, page_small_style(ALIGN_LEFT), label);
	flow_cell(&page->flow, at + shape->item, shape->reading, style, reading);
	flow_cell(&page->flow, at + shape->item + shape->reading, shape->verdict, style, verdict);
}

static void add_items(struct page *page, const struct walk *walk, const struct shape *shape, int groups)
{
	for (size_t row = 0; row < walk->rows; row++) {
		flow_add(&page->flow, true)->under_heading = true;
		for (int g = 0; g < groups; g++) {
			const int at = g * (PAGE_UNITS / groups);
			if (shape->zone > 0)
				add_zone(page, walk, (size_t)g, row, at, shape->zone);
			add_item(page, walk, item_at(walk, (size_t)g, row), at + shape->zone, shape);
		}
		flow_fit(&page->flow, CHECK_ROW_PT);
	}
}

/* "1. Temperature (29.5): note", one line an item that has a note. */
static void add_notes(struct page *page, const struct field *list, const json_t *values)
{
	struct str text = STR_INIT;
	int number = 0;

	for (size_t i = 0; i < list->child_count; i++) {
		const struct field *item = &list->children[i];
		const json_t *entry = json_object_get(values, item->key);
		const char *note = json_string_value(json_object_get(entry, "note"));
		if (str_is_empty(note))
			continue;
		char *reading = print_value(&page->print, item, json_object_get(entry, "value"));
		str_addf(&text, "%s%d. %s (%s)%s%s", number > 0 ? "\n" : "", number + 1, print_label(&page->print, item), reading,
		         print_word(&page->print, WORD_COLON), note);
		number++;
		free(reading);
	}
	page_text(page, print_word(&page->print, WORD_CHECK_NOTES),
	          number > 0 ? str_take(&text) : mem_text(print_word(&page->print, WORD_NONE)), FONT_BODY, 1, 0);
	str_release(&text);
}

void page_checklist(struct page *page, const struct element *element, const struct field *list)
{
	const int groups = element == NULL ? (list->child_count > 12 ? 2 : 1) : element->groups;
	const struct shape shape = shape_of(list, element, groups);
	const struct walk walk = { .list = list, .values = print_body(&page->print, list),
				   .rows = (list->child_count + (size_t)groups - 1) / (size_t)groups };

	if (element == NULL || element->label != NULL)
		page_heading(page, element == NULL ? mem_text(print_label(&page->print, list)) :
		                                     template_expand(&page->print, element->label));
	add_titles(page, &shape, groups);
	add_items(page, &walk, &shape, groups);
	if (element == NULL || !element->short_list)
		add_notes(page, list, walk.values);
}
