/*
 * expr_functions: the functions that expressions have beside SQLite's own.
 *
 * Layer: form, private to expr.c.
 */
#ifndef YW_FORM_EXPR_FUNCTIONS_H
#define YW_FORM_EXPR_FUNCTIONS_H

#include <sqlite3.h>

#include "form/world.h"

/* Registers them; WORLD is borrowed. An SQLite result code. */
int expr_functions_register(sqlite3 *db, const struct form_world *world);

#endif
