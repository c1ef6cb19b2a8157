/*
 * The bureau's own definitions at work: the files of tests/fixtures/cases.
 *
 * A file is {"world": {"people": {name: {department, phone, roles}}, "assets": {number: name}}, "cases": [...]},
 * a case {"case": what it shows, "form": id, "steps": [...]}. Each step is done by a person at a time, in a new
 * session on what the steps before have left:
 *   me, now               who and when; as in the step before if absent
 *   last                  the body of the last record, for "as last time"
 *   all_normal            true: marks what is empty as normal
 *   set                   [[path, text or JSON value], ...], typed in this order
 *   action, reason        the transition; without it nothing is handed in
 *   faults, warnings      paths of what is wrong, in walking order ("" for a gate); no faults if absent
 *   denied                true: this person may not
 *   state                 in which the record stands after the step
 *   values                {path: JSON} after the step; null: empty
 *   shown, hidden         fields that are to be seen, or not
 *   offers, not_offers    actions, after the step
 *   follow                {key: JSON} with which the form that follows begins; null: none is offered
 *   title, done, running  the record's title; labels of clocks that have stopped, or run
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "form/load.h"
#include "form/session.h"
#include "model/calendar.h"

#define CASES YW_SOURCE "/tests/fixtures/cases/"

struct play {
	const json_t *world;
	struct calendar *calendar;
	struct evaluator *evaluator;
	const struct definition *form;
	struct record *record;
	json_t *actors;       /* {action: [names]}, for four eyes */
	const char *me;
	int64_t now_utc;
	const char *what;     /* the case */
	size_t step;
};

/* ---- the world ---- */

static const json_t *person_of(void *context, const char *name)
{
	return json_object_get(json_object_get(((struct play *)context)->world, "people"), name);
}

static int64_t world_now(void *context)
{
	return ((struct play *)context)->now_utc;
}

static const char *department_of(void *context, const char *name)
{
	return json_string_value(json_object_get(person_of(context, name), "department"));
}

static bool in_center(void *context, const char *name)
{
	const char *department = department_of(context, name);

	return department != NULL && strcmp(department, "信息中心") == 0;
}

static const char *phone_of(void *context, const char *name)
{
	return json_string_value(json_object_get(person_of(context, name), "phone"));
}

static const char *asset_name(void *context, const char *number)
{
	return json_string_value(json_object_get(json_object_get(((struct play *)context)->world, "assets"), number));
}

static bool is_workday(void *context, int64_t days)
{
	return calendar_is_workday(((struct play *)context)->calendar, days);
}

/* ---- faults that say where ---- */

#define BAD(play, ...)                                                                             \
	do {                                                                                       \
		print_error("%s, step %zu: ", (play)->what, (play)->step + 1);                      \
		print_error(__VA_ARGS__);                                                          \
		print_error("\n");                                                                 \
		fail();                                                                            \
	} while (0)

static void expect_json(struct play *play, const char *name, const json_t *wanted, const json_t *found)
{
	char *a = json_stable(wanted), *b = found != NULL ? json_stable(found) : mem_text("null");

	if (strcmp(a, b) != 0)
		BAD(play, "%s: expected %s, found %s", name, a, b);
	free(a);
	free(b);
}

static struct cell cell_at(struct play *play, const struct form_session *session, const char *path)
{
	struct cell cell = { .field = -1 };

	if (!form_cell_parse(session, path, &cell))
		BAD(play, "there is no cell \"%s\"", path);
	return cell;
}

/* ---- doing ---- */

static void type_cells(struct play *play, struct form_session *session, const json_t *set)
{
	size_t i;
	json_t *pair;

	json_array_foreach((json_t *)(uintptr_t)set, i, pair) {
		const char *path = json_string_value(json_array_get(pair, 0));
		const json_t *value = json_array_get(pair, 1);
		struct err err = { .code = ERR_NONE };
		enum form_set done;

		if (json_is_string(value))
			done = form_session_set_text(session, cell_at(play, session, path), json_string_value(value), &err);
		else
			done = form_session_set_value(session, cell_at(play, session, path), value, &err);
		if (done == FORM_SET_REFUSED)
			BAD(play, "%s was refused: %s", path, err.text);
	}
}

