/*
 * list: what the files of the list screen share.
 *
 * Layer: ui, private to list*.c.
 */
#ifndef YW_UI_LIST_H
#define YW_UI_LIST_H

#include "app/list.h"
#include "tui/table.h"
#include "ui/desk.h"

enum { LIST_KEYS = 512 };

struct list_view {
	struct desk *desk;
	struct loop *loop;
	struct list_query query;           /* its texts are ours: */
	char *form, *state, *month, *department, *text;
	struct table *table;
	struct table_column *columns;
	size_t column_count;
	/* Where rows seen lately stand, for paging by key: a ring. */
	struct { int64_t id; char *key; } keys[LIST_KEYS];
	size_t next_key;
	int rows, cols;
	int count;                         /* counted up to COUNT_MOST */
	unsigned seen;
	char *choices[64];                 /* texts of the open choice */
	size_t choice_count;
};

enum { LIST_COUNT_MOST = 10000 };

/* list_filter.c: the popups behind the filter keys. */
void list_ask_text(struct list_view *list);
void list_ask_form(struct list_view *list);
void list_ask_month(struct list_view *list);
void list_ask_state(struct list_view *list);
void list_ask_department(struct list_view *list);
void list_drop_choices(struct list_view *list);

/* list_screen.c: the query changed. COLUMNS: the form, too. */
enum react list_requery(struct list_view *list, bool columns);

#endif
