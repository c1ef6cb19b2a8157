/* What happens when in the training office. */
#include "app/demo_parts.h"

#include "app/duty.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"

enum { WORK_FROM = 8 * 60 + 30, WORK_UNTIL = 17 * 60 + 30, MINUTE = 60, DAY_MINUTES = 24 * 60, TRIES = 20 };

static bool is_workday(const struct demo *demo, int64_t day)
{
	return calendar_is_workday(demo->office->calendar, day);
}

static int64_t at_minute(int64_t day, int64_t minute)
{
	return duty_begin_of(day) + minute * MINUTE;
}

/* --- steps --- */

static int64_t into_working_hours(struct demo *demo, int64_t utc)
{
	int64_t day = duty_day_of(utc);
	int64_t minute = (utc - duty_begin_of(day)) / MINUTE;
	if (is_workday(demo, day) && minute >= WORK_FROM && minute <= WORK_UNTIL)
		return utc;
	if (!is_workday(demo, day) || minute > WORK_UNTIL)
		day++;
	while (!is_workday(demo, day))
		day++;
	return at_minute(day, WORK_FROM + demo_random_between(&demo->random, 2, 45));
}

static int64_t between(struct demo *demo, const json_t *pair)
{
	return demo_random_between(&demo->random, json_integer_value(json_array_get(pair, 0)),
	                           json_integer_value(json_array_get(pair, 1)));
}

int64_t demo_step_time(struct demo *demo, const json_t *step, int64_t base_utc)
{
	int64_t utc = base_utc + between(demo, json_object_get(step, "after")) * MINUTE;
	return json_flag(step, "work") ? into_working_hours(demo, utc) : utc;
}

static const json_t *chain_named(const struct demo *demo, const char *key)
{
	const json_t *chains = json_object_get(demo->settings, "chains");
	for (size_t i = 0; i < json_array_size(chains); i++) {
		if (strcmp(json_text(json_array_get(chains, i), "key"), key) == 0)
			return json_array_get(chains, i);
	}
	return NULL;
}

/* Takes THING onto the agenda for its first step; one that begins too late, or cannot be, is dropped. */
static void put(struct demo *demo, struct thing *thing)
{
	thing->form = office_form(demo->office, json_text(thing->source, "form"));
	thing->chain = chain_named(demo, json_text(thing->source, "chain"));
	const json_t *first = json_array_get(json_object_get(thing->chain, "steps"), 0);
	if (!thing->form || !first || !thing->author || !thing->clerk) {
		demo_thing_free(&thing);
		return;
	}
	thing->due_utc = demo_step_time(demo, first, thing->start_utc);
	if (thing->due_utc > demo->end_utc)
		demo_thing_free(&thing);
	else
		agenda_put(&demo->agenda, thing);
}

/* --- routines --- */

static int64_t minute_of(struct demo *demo, const json_t *pair)
{
	return demo_random_between(&demo->random, demo_minutes(json_array_get(pair, 0)),
	                           demo_minutes(json_array_get(pair, 1)));
}

static bool is_due(const struct demo *demo, const json_t *routine, int64_t day)
{
	const char *every = json_text(routine, "every");
	if (!is_workday(demo, day))
		return false;
	if (strcmp(every, "workday") == 0)
		return true;
	return strncmp(every, "week:", 5) == 0 && clock_weekday(day) == every[5] - '0';
}

/* Entered on the next day that is worked, and said to be. */
static void make_late(struct demo *demo, struct thing *thing)
{
	int64_t day = duty_day_of(thing->start_utc) + 1;
	while (!is_workday(demo, day))
		day++;
	thing->late_utc = thing->start_utc;
	thing->start_utc = at_minute(day, WORK_FROM + demo_random_between(&demo->random, 50, 120));
}

