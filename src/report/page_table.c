/* Tables, check lists and the journal: rows under a heading. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "report/measure.h"
#include "report/page.h"

enum { SERIAL_UNITS = 3, LEAST_UNITS = 3 };
#define TABLE_ROW_PT 21.0

void page_share(const int *widths, size_t count, int units, int least, int *shares)
{
	int sum = 0, given = 0;

	for (size_t i = 0; i < count; i++)
		sum += widths[i];
	for (size_t i = 0; i < count; i++) {
		shares[i] = sum == 0 ? 0 : units * widths[i] / sum;
		shares[i] = shares[i] < least ? least : shares[i];
		given += shares[i];
	}
	/* What rounding left over goes to the column that is furthest below its due; what it took, from the widest. */
	for (; given != units && count > 0; given += given < units ? 1 : -1) {
		size_t best = 0;
		for (size_t i = 1; i < count; i++) {
			if (given < units ? widths[i] * shares[best] > widths[best] * shares[i] : shares[i] > shares[best])
				best = i;
		}
		shares[best] += given < units ? 1 : -1;
	}
}

/* ---- a table's shape ---- */

struct table {
	const struct field **columns;
	int *spans;
	size_t count;
	bool numbered;
};

/* Chinese characters that a column usually needs. */
static int usual_width(const struct field *field)
{
	static const int widths[FIELD_TYPE_COUNT] = {
		[FIELD_TEXT] = 8, [FIELD_MEMO] = 12, [FIELD_CHOICE] = 5, [FIELD_MULTI] = 8, [FIELD_DATE] = 6, [FIELD_DATETIME] = 8,
		[FIELD_TIME] = 3, [FIELD_INTEGER] = 4, [FIELD_DECIMAL] = 4, [FIELD_BOOL] = 3, [FIELD_PERSON] = 4,
		[FIELD_DEPARTMENT] = 7, [FIELD_ASSET] = 8, [FIELD_IP] = 8, [FIELD_MAC] = 9, [FIELD_REFERENCE] = 9,
	};
	return field->width > 0 ? (field->width + 1) / 2 : widths[field->type];
}

static void table_shape(struct table *t, const struct element *element, const struct field *field)
{
	const size_t count = element != NULL && element->column_count > 0 ? element->column_count : field->child_count;
	int *widths = mem_zeroed(count + 1, sizeof(*widths));

	*t = (struct table){ .columns = mem_zeroed(count + 1, sizeof(*t->columns)), .spans = mem_zeroed(count + 1, sizeof(int)),
			     .numbered = element == NULL || !element->plain };
	for (size_t i = 0; i < count; i++) {
		const struct column_width *own = element != NULL && element->column_count > 0 ? &element->columns[i] : NULL;
		const struct field *column = own == NULL ? &field->children[i] : field_child(field, own->key);
		if (column == NULL)
			continue;
		widths[t->count] = own != NULL && own->width > 0 ? own->width : usual_width(column);
		t->columns[t->count++] = column;
	}
	const int units = PAGE_UNITS - (t->numbered ? SERIAL_UNITS : 0);
	page_share(widths, t->count, units, t->count * LEAST_UNITS > (size_t)units ? 1 : LEAST_UNITS, t->spans);
	free(widths);
}

static void table_release(struct table *t)
{
	free(t->columns);
	free(t->spans);
}

static void add_table_heading(struct page *page, struct flow *flow, const struct table *t)
{
	const struct style style = page_heading_style(MEASURE_LEAST_PT, ALIGN_CENTER);
	int at = 0;

	struct row *row = flow_add(flow, true);
	row->heading = true;
	row->keep = true;
	if (t->numbered) {
		flow_cell(flow, 0, SERIAL_UNITS, style, mem_text(print_word(&page->print, WORD_SERIAL)));
		at = SERIAL_UNITS;
	}
	for (size_t i = 0; i < t->count; i++) {
		const struct field *column = t->columns[i];
		char *text = column->unit == NULL ? mem_text(print_label(&page->print, column)) :
			str_format("%s(%s)", print_label(&page->print, column), column->unit);
		flow_cell(flow, at, t->spans[i], style, text);
		at += t->spans[i];
	}
	flow_fit(flow, TABLE_ROW_PT);
}

/* A number beside its heading's unit needs none of its own. */
static char *cell_text(const struct page *page, const struct field *column, const json_t *value)
{
	return column->unit != NULL && json_is_number(value) ? field_display(column, value) :
		print_value(&page->print, column, value);
}

static enum align cell_align(const struct field *column)
{
	static const unsigned left = 1U << FIELD_TEXT | 1U << FIELD_MEMO | 1U << FIELD_MULTI | 1U << FIELD_ASSET;
	return (left & 1U << column->type) != 0 ? ALIGN_LEFT : ALIGN_CENTER;
}

