/*
 * print: one record (or one row of it) and how its values read on paper.
 *
 * Layer: report. A `struct print` is what templates, values and decisions are
 * looked up in; it borrows everything.
 */
#ifndef YW_REPORT_PRINT_H
#define YW_REPORT_PRINT_H

#include "report/report.h"
#include "report/words.h"

struct print {
	const struct page_context *page;
	const struct words *words;
	const struct definition *form;    /* NULL: plain data */
	const struct record *record;      /* NULL: none, as in a register's title */
	const struct page_entry *entries;
	size_t entry_count;
	const struct field *table;        /* in a row of this table, NULL: not in one */
	const json_t *row;
	int serial;                       /* {#} */
	int year, month;                  /* of a register */
	int64_t day;                      /* since 1970, of a row of a month sheet; {row.day} {row.weekday} */
	bool has_day;
};

const char *print_word(const struct print *print, enum word word);
/* In the paper's language. */
const char *print_label(const struct print *print, const struct field *field);
const char *print_title(const struct print *print, const struct definition *form);
const char *print_state(const struct print *print, const char *key);

/* A body value as it reads on paper, its unit included; "" if there is none. Caller frees. */
char *print_value(const struct print *print, const struct field *field, const json_t *value);
/* The value of FIELD in the record's body. Borrowed, may be NULL. */
const json_t *print_body(const struct print *print, const struct field *field);
/* Whether anything is in it: not null, "", [] or {}. */
bool print_is_filled(const json_t *value);
/* "2026年11月22日"; "2026-11-22 09:05"; "" if UTC is 0. Callers free. */
char *print_day(const struct print *print, int64_t utc);
char *print_time(const struct print *print, int64_t utc);
/* The word for a verdict; "" for none. */
const char *print_verdict(const struct print *print, enum verdict verdict);

/* Evaluates an expression of the definition; NULL: it gave nothing. Caller frees. */
char *print_evaluate(const struct print *print, const char *expression);
/* True if EXPRESSION is NULL, or gives something that is neither 0 nor empty. */
bool print_holds(const struct print *print, const char *expression);

/* "李四（代张三）" */
char *print_person(const struct print *print, const struct page_entry *entry);
/*
 * The last entry with ACTION (NULL: any that changed the state) from a state of FROM (NULL: any) that still stands: the record was not sent
 * back to a draft nor came again into the state that it was decided in. NULL if there is none.
 */
const struct page_entry *print_standing(const struct print *print, const char *action, char *const *from,
                                        char *const *actions);

/*
 * Templates: {key} {key.child} {key.child.note} {record.state} {by.ACTION} {at.ACTION} {note.ACTION} {=expression},
 * each with an optional :day :month :time :short :digits :count :plain; [ ... ] is printed only if something in it was
 * filled; {{ and [[ stand for themselves. See yunwei-export(5).
 */
char *template_expand(const struct print *print, const char *text);
/* As template_expand; *FILLED tells whether any {} of it gave something. */
char *template_expand_filled(const struct print *print, const char *text, bool *filled);

/* NULL if TEXT is well-formed, else what is wrong (static, English, translatable). */
const char *template_fault(const char *text);
/* Calls FOUND with each key of TEXT, without its filter; the key is good only during the call. */
void template_keys(const char *text, void (*found)(void *data, const char *key), void *data);

#endif