static void plan_routine(struct demo *demo, size_t index, int64_t day, int64_t minute, bool may_fail)
{
	const json_t *routine = json_array_get(json_object_get(demo->settings, "routines"), index);
	const json_t *logins = json_object_get(routine, "as");
	size_t turn = (size_t)demo_random_between(&demo->random, 0, (int64_t)json_array_size(logins) - 1);
	struct thing *thing = mem_new(struct thing);
	const json_t *odd = json_object_get(routine, "odd");
	thing->source = routine;
	thing->routine = index;
	thing->start_utc = at_minute(day, minute);
	thing->author = demo_person_by_login(demo, json_string_value(json_array_get(logins, turn)));
	thing->clerk = thing->author;
	thing->department = thing->author ? thing->author->actor.department : "";
	if (may_fail && demo_random_chance(&demo->random, json_whole(routine, "missed", 0))) {
		demo_thing_free(&thing);
		return;
	}
	if (may_fail && demo_random_chance(&demo->random, json_whole(routine, "late", 0)))
		make_late(demo, thing);
	if (may_fail && demo_random_chance(&demo->random, json_whole(odd, "chance", 0)))
		thing->odd = demo_random_weighted(&demo->random, json_object_get(odd, "cases"));
	put(demo, thing);
}

/* More of the first routine, spread over the day: only their number matters. */
static void plan_extra(struct demo *demo, int64_t day)
{
	for (long i = 0; i < demo->extra_a_day; i++)
		plan_routine(demo, 0, day, WORK_UNTIL + (int64_t)i * (DAY_MINUTES - WORK_UNTIL - 20) / demo->extra_a_day,
		             false);
}

/* --- stories --- */

static const json_t *asset_numbered(const struct demo *demo, const char *number)
{
	const json_t *assets = json_object_get(demo->settings, "assets");
	for (size_t i = 0; i < json_array_size(assets); i++) {
		if (strcmp(json_text(json_array_get(assets, i), "number"), number) == 0)
			return json_array_get(assets, i);
	}
	return NULL;
}

static bool has_text(const json_t *list, const char *text)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *item = json_string_value(json_array_get(list, i));
		if (item && strcmp(item, text) == 0)
			return true;
	}
	return false;
}

static const json_t *asset_for(struct demo *demo, const json_t *story, const char *department)
{
	const json_t *assets = json_object_get(demo->settings, "assets"), *chosen = NULL;
	const json_t *kinds = json_object_get(story, "asset_kinds");
	int64_t fitting = 0;
	if (json_object_get(story, "asset"))
		return asset_numbered(demo, json_text(story, "asset"));
	for (size_t i = 0; i < json_array_size(assets); i++) {
		const json_t *asset = json_array_get(assets, i);
		if (strcmp(json_text(asset, "department"), department) != 0 || !has_text(kinds, json_text(asset, "kind")))
			continue;
		if (demo_random_between(&demo->random, 0, fitting++) == 0)
			chosen = asset;
	}
	return chosen;
}

static const struct demo_person *author_for(struct demo *demo, const json_t *story, const char *department)
{
	const char *word = json_text(story, "author");
	const struct demo_person *person = NULL;
	if (strcmp(word, "clerk") == 0)
		return demo_person_with(demo, ROLE_IC_CLERK, NULL, NULL);
	if (strcmp(word, "staff") == 0)
		person = demo_person_with(demo, ROLE_STAFF, department, NULL);
	return person ? person : demo_head_of(demo, department);
}

static const char *department_for(struct demo *demo, const json_t *story)
{
	const json_t *departments = json_object_get(story, "departments");
	int64_t count = (int64_t)json_array_size(departments);
	const char *name =
		json_string_value(json_array_get(departments, (size_t)demo_random_between(&demo->random, 0, count - 1)));
	return name ? name : "";
}

static struct thing *thing_of_story(struct demo *demo, const json_t *story, int64_t start_utc)
{
	struct thing *thing = mem_new(struct thing);
	thing->source = story;
	thing->routine = SIZE_MAX;
	thing->start_utc = start_utc;
	thing->department = department_for(demo, story);
	thing->asset = asset_for(demo, story, thing->department);
	thing->author = author_for(demo, story, thing->department);
	bool by_clerk = strcmp(json_text(story, "author"), "clerk") == 0;
	thing->clerk = by_clerk ? thing->author : demo_person_with(demo, ROLE_IC_CLERK, NULL, NULL);
	return thing;
}

