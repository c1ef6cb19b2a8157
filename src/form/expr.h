/*
 * expr: expressions of definitions, evaluated by SQLite.
 *
 * Layer: form; the only user of sqlite3 beside the store. A private in-memory
 * connection whose authorizer lets functions, json_each and json_tree through
 * and nothing else: no table, no file, no pragma, no write. What runs too long
 * is interrupted, what grows too long refused. Each text is prepared once an
 * evaluator. Functions beside SQLite's own (see yunwei-form(5)): chars,
 * in_center, dept_of, phone_of, asset_name, rows, has, ascending, all_filled,
 * minutes_between, workday.
 */
#ifndef YW_FORM_EXPR_H
#define YW_FORM_EXPR_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "form/world.h"

struct evaluator;
struct expression; /* owned by its evaluator */

/* WORLD is borrowed and must outlive the evaluator; NULL: nothing is known. */
struct evaluator *evaluator_new(const struct form_world *world, struct err *err);
void evaluator_free(struct evaluator **evaluator);
const struct form_world *evaluator_world(const struct evaluator *evaluator);

/* Prepares TEXT, or finds it prepared. NULL with ERR (the words of SQLite) if it is no expression. */
struct expression *expression_get(struct evaluator *evaluator, const char *text, struct err *err);

/* The names it binds, without the colon; borrowed. */
size_t expression_name_count(const struct expression *expression);
const char *expression_name(const struct expression *expression, size_t i);
bool expression_uses(const struct expression *expression, const char *name);

/*
 * Gives the value of NAME as JSON: null (or NULL) is SQL's NULL, so is an empty
 * text, array or object; true and false are 1 and 0; arrays and objects are
 * their JSON text. Returns a new reference.
 */
typedef json_t *expression_lookup(void *context, const char *name);

/* Evaluates; *VALUE becomes a new reference: null, string, integer or real. */
bool expression_value(struct expression *expression, expression_lookup *lookup, void *context, json_t **value,
                      struct err *err);
/* As a condition, which SQL answers in three ways. */
enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_NULL };
bool expression_truth(struct expression *expression, expression_lookup *lookup, void *context, enum truth *truth,
                      struct err *err);

#endif
