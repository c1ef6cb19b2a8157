/*
 * view: for each form an SQL view, so that any SQLite tool can read the data.
 *
 * Layer: store. form_ID has the record's columns as record_id, record_number,
 * record_state ... and one column for each field by its key; tables, check
 * lists and multiple choices are JSON text.
 */
#ifndef YW_STORE_VIEW_H
#define YW_STORE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/db.h"

/*
 * Makes the view form_FORM with the fields KEYS, or anew if it looked
 * otherwise; writes nothing if it is right already. Opens its own transaction.
 */
bool form_view_make(struct db *db, const char *form, const char *const *keys, size_t count, struct err *err);

#endif