static json_t *fault_paths(const struct form_session *session, const struct transition *transition, bool warnings)
{
	struct form_fault *faults = NULL;
	const size_t count = form_session_faults(session, transition, &faults);
	json_t *paths = json_array();

	for (size_t i = 0; i < count; i++) {
		char *path;

		if (faults[i].is_warning != warnings)
			continue;
		path = faults[i].cell.part == CELL_NONE ? mem_text("") : form_cell_path(session, faults[i].cell);
		json_array_append_new(paths, json_string(path));
		free(path);
	}
	form_faults_free(&faults, count);
	return paths;
}

static void run_effects(struct play *play, struct form_session *session, const struct transition *transition,
                        const char *reason)
{
	struct err err = { .code = ERR_NONE };

	for (size_t i = 0; i < transition->effect_count; i++) {
		const struct effect *effect = &transition->effects[i];

		if (!form_session_apply_effect(session, effect, reason, &err))
			BAD(play, "effect %s: %s", effect->name, err.text);
		if (effect->kind == EFFECT_NUMBER && play->record->number == NULL)
			play->record->number = mem_text("EX-1");
		if (effect->kind == EFFECT_FILING_NUMBER && play->record->filing_number == NULL)
			play->record->filing_number = mem_text("FI-1");
		form_session_set_numbers(session, play->record->number, play->record->filing_number);
	}
}

/* What was hidden stays as it was; the rest is as the session files it. */
static void keep_body(struct play *play, const struct form_session *session)
{
	json_t *filed = form_session_body(session);

	for (size_t i = 0; i < play->form->field_count; i++) {
		const char *key = play->form->fields[i].key;

		if (json_object_get(filed, key) != NULL || form_session_cell_visible(session, cell_at(play, session, key)))
			json_object_del(play->record->body, key);
	}
	json_object_update(play->record->body, filed);
	json_decref(filed);
}

static void move_record(struct play *play, const struct form_session *session, const struct transition *transition)
{
	struct record *record = play->record;
	json_t *names = json_object_get(play->actors, transition->action);

	if (names == NULL) {
		names = json_array();
		json_object_set_new(play->actors, transition->action, names);
	}
	json_array_append_new(names, json_string(play->me));
	if (strcmp(transition->to, "=") != 0) {
		free(record->state);
		record->state = mem_text(transition->to);
	}
	free(record->department);
	record->department = form_session_department(session);
	record->id = 1;
}

static void act(struct play *play, struct form_session *session, const struct actor *actor, const json_t *step)
{
	const char *action = json_text(step, "action");
	const struct transition *transition = form_session_transition(session, action);
	json_t *wanted = json_object_get(step, "faults"), *none = json_array(), *found;

	if (transition == NULL)
		BAD(play, "\"%s\" is not offered", action);
	if (json_flag(step, "denied")) {
		if (permission_may_act(transition, actor, play->record, play->actors) == PERMISSION_YES)
			BAD(play, "%s may \"%s\"", play->me, action);
		json_decref(none);
		return;
	}
	if (permission_may_act(transition, actor, play->record, play->actors) != PERMISSION_YES)
		BAD(play, "%s may not \"%s\"", play->me, action);
	found = fault_paths(session, transition, false);
	expect_json(play, "faults", wanted != NULL ? wanted : none, found);
	if (json_array_size(found) == 0) {
		run_effects(play, session, transition, json_string_value(json_object_get(step, "reason")));
		keep_body(play, session);
		move_record(play, session, transition);
	}
	json_decref(found);
	json_decref(none);
}

/* ---- looking ---- */

static void expect_values(struct play *play, const struct form_session *session, const json_t *values)
{
	const char *path;
	json_t *wanted;

	json_object_foreach((json_t *)(uintptr_t)values, path, wanted)
		expect_json(play, path, wanted, form_session_value(session, cell_at(play, session, path)));
}

static void expect_shown(struct play *play, const struct form_session *session, const json_t *keys, bool shown)
{
	size_t i;
	json_t *key;

	json_array_foreach((json_t *)(uintptr_t)keys, i, key)
		if (form_session_cell_visible(session, cell_at(play, session, json_string_value(key))) != shown)
			BAD(play, "%s is %s", json_string_value(key), shown ? "hidden" : "shown");
}

