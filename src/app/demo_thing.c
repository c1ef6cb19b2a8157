/* One step of something that happens in the training office, by the use-cases. */
#include "app/demo_parts.h"

#include "app/act.h"
#include "app/fill.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"

void demo_thing_free(struct thing **thing)
{
	if (!*thing)
		return;
	free((*thing)->number);
	free(*thing);
	*thing = NULL;
}

static const struct demo_person *person_for(struct demo *demo, const struct thing *thing, const char *as)
{
	enum role role;
	if (strcmp(as, "author") == 0)
		return thing->author;
	if (strcmp(as, "clerk") == 0)
		return thing->clerk;
	if (strcmp(as, "dept_head") == 0)
		return demo_head_of(demo, thing->department);
	if (strcmp(as, "other_clerk") == 0)
		return demo_person_with(demo, ROLE_IC_CLERK, NULL, thing->clerk);
	return role_parse(as, &role) ? demo_person_with(demo, role, NULL, NULL) : NULL;
}

/* --- what is written before a step --- */

static void overlay(json_t *values, const json_t *owner, const char *action)
{
	const json_t *fill = json_object_get(json_object_get(owner, "fill"), action);
	if (json_is_object(fill))
		json_object_update(values, (json_t *)(uintptr_t)fill);
}

/* The chain's values for this step, then the story's, worked out. New reference. */
static json_t *step_values(struct demo *demo, const struct thing *thing, const char *action)
{
	json_t *raw = json_object();
	overlay(raw, thing->chain, action);
	if (thing->routine == SIZE_MAX)
		overlay(raw, thing->source, action);
	json_t *values = demo_value(demo, thing, raw);
	json_decref(raw);
	return values;
}

static char *step_note(struct demo *demo, const struct thing *thing, const char *action)
{
	const json_t *note = json_object_get(json_object_get(thing->source, "notes"), action);
	if (!note)
		note = json_object_get(json_object_get(thing->chain, "notes"), action);
	json_t *value = note ? demo_value(demo, thing, note) : NULL;
	char *text = value ? mem_text(json_string_value(value)) : NULL;
	json_decref(value);
	return text;
}

/* A reading wanders slowly between its bounds. */
static double next_reading(struct demo *demo, double *at, double low, double high)
{
	double range = high - low;
	if (*at < low || *at > high)
		*at = low + range * demo_random_unit(&demo->random);
	*at += range * 0.3 * (demo_random_unit(&demo->random) - 0.5);
	*at = *at < low ? low : *at > high ? high : *at;
	return *at;
}

static void add_readings(struct demo *demo, const struct thing *thing, json_t *values)
{
	const json_t *readings = json_object_get(thing->source, "readings");
	for (size_t i = 0; i < json_array_size(readings) && i < READINGS_A_ROUTINE; i++) {
		const json_t *one = json_array_get(readings, i);
		double *at = &demo->readings[thing->routine * READINGS_A_ROUTINE + i];
		double value = next_reading(demo, at, json_number_value(json_object_get(one, "low")),
		                            json_number_value(json_object_get(one, "high")));
		char *text = str_format("%.*f", (int)json_whole(one, "decimals", 0), value);
		json_object_set_new(values, json_text(one, "cell"), json_string(text));
		free(text);
	}
}

static void add_fill(struct demo *demo, const struct thing *thing, json_t *values, const json_t *fill)
{
	json_t *worked = fill ? demo_value(demo, thing, fill) : NULL;
	if (worked)
		json_object_update(values, worked);
	json_decref(worked);
}

static void add_cells(struct demo *demo, const struct thing *thing, json_t *values, const json_t *cells)
{
	for (size_t i = 0; i < json_array_size(cells); i++) {
		const json_t *pair = json_array_get(cells, i);
		const char *path = json_string_value(json_array_get(pair, 0));
		if (path)
			json_object_set_new(values, path, demo_value(demo, thing, json_array_get(pair, 1)));
	}
}

/* What a routine writes: readings, what is odd today, all the rest. New reference. */
static json_t *routine_values(struct demo *demo, const struct thing *thing)
{
	json_t *values = json_object();
	char local[CLOCK_LOCAL_SIZE];
	add_readings(demo, thing, values);
	add_fill(demo, thing, values, json_object_get(thing->source, "fill"));
	if (thing->late_utc) {
		add_fill(demo, thing, values, json_object_get(thing->source, "late_fill"));
		json_object_set_new(values, thing->form->occurred_field, json_string(clock_local(thing->late_utc, local)));
	}
	if (thing->odd) {
		add_cells(demo, thing, values, json_object_get(thing->odd, "cells"));
		add_fill(demo, thing, values, json_object_get(thing->odd, "fill"));
	}
	return values;
}

/* --- carrying it out --- */

