#include "form/expr_functions.h"

#include <jansson.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"

enum { FRIDAY = 5, DAY_TEXT = 10 };

/* NULL if it is NULL or, as a cast from bytes may make it, no UTF-8. */
static const char *text_of(sqlite3_value *value)
{
	const char *text = (const char *)sqlite3_value_text(value);

	return text != NULL && utf8_is_valid(text, strlen(text), NULL) ? text : NULL;
}

static const struct form_world *world_of(sqlite3_context *context)
{
	return sqlite3_user_data(context);
}

/* A text argument read as JSON, a new reference; NULL if it is NULL or none. */
static json_t *json_of(sqlite3_value *value)
{
	const char *text = text_of(value);

	return text != NULL ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
}

static void chars(sqlite3_context *context, int count, sqlite3_value **args)
{
	const char *text = text_of(args[0]);

	(void)count;
	sqlite3_result_int64(context, text != NULL ? (sqlite3_int64)utf8_chars(text) : 0);
}

static void in_center(sqlite3_context *context, int count, sqlite3_value **args)
{
	const struct form_world *world = world_of(context);
	const char *person = text_of(args[0]);

	(void)count;
	sqlite3_result_int(context, person != NULL && world != NULL && world->in_center != NULL &&
	                                    world->in_center(world->context, person));
}

/* What the world says of ARG's text, or NULL. */
static void say(sqlite3_context *context, const char *(*ask)(void *context, const char *text), sqlite3_value *arg)
{
	const struct form_world *world = world_of(context);
	const char *text = text_of(arg);
	const char *said = ask != NULL && text != NULL ? ask(world->context, text) : NULL;

	if (said != NULL)
		sqlite3_result_text(context, said, -1, SQLITE_TRANSIENT);
}

static void dept_of(sqlite3_context *context, int count, sqlite3_value **args)
{
	const struct form_world *world = world_of(context);

	(void)count;
	say(context, world != NULL ? world->department_of : NULL, args[0]);
}

static void phone_of(sqlite3_context *context, int count, sqlite3_value **args)
{
	const struct form_world *world = world_of(context);

	(void)count;
	say(context, world != NULL ? world->phone_of : NULL, args[0]);
}

/* An asset that no register knows is called by what was written. */
static void asset_name(sqlite3_context *context, int count, sqlite3_value **args)
{
	const struct form_world *world = world_of(context);

	(void)count;
	sqlite3_result_value(context, args[0]);
	say(context, world != NULL ? world->asset_name : NULL, args[0]);
}

static void rows(sqlite3_context *context, int count, sqlite3_value **args)
{
	json_t *value = json_of(args[0]);

	(void)count;
	if (sqlite3_value_type(args[0]) == SQLITE_NULL)
		sqlite3_result_int(context, 0);
	else if (json_is_array(value))
		sqlite3_result_int64(context, (sqlite3_int64)json_array_size(value));
	else if (json_is_object(value))
		sqlite3_result_int64(context, (sqlite3_int64)json_object_size(value));
	json_decref(value);
}

static bool array_has(const json_t *array, const char *text)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *element = json_string_value(json_array_get(array, i));

		if (element != NULL && strcmp(element, text) == 0)
			return true;
	}
	return false;
}

static void has(sqlite3_context *context, int count, sqlite3_value **args)
{
	const char *whole = text_of(args[0]), *text = text_of(args[1]);
	json_t *array = json_of(args[0]);
	bool found = false;

	(void)count;
	if (whole != NULL && text != NULL)
		found = json_is_array(array) ? array_has(array, text) : strcmp(whole, text) == 0;
	sqlite3_result_int(context, found);
	json_decref(array);
}

static bool is_empty(const json_t *value)
{
	return value == NULL || json_is_null(value) || (json_is_string(value) && json_string_length(value) == 0) ||
	       (json_is_array(value) && json_array_size(value) == 0);
}

/* True if A may stand before B. Values that are not there stand anywhere. */
static bool in_order(const json_t *a, const json_t *b)
{
	if (is_empty(a) || is_empty(b))
		return true;
	if (json_is_number(a) && json_is_number(b))
		return json_number_value(a) <= json_number_value(b);
	return json_is_string(a) && json_is_string(b) && strcmp(json_string_value(a), json_string_value(b)) <= 0;
}

static void ascending(sqlite3_context *context, int count, sqlite3_value **args)
{
	json_t *array = json_of(args[0]);
	const char *column = text_of(args[1]);
	const json_t *last = NULL;
	bool good = true;

	(void)count;
	for (size_t i = 0; column != NULL && i < json_array_size(array); i++) {
		const json_t *value = json_object_get(json_array_get(array, i), column);

		good = good && in_order(last, value);
		last = is_empty(value) ? last : value;
	}
	sqlite3_result_int(context, good);
	json_decref(array);
}

static void all_filled(sqlite3_context *context, int count, sqlite3_value **args)
{
	json_t *array = json_of(args[0]);
	const char *column = text_of(args[1]);
	bool good = column != NULL;

	(void)count;
	for (size_t i = 0; good && i < json_array_size(array); i++)
		good = !is_empty(json_object_get(json_array_get(array, i), column));
	sqlite3_result_int(context, good);
	json_decref(array);
}

static void minutes_between(sqlite3_context *context, int count, sqlite3_value **args)
{
	const char *from = text_of(args[0]), *to = text_of(args[1]);
	int64_t from_utc = 0, to_utc = 0;

	(void)count;
	if (from != NULL && to != NULL && clock_parse(from, &from_utc) && clock_parse(to, &to_utc))
		sqlite3_result_int64(context, (to_utc - from_utc) / 60);
}

static void workday(sqlite3_context *context, int count, sqlite3_value **args)
{
	const struct form_world *world = world_of(context);
	const char *text = text_of(args[0]);
	char day[CLOCK_LOCAL_SIZE] = "";
	int64_t utc = 0;

	(void)count;
	if (text == NULL || strlen(text) < DAY_TEXT)
		return;
	memcpy(day, text, DAY_TEXT);
	memcpy(day + DAY_TEXT, " 12:00", sizeof(" 12:00"));
	if (!clock_parse(day, &utc))
		return;
	const int64_t days = (utc + (int64_t)clock_zone() * 60) / (24 * 60 * 60);
	if (world != NULL && world->is_workday != NULL)
		sqlite3_result_int(context, world->is_workday(world->context, days));
	else
		sqlite3_result_int(context, clock_weekday(days) <= FRIDAY);
}

static const struct {
	const char *name;
	int args;
	void (*function)(sqlite3_context *context, int count, sqlite3_value **args);
} functions[] = {
	{ "chars", 1, chars },         { "in_center", 1, in_center },
	{ "dept_of", 1, dept_of },     { "phone_of", 1, phone_of },
	{ "asset_name", 1, asset_name }, { "rows", 1, rows },
	{ "has", 2, has },             { "ascending", 2, ascending },
	{ "all_filled", 2, all_filled }, { "minutes_between", 2, minutes_between },
	{ "workday", 1, workday },
};

int expr_functions_register(sqlite3 *db, const struct form_world *world)
{
	int code = SQLITE_OK;

	for (size_t i = 0; code == SQLITE_OK && i < sizeof(functions) / sizeof(functions[0]); i++)
		code = sqlite3_create_function(db, functions[i].name, functions[i].args, SQLITE_UTF8, (void *)world,
		                               functions[i].function, NULL, NULL);
	return code;
}