/* ROW NULL: an empty line. */
static void add_table_row(struct page *page, struct flow *flow, const struct table *t, const json_t *row, size_t number)
{
	int at = 0;

	struct row *line = flow_add(flow, true);
	line->under_heading = true;
	line->split = true;
	if (t->numbered) {
		flow_cell(flow, 0, SERIAL_UNITS, page_small_style(ALIGN_CENTER), row == NULL ? NULL : str_format("%zu", number));
		at = SERIAL_UNITS;
	}
	for (size_t i = 0; i < t->count; i++) {
		char *text = row == NULL ? NULL : cell_text(page, t->columns[i], json_object_get(row, t->columns[i]->key));
		flow_cell(flow, at, t->spans[i], page_small_style(cell_align(t->columns[i])), text);
		at += t->spans[i];
	}
	flow_fit(flow, TABLE_ROW_PT);
}

static void add_across(struct page *page, const char *text)
{
	flow_add(&page->flow, true)->under_heading = true;
	flow_cell(&page->flow, 0, PAGE_UNITS, page_small_style(ALIGN_CENTER), mem_text(text));
	flow_fit(&page->flow, TABLE_ROW_PT);
}

/* The rows from FIRST on, in an annex of their own. */
static void rows_to_annex(struct page *page, const struct table *t, const json_t *rows, size_t first, const char *title)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", page_annex(page, title));
	char *note = word_fill(print_word(&page->print, WORD_TO_ANNEX), "n", number, NULL);
	add_across(page, note);
	free(note);
	add_table_heading(page, &page->annexes, t);
	for (size_t i = first; i < json_array_size(rows); i++)
		add_table_row(page, &page->annexes, t, json_array_get(rows, i), i + 1);
}

void page_table(struct page *page, const struct element *element, const struct field *table)
{
	const json_t *rows = print_body(&page->print, table);
	const size_t count = json_array_size(rows), blank = element == NULL ? 0 : (size_t)element->blank;
	const size_t most = element == NULL || element->rows == 0 ? count : (size_t)element->rows;
	const size_t here = count < most ? count : most;
	char *title = element == NULL || element->label == NULL ? mem_text(print_label(&page->print, table)) :
		template_expand(&page->print, element->label);
	struct table t;

	table_shape(&t, element, table);
	page_heading(page, mem_text(title));
	add_table_heading(page, &page->flow, &t);
	for (size_t i = 0; i < here; i++)
		add_table_row(page, &page->flow, &t, json_array_get(rows, i), i + 1);
	if (here < count)
		rows_to_annex(page, &t, rows, here, title);
	else if (count == 0 || count < blank)
		add_across(page, print_word(&page->print, WORD_BLANK_BELOW));
	for (size_t i = count + 1; i < blank; i++)
		add_table_row(page, &page->flow, &t, NULL, 0);
	table_release(&t);
	free(title);
}

/* ---- the journal ---- */

static void add_timeline_row(struct page *page, const char *const texts[4], bool heading)
{
	static const int at[] = { 0, 11, 19, 27 }, span[] = { 11, 8, 8, 21 };

	struct row *row = flow_add(&page->flow, true);
	row->heading = heading;
	row->keep = heading;
	row->under_heading = !heading;
	row->split = !heading;
	for (int i = 0; i < 4; i++) {
		struct style style = heading ? page_heading_style(MEASURE_LEAST_PT, ALIGN_CENTER) :
			page_small_style(i < 3 ? ALIGN_CENTER : ALIGN_LEFT);
		flow_cell(&page->flow, at[i], span[i], style, mem_text(texts[i] == NULL ? "" : texts[i]));
	}
	flow_fit(&page->flow, TABLE_ROW_PT);
}

void page_timeline(struct page *page, char *title_take)
{
	const char *const heading[] = { print_word(&page->print, WORD_TIME), print_word(&page->print, WORD_PERSON),
					print_word(&page->print, WORD_ACTION), print_word(&page->print, WORD_OPINION) };

	page_heading(page, title_take);
	add_timeline_row(page, heading, true);
	for (size_t i = 0; i < page->print.entry_count; i++) {
		const struct page_entry *entry = &page->print.entries[i];
		char *time = print_time(&page->print, entry->at_utc), *person = print_person(&page->print, entry);
		const char *const texts[] = { time, person, entry->label, entry->note };
		add_timeline_row(page, texts, false);
		free(time);
		free(person);
	}
	if (page->print.entry_count == 0)
		add_across(page, print_word(&page->print, WORD_BLANK_BELOW));
}