static void expect_offers(struct play *play, const struct form_session *session, const json_t *actions, bool offered)
{
	size_t i;
	json_t *action;

	json_array_foreach((json_t *)(uintptr_t)actions, i, action)
		if ((form_session_transition(session, json_string_value(action)) != NULL) != offered)
			BAD(play, "\"%s\" is %soffered", json_string_value(action), offered ? "not " : "");
}

static void expect_follow(struct play *play, const struct form_session *session, const json_t *wanted)
{
	const struct follow *follow = &play->form->follows[0];
	const bool offered = play->form->follow_count > 0 && form_session_follows(session, follow);
	struct err err = { .code = ERR_NONE };
	json_t *presets;

	if (wanted == NULL)
		return;
	if (offered == json_is_null(wanted))
		BAD(play, "a form is %soffered to follow", offered ? "" : "not ");
	if (!offered)
		return;
	presets = form_session_presets(session, follow, &err);
	if (presets == NULL)
		BAD(play, "follow: %s", err.text);
	expect_json(play, "follow", wanted, presets);
	json_decref(presets);
}

static void expect_clocks(struct play *play, const struct form_session *session, const json_t *labels, bool done)
{
	struct form_timer *timers = NULL;
	const size_t count = form_session_timers(session, &timers);
	json_t *found = json_array();

	for (size_t i = 0; i < count; i++)
		if (timers[i].is_done == done)
			json_array_append_new(found, json_string(timers[i].timer->label));
	if (labels != NULL)
		expect_json(play, done ? "done" : "running", labels, found);
	json_decref(found);
	free(timers);
}

static void look(struct play *play, const struct form_session *session, const json_t *step)
{
	const json_t *warnings = json_object_get(step, "warnings");
	const json_t *wanted = json_object_get(step, "title");
	char *title = form_session_title(session);
	json_t *found = fault_paths(session, NULL, true);

	if (warnings != NULL)
		expect_json(play, "warnings", warnings, found);
	if (wanted != NULL && strcmp(json_string_value(wanted), title) != 0)
		BAD(play, "the title is \"%s\"", title);
	expect_values(play, session, json_object_get(step, "values"));
	expect_shown(play, session, json_object_get(step, "shown"), true);
	expect_shown(play, session, json_object_get(step, "hidden"), false);
	expect_offers(play, session, json_object_get(step, "offers"), true);
	expect_offers(play, session, json_object_get(step, "not_offers"), false);
	expect_follow(play, session, json_object_get(step, "follow"));
	expect_clocks(play, session, json_object_get(step, "done"), true);
	expect_clocks(play, session, json_object_get(step, "running"), false);
	json_decref(found);
	free(title);
}

/* ---- playing ---- */

static unsigned roles_of(struct play *play)
{
	const json_t *roles = json_object_get(person_of(play, play->me), "roles");
	unsigned bits = 0;
	size_t i;
	json_t *key;

	json_array_foreach((json_t *)(uintptr_t)roles, i, key) {
		enum role role;

		if (!role_parse(json_string_value(key), &role))
			BAD(play, "%s is no role", json_string_value(key));
		bits |= (unsigned)role;
	}
	return bits;
}

static struct form_session *begin(struct play *play, const struct actor *actor, const json_t *last)
{
	struct err err = { .code = ERR_NONE };
	const struct session_start start = { .form = play->form, .evaluator = play->evaluator, .actor = actor,
		                             .record = play->record, .last = last };
	struct form_session *session = form_session_new(&start, &err);

	if (session == NULL)
		BAD(play, "%s", err.text);
	return session;
}

static void begin_step(struct play *play, const json_t *step)
{
	const char *now = json_string_value(json_object_get(step, "now"));
	const char *me = json_string_value(json_object_get(step, "me"));

	if (me != NULL)
		play->me = me;
	if (now != NULL && !clock_parse(now, &play->now_utc))
		BAD(play, "%s is no time", now);
	if (play->record->applicant == NULL) {
		play->record->applicant = mem_text(play->me);
		play->record->department = mem_text(department_of(play, play->me));
	}
}

