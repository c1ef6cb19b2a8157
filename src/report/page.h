/*
 * page: a record's page being built, part by part.
 *
 * Layer: report, inside. Every part appends rows to the flow; each boxed row
 * covers all units of the grid.
 */
#ifndef YW_REPORT_PAGE_H
#define YW_REPORT_PAGE_H

#include "report/flow.h"
#include "report/layout_model.h"
#include "report/print.h"

/* 48 units of 13 pixels are the 165 mm between the margins; six of them are one of eight equal columns. */
enum { PAGE_UNITS = 48, PAGE_LABEL_UNITS = 8, PAGE_BODY_UNITS = PAGE_UNITS - PAGE_LABEL_UNITS };
#define PAGE_UNIT_PT 9.75
/* 8.5 mm, so that one can write into it by hand. */
#define PAGE_ROW_PT 24.0

struct page {
	struct print print;
	const struct layout *layout;
	const struct page_input *input;
	struct flow flow;
	struct flow annexes;     /* put behind the page */
	int annex_count;
	bool *shown;             /* by field of the form: some part shows it */
};

/* Lays out the whole record, unpaginated. page_release() when done. */
void page_build(struct page *page, const struct layout *layout, const struct page_context *context,
                const struct page_input *input);
void page_release(struct page *page);

/* ---- styles ---- */

struct style page_label_style(const struct page *page, const char *text, double width_pt);
struct style page_value_style(const struct page *page);
struct style page_small_style(enum align align);  /* 五号, for tables and lists */
struct style page_heading_style(double size_pt, enum align align);

/* ---- parts; texts that end in _take are owned by the part from then on ---- */

void page_heading(struct page *page, char *title_take);
void page_grid(struct page *page, const struct grid_item *items, size_t count, int pairs);
/* A label at the left, TEXT at the right; what is more than MOST lines (0: no limit) goes to an annex. */
void page_text(struct page *page, const char *label, char *text_take, enum font font, int lines, int most);
void page_ticks(struct page *page, const struct element *element, const struct field *field);
/* ELEMENT may be NULL: all columns, all rows in place. */
void page_table(struct page *page, const struct element *element, const struct field *table);
void page_checklist(struct page *page, const struct element *element, const struct field *list);
void page_approval(struct page *page, const struct element *element);
void page_approvals(struct page *page);
void page_timeline(struct page *page, char *title_take);
void page_rest(struct page *page);
/* The field in the way that fits its type, alone across the page. */
void page_field(struct page *page, const struct field *field);
/* Begins an annex: its heading in page->annexes. Returns its number. */
int page_annex(struct page *page, const char *title);

/* Shares UNITS out by WIDTHS, each at least LEAST; the sum is exact. */
void page_share(const int *widths, size_t count, int units, int least, int *shares);

#endif
