/*
 * month: the registers of one month, as the exports print them.
 *
 * Layer: app; for export_month.c and export_book.c.
 */
#ifndef YW_APP_MONTH_H
#define YW_APP_MONTH_H

#include "app/print.h"

struct month {
	struct printer printer;
	char *text;           /* "2026-11" */
	int year, number;
};

/* One form's: all that happened in the month, void ones too, drafts not. */
struct month_register {
	const struct definition *form;
	struct layout *layout;
	struct record **records;
	size_t count;
};

/* ERR_DENIED for who may not print registers, ERR_USAGE for what is no month. */
bool month_init(struct month *month, struct office *office, const struct actor *actor, const char *text, struct err *err);
void month_release(struct month *month);
/* May this person print FORM's register? */
bool month_has(const struct month *month, const struct definition *form);
bool month_load(struct month *month, const struct definition *form, struct month_register *ledger, struct err *err);
void month_register_release(struct month_register *ledger);
/* Enters the print in log and journal, within a transaction; HEAD becomes what the page carries. */
bool month_log(struct month *month, const struct month_register *ledger, char head[HASH_HEX_SIZE], struct err *err);
struct register_input month_input(const struct month *month, const struct month_register *ledger, const char *head);

#endif
