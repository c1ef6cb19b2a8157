#include "form/expr.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/expr_functions.h"

enum {
	STEPS_PER_TICK = 1000, /* of SQLite's machine, between two looks at the clock of a runaway */
	MOST_TICKS = 2000,     /* some tens of milliseconds */
	MOST_NAMES = 200,
};

struct expression {
	struct evaluator *evaluator;
	char *text;
	sqlite3_stmt *statement;
	size_t name_count;
};

struct evaluator {
	sqlite3 *db;
	const struct form_world *world;
	struct expression **expressions; /* in order of their texts */
	size_t count;
	int ticks;                       /* of the evaluation that runs */
};

/* ---- what an expression may not do ---- */

static bool is_json_function(const char *table)
{
	return strcmp(table, "json_each") == 0 || strcmp(table, "json_tree") == 0;
}

/* load_extension reads files, randomblob and zeroblob make what no field can hold. */
static bool is_forbidden(const char *function)
{
	static const char *const forbidden[] = { "load_extension", "randomblob", "zeroblob", "fts3_tokenizer",
						 "sqlite_log" };

	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		if (sqlite3_stricmp(function, forbidden[i]) == 0)
			return true;
	return false;
}

static int authorize(void *context, int action, const char *first, const char *second, const char *db,
                     const char *trigger)
{
	(void)context;
	(void)db;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return second != NULL && is_forbidden(second) ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_READ:
		return first != NULL && is_json_function(first) ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static int tick(void *context)
{
	struct evaluator *evaluator = context;

	return ++evaluator->ticks > MOST_TICKS;
}

static void set_limits(sqlite3 *db)
{
	static const struct {
		int limit, most;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 1024 * 1024 },    { SQLITE_LIMIT_SQL_LENGTH, 32 * 1024 },
		{ SQLITE_LIMIT_COLUMN, 20 },             { SQLITE_LIMIT_EXPR_DEPTH, 200 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 20 },    { SQLITE_LIMIT_VDBE_OP, 25000 },
		{ SQLITE_LIMIT_ATTACHED, 0 },            { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 60 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, MOST_NAMES }, { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		sqlite3_limit(db, limits[i].limit, limits[i].most);
}

/* ---- the evaluator ---- */

static bool set_up(struct evaluator *evaluator)
{
	if (sqlite3_open_v2(":memory:", &evaluator->db,
	                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return false;
	/* A name in double quotes that is no column must not pass for a text. */
	sqlite3_db_config(evaluator->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(evaluator->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(evaluator->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	set_limits(evaluator->db);
	sqlite3_progress_handler(evaluator->db, STEPS_PER_TICK, tick, evaluator);
	/* The first use of these two declares their tables, which the authorizer would refuse afterwards. */
	if (sqlite3_exec(evaluator->db, "SELECT 1 FROM json_each('[]'), json_tree('[]')", NULL, NULL, NULL) != SQLITE_OK)
		return false;
	return expr_functions_register(evaluator->db, evaluator->world) == SQLITE_OK &&
	       sqlite3_set_authorizer(evaluator->db, authorize, NULL) == SQLITE_OK;
}

struct evaluator *evaluator_new(const struct form_world *world, struct err *err)
{
	struct evaluator *evaluator = mem_new(struct evaluator);

	evaluator->world = world;
	if (!set_up(evaluator)) {
		err_set(err, ERR_SYSTEM, _("SQLite cannot evaluate expressions: %s"), sqlite3_errmsg(evaluator->db));
		evaluator_free(&evaluator);
	}
	return evaluator;
}

static void expression_free(struct expression *expression)
{
	sqlite3_finalize(expression->statement);
	free(expression->text);
	free(expression);
}

void evaluator_free(struct evaluator **evaluator)
{
	struct evaluator *e = *evaluator;

	if (e == NULL)
		return;
	for (size_t i = 0; i < e->count; i++)
		expression_free(e->expressions[i]);
	free(e->expressions);
	sqlite3_close(e->db);
	free(e);
	*evaluator = NULL;
}

const struct form_world *evaluator_world(const struct evaluator *evaluator)
{
	return evaluator->world;
}

/* ---- preparing ---- */

static bool fail(struct evaluator *evaluator, struct err *err)
{
	return err_set_sub(err, ERR_REFUSED, sqlite3_extended_errcode(evaluator->db), "%s",
	                   sqlite3_errmsg(evaluator->db));
}

/* One value of one statement, with names like :name only. */
static bool is_proper(const struct expression *expression, const char *tail, struct err *err)
{
	if (tail[strspn(tail, " \t\n;")] != '\0' || sqlite3_column_count(expression->statement) != 1)
		return err_set(err, ERR_REFUSED, _("this is more than one expression"));
	for (size_t i = 0; i < expression->name_count; i++) {
		const char *name = sqlite3_bind_parameter_name(expression->statement, (int)i + 1);

		if (name == NULL || *name != ':')
			return err_set(err, ERR_REFUSED, _("a field is written :key, not %s"),
			               name == NULL ? "?" : name);
	}
	return true;
}

static bool prepare(struct expression *expression, struct err *err)
{
	sqlite3 *db = expression->evaluator->db;
	const char *tail = "";
	/* The line break ends a comment that would swallow the bracket. */
	char *sql = str_format("SELECT (%s\n)", expression->text);
	const int code = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &expression->statement, &tail);
	bool good;

	if (code != SQLITE_OK) {
		good = fail(expression->evaluator, err);
	} else if (expression->statement == NULL) {
		good = err_set(err, ERR_REFUSED, _("this is no expression"));
	} else {
		expression->name_count = (size_t)sqlite3_bind_parameter_count(expression->statement);
		good = is_proper(expression, tail, err);
	}
	free(sql);
	return good;
}

/* Where TEXT stands, or would stand, among the expressions. */
static size_t place_of(const struct evaluator *evaluator, const char *text)
{
	size_t low = 0, high = evaluator->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (strcmp(evaluator->expressions[middle]->text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void keep(struct evaluator *evaluator, size_t at, struct expression *expression)
{
	evaluator->expressions = mem_resize(evaluator->expressions, evaluator->count + 1, sizeof(*evaluator->expressions));
	memmove(evaluator->expressions + at + 1, evaluator->expressions + at,
	        (evaluator->count - at) * sizeof(*evaluator->expressions));
	evaluator->expressions[at] = expression;
	evaluator->count++;
}

struct expression *expression_get(struct evaluator *evaluator, const char *text, struct err *err)
{
	const size_t at = place_of(evaluator, text);
	struct expression *expression;

	if (at < evaluator->count && strcmp(evaluator->expressions[at]->text, text) == 0)
		return evaluator->expressions[at];
	expression = mem_new(struct expression);
	expression->evaluator = evaluator;
	expression->text = mem_text(text);
	evaluator->ticks = 0;
	if (!prepare(expression, err)) {
		expression_free(expression);
		return NULL;
	}
	keep(evaluator, at, expression);
	return expression;
}

size_t expression_name_count(const struct expression *expression)
{
	return expression->name_count;
}

const char *expression_name(const struct expression *expression, size_t i)
{
	return sqlite3_bind_parameter_name(expression->statement, (int)i + 1) + 1;
}

bool expression_uses(const struct expression *expression, const char *name)
{
	for (size_t i = 0; i < expression->name_count; i++)
		if (strcmp(expression_name(expression, i), name) == 0)
			return true;
	return false;
}

/* ---- evaluating ---- */

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

static int bind_json(sqlite3_stmt *statement, int at, const json_t *value)
{
	char *text = json_line(value);

	return sqlite3_bind_text(statement, at, text, -1, free);
}

static int bind_value(sqlite3_stmt *statement, int at, const json_t *value)
{
	switch (value == NULL ? JSON_NULL : json_typeof(value)) {
	case JSON_STRING:
		if (is_blank(json_string_value(value)))
			return sqlite3_bind_null(statement, at);
		return sqlite3_bind_text(statement, at, json_string_value(value), -1, SQLITE_TRANSIENT);
	case JSON_INTEGER:
		return sqlite3_bind_int64(statement, at, json_integer_value(value));
	case JSON_REAL:
		return sqlite3_bind_double(statement, at, json_real_value(value));
	case JSON_TRUE:
	case JSON_FALSE:
		return sqlite3_bind_int(statement, at, json_is_true(value));
	case JSON_ARRAY:
		return json_array_size(value) > 0 ? bind_json(statement, at, value) :
		                                    sqlite3_bind_null(statement, at);
	case JSON_OBJECT:
		return json_object_size(value) > 0 ? bind_json(statement, at, value) :
		                                     sqlite3_bind_null(statement, at);
	default:
		return sqlite3_bind_null(statement, at);
	}
}

static bool bind_names(struct expression *expression, expression_lookup *lookup, void *context, struct err *err)
{
	int code = SQLITE_OK;

	for (size_t i = 0; code == SQLITE_OK && i < expression->name_count; i++) {
		json_t *value = lookup(context, expression_name(expression, i));

		code = bind_value(expression->statement, (int)i + 1, value);
		json_decref(value);
	}
	return code == SQLITE_OK || fail(expression->evaluator, err);
}

static json_t *column_value(sqlite3_stmt *statement)
{
	json_t *value = NULL;

	switch (sqlite3_column_type(statement, 0)) {
	case SQLITE_INTEGER:
		value = json_integer(sqlite3_column_int64(statement, 0));
		break;
	case SQLITE_FLOAT:
		value = json_real(sqlite3_column_double(statement, 0));
		break;
	case SQLITE_TEXT:
		/* NULL if a function has cut a character in two. */
		value = json_string((const char *)sqlite3_column_text(statement, 0));
		break;
	default:
		break;
	}
	return value != NULL ? value : json_null();
}

bool expression_value(struct expression *expression, expression_lookup *lookup, void *context, json_t **value,
                      struct err *err)
{
	bool good = false;
	int code;

	*value = NULL;
	expression->evaluator->ticks = 0;
	if (bind_names(expression, lookup, context, err)) {
		code = sqlite3_step(expression->statement);
		good = code == SQLITE_ROW || code == SQLITE_DONE || fail(expression->evaluator, err);
		*value = code == SQLITE_ROW ? column_value(expression->statement) : good ? json_null() : NULL;
	}
	sqlite3_reset(expression->statement);
	sqlite3_clear_bindings(expression->statement);
	return good;
}

/* As SQL has it: a number is true if it is not 0, a text if the number it begins with is not. */
static enum truth truth_of(const json_t *value)
{
	if (json_is_null(value))
		return TRUTH_NULL;
	if (json_is_number(value))
		return json_number_value(value) != 0.0 ? TRUTH_TRUE : TRUTH_FALSE;
	return strtod(json_string_value(value), NULL) != 0.0 ? TRUTH_TRUE : TRUTH_FALSE;
}

bool expression_truth(struct expression *expression, expression_lookup *lookup, void *context, enum truth *truth,
                      struct err *err)
{
	json_t *value;

	*truth = TRUTH_NULL;
	if (!expression_value(expression, lookup, context, &value, err))
		return false;
	*truth = truth_of(value);
	json_decref(value);
	return true;
}