static bool is_told_out(const struct demo *demo, const json_t *story)
{
	int64_t most = json_whole(story, "most", INT64_MAX);
	return json_whole(demo->told, json_text(story, "key"), 0) >= most;
}

static void tell(struct demo *demo, const json_t *story)
{
	const char *key = json_text(story, "key");
	json_object_set_new(demo->told, key, json_integer(json_whole(demo->told, key, 0) + 1));
}

static int64_t days_of_month(int64_t first)
{
	int year, month, day;
	clock_civil(first, &year, &month, &day);
	return clock_days(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) - first;
}

/* A day of the month from FROM on that suits STORY; -1 if there is none left. */
static int64_t day_for(struct demo *demo, const json_t *story, int64_t from)
{
	int year, month, unused;
	clock_civil(from, &year, &month, &unused);
	int64_t first = clock_days(year, month, 1), last = first + days_of_month(first) - 1;
	for (int i = 0; i < TRIES; i++) {
		int64_t day = demo_random_between(&demo->random, from, last);
		if (json_flag(story, "any_day") || is_workday(demo, day))
			return day;
	}
	return -1;
}

static void plan_stories(struct demo *demo, int64_t from)
{
	const json_t *stories = json_object_get(demo->settings, "stories");
	int64_t count = between(demo, json_object_get(demo->settings, "stories_month"));
	for (int64_t i = 0; i < count; i++) {
		const json_t *story = demo_random_weighted(&demo->random, stories);
		int64_t day = story ? day_for(demo, story, from) : -1;
		if (day < 0 || is_told_out(demo, story))
			continue;
		tell(demo, story);
		put(demo, thing_of_story(demo, story,
		                         at_minute(day, minute_of(demo, json_object_get(story, "begin")))));
	}
}

static const json_t *story_named(const struct demo *demo, const char *key)
{
	size_t i;
	json_t *story;
	json_array_foreach(json_object_get(demo->settings, "stories"), i, story) {
		if (strcmp(json_text(story, "key"), key) == 0)
			return story;
	}
	return NULL;
}

/* What begins so shortly before the end that it is still under way then: an office has work on its table. */
static void plan_unfinished(struct demo *demo)
{
	size_t i;
	json_t *entry;
	json_array_foreach(json_object_get(demo->settings, "unfinished"), i, entry) {
		const json_t *story = story_named(demo, json_text(entry, "story"));
		if (story)
			put(demo, thing_of_story(demo, story, demo->end_utc - json_whole(entry, "before", 0) * MINUTE));
	}
}

void demo_plan_story_from(struct demo *demo, const char *key, const struct thing *from)
{
	const json_t *story = key ? story_named(demo, key) : NULL;
	if (!story || is_told_out(demo, story))
		return;
	tell(demo, story);
	struct thing *thing = thing_of_story(demo, story, from->due_utc + 2 * MINUTE);
	thing->opened_from = from->record;
	if (strcmp(json_text(story, "author"), "clerk") == 0)
		thing->author = thing->clerk = from->author;
	put(demo, thing);
}

/* --- days --- */

void demo_plan_day(struct demo *demo, int64_t day)
{
	const json_t *routines = json_object_get(demo->settings, "routines");
	int year, month, date;
	clock_civil(day, &year, &month, &date);
	if (date == 1 || day == demo->first_day)
		plan_stories(demo, day);
	if (day == demo->first_day && demo->goes_on)
		plan_unfinished(demo);
	for (size_t i = 0; i < json_array_size(routines); i++) {
		const json_t *routine = json_array_get(routines, i);
		if (is_due(demo, routine, day))
			plan_routine(demo, i, day, minute_of(demo, json_object_get(routine, "at")), true);
	}
	if (demo->extra_a_day > 0 && is_workday(demo, day))
		plan_extra(demo, day);
}