static void note_faults(const struct thing *thing, const char *action, const json_t *faults)
{
	for (size_t i = 0; i < json_array_size(faults); i++)
		log_write(LOG_WARN, "training office: %s %s: %s: %s", thing->form->id, action,
		          json_text(json_array_get(faults, i), "field"), json_text(json_array_get(faults, i), "message"));
}

static bool fill_edit(struct demo *demo, const struct thing *thing, const struct actor *actor, struct edit *edit,
                      const json_t *values, const char *action, struct err *err)
{
	struct form_session *session = edit_session(demo->office, actor, edit, err);
	if (!session)
		return false;
	json_t *faults = json_array();
	if (thing->record == 0 && json_flag(thing->source, "all_normal"))
		edit->all_normal = (int)form_session_all_normal(session, SIZE_MAX);
	fill_session(session, values, faults);
	note_faults(thing, action, faults);
	json_decref(faults);
	edit_take(edit, session);
	form_session_free(&session);
	return true;
}

/* What the record that this one was opened from says about it. New reference; NULL with ERR. */
static json_t *presets_of(struct demo *demo, const struct thing *thing, const struct actor *actor, struct err *err)
{
	struct record *record = record_get(demo->office, actor, thing->opened_from, err);
	const struct definition *form =
		record ? office_form_version(demo->office, record->form, record->form_hash, err) : NULL;
	const struct follow *follow = form ? definition_follow(form, thing->form->id) : NULL;
	json_t *presets = form && !follow ? json_object() : NULL;
	if (follow) {
		const struct session_start start = { .form = form,
			                             .evaluator = demo->office->evaluator,
			                             .actor = actor,
			                             .record = record };
		struct form_session *session = form_session_new(&start, err);
		presets = session ? form_session_presets(session, follow, err) : NULL;
		form_session_free(&session);
	}
	record_free(&record);
	return presets;
}

/* The first step's record, begun when the thing began. */
static struct edit *begin_record(struct demo *demo, const struct thing *thing, const struct actor *actor, struct err *err)
{
	json_t *presets = NULL;
	clock_hold(thing->start_utc);
	if (thing->opened_from) {
		presets = presets_of(demo, thing, actor, err);
		if (!presets)
			return NULL;
	}
	struct edit *edit = edit_new_from(demo->office, actor, thing->form, thing->opened_from, presets, err);
	json_decref(presets);
	clock_hold(thing->due_utc);
	return edit;
}

static bool act(struct demo *demo, struct thing *thing, const struct actor *actor, const char *action,
                const json_t *values, struct act_result *result, struct err *err)
{
	char *note = step_note(demo, thing, action);
	const struct act_request request = { .action = action, .note = note, .trusted = true };
	struct edit *edit = NULL;
	bool ok;
	if (thing->record && json_object_size(values) == 0) {
		ok = act_on_record(demo->office, actor, thing->record, &request, result, err);
	} else {
		edit = thing->record ? edit_of_record(demo->office, actor, thing->record, err)
		                     : begin_record(demo, thing, actor, err);
		ok = edit && fill_edit(demo, thing, actor, edit, values, action, err) &&
		     act_on_edit(demo->office, actor, edit, &request, result, err);
	}
	edit_free(&edit);
	free(note);
	return ok;
}

static void remember(struct demo *demo, struct thing *thing, const struct act_result *result)
{
	if (!thing->record)
		demo->records++;
	thing->record = result->record;
	free(thing->number);
	thing->number = mem_text(result->number);
	const json_t *story = thing->odd ? json_object_get(thing->odd, "story") : NULL;
	if (story && thing->step == 0)
		demo_plan_story_from(demo, json_string_value(story), thing);
}

bool demo_thing_step(struct demo *demo, struct thing *thing, struct err *err)
{
	const json_t *step = json_array_get(json_object_get(thing->chain, "steps"), thing->step);
	const char *action = json_text(step, "action");
	const struct demo_person *person = person_for(demo, thing, json_text(step, "as"));
	struct act_result result = { 0 };
	if (!person || !demo_random_chance(&demo->random, json_whole(step, "chance", 100)))
		return true;
	bool is_routine = thing->record == 0 && thing->routine != SIZE_MAX;
	json_t *values = is_routine ? routine_values(demo, thing) : step_values(demo, thing, action);
	clock_hold(thing->due_utc);
	bool ok = act(demo, thing, &person->actor, action, values, &result, err);
	json_decref(values);
	if (ok) {
		demo->steps++;
		remember(demo, thing, &result);
	} else if (err->code == ERR_REFUSED || err->code == ERR_DENIED) {
		/* A step that does not fit as things stand is left out, as in life. */
		log_write(LOG_WARN, "training office: %s %s by %s: %s", thing->form->id, action, person->actor.login,
		          err->text);
		note_faults(thing, action, result.faults);
		demo->skipped++;
		err_clear(err);
		ok = true;
	}
	act_result_release(&result);
	return ok;
}