static void play_step(struct play *play, const json_t *step)
{
	struct form_session *session;
	struct actor actor;

	begin_step(play, step);
	actor = (struct actor){ .login = "x", .person = play->me, .department = department_of(play, play->me),
		                .roles = roles_of(play), .origin = "test" };
	session = begin(play, &actor, json_object_get(step, "last"));
	if (json_flag(step, "all_normal"))
		form_session_all_normal(session, SIZE_MAX);
	type_cells(play, session, json_object_get(step, "set"));
	if (json_object_get(step, "action") == NULL) {
		look(play, session, step);
		form_session_free(&session);
		return;
	}
	act(play, session, &actor, step);
	form_session_free(&session);
	if (json_array_size(json_object_get(step, "faults")) == 0) {
		session = begin(play, &actor, NULL);
		look(play, session, step);
		form_session_free(&session);
	}
	if (json_object_get(step, "state") != NULL && strcmp(json_text(step, "state"), play->record->state) != 0)
		BAD(play, "the record is %s", play->record->state);
}

static void play_case(struct play *play, const struct catalogue *catalogue, const json_t *entry)
{
	const json_t *steps = json_object_get(entry, "steps");

	play->what = json_text(entry, "case");
	play->form = catalogue_form(catalogue, json_text(entry, "form"));
	play->record = mem_new(struct record);
	play->step = 0;
	if (play->form == NULL)
		BAD(play, "there is no form \"%s\"", json_text(entry, "form"));
	play->record->form = mem_text(play->form->id);
	play->record->state = mem_text(play->form->workflow.states[0].key);
	play->record->body = json_object();
	play->actors = json_object();
	for (play->step = 0; play->step < json_array_size(steps); play->step++)
		play_step(play, json_array_get(steps, play->step));
	json_decref(play->actors);
	record_free(&play->record);
}

static json_t *read_cases(const char *name)
{
	char *path = str_format(CASES "%s", name);
	struct err err = { .code = ERR_NONE };
	size_t len = 0;
	char *text = path_read(path, 4 * 1024 * 1024, &len, &err);
	json_t *cases = text != NULL ? json_parse(text, len, path, &err) : NULL;

	if (cases == NULL)
		fail_msg("%s", err.text);
	free(text);
	free(path);
	return cases;
}

static struct calendar *read_calendar(void)
{
	struct calendar *calendar = calendar_new();
	struct err err = { .code = ERR_NONE };
	char *text = path_read(YW_SOURCE "/data/workdays-2026.tsv", 1024 * 1024, NULL, &err);

	if (text == NULL || !calendar_add(calendar, text, "workdays-2026.tsv", &err))
		fail_msg("%s", err.text);
	free(text);
	return calendar;
}

static struct catalogue *read_forms(void)
{
	struct err err = { .code = ERR_NONE };
	struct catalogue *catalogue = catalogue_load(YW_SOURCE "/forms", YW_SOURCE "/data", &err);

	if (catalogue == NULL)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < catalogue->mistakes.count; i++) {
		char *text = mistake_text(&catalogue->mistakes.items[i]);

		print_error("%s\n", text);
		free(text);
	}
	assert_int_equal(catalogue->mistakes.count, 0);
	return catalogue;
}

static void play_file(const char *name)
{
	struct catalogue *catalogue = read_forms();
	json_t *file = read_cases(name);
	struct play play = { .world = json_object_get(file, "world"), .calendar = read_calendar() };
	const struct form_world world = { .context = &play, .now = world_now, .in_center = in_center,
		                          .department_of = department_of, .phone_of = phone_of,
		                          .asset_name = asset_name, .is_workday = is_workday };
	size_t i;
	json_t *entry;

	play.evaluator = evaluator_new(&world, NULL);
	assert_non_null(play.evaluator);
	assert_true(json_array_size(json_object_get(file, "cases")) > 0);
	json_array_foreach(json_object_get(file, "cases"), i, entry)
		play_case(&play, catalogue, entry);
	evaluator_free(&play.evaluator);
	calendar_free(&play.calendar);
	json_decref(file);
	catalogue_free(&catalogue);
}

static void the_daily_check(void **state)
{
	(void)state;
	play_file("patrol.json");
}

static void the_incident_report(void **state)
{
	(void)state;
	play_file("incident.json");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_daily_check),
		cmocka_unit_test(the_incident_report),
	};

	json_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
