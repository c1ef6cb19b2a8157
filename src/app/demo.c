#include "app/demo.h"

#include "app/demo_parts.h"
#include "app/duty.h"
#include "app/job_private.h"
#include "app/office_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/settings.h"

enum { MONTHS = 6, MONTHS_MOST = 240, A_BATCH = 40, MORNING_MINUTES = 8 * 60 };

/* --- the span of time --- */

/* With no last day given, life goes on until this morning: today's duties are still to be done. */
static bool set_span(struct demo *demo, const struct demo_options *options, struct err *err)
{
	int64_t now = clock_now(), until = now;
	int months = options->months > 0 ? options->months : MONTHS;
	if (months > MONTHS_MOST)
		return err_set(err, ERR_USAGE, _("At most %d months."), MONTHS_MOST);
	if (options->until && (strlen(options->until) != 10 || !clock_parse(options->until, &until)))
		return err_set(err, ERR_USAGE, _("\"%s\" is no day. Write it as 2026-11-22."), options->until);
	demo->last_day = duty_day_of(until);
	demo->goes_on = !options->until;
	int64_t morning = duty_begin_of(demo->last_day) + MORNING_MINUTES * 60;
	demo->end_utc = options->until ? duty_begin_of(demo->last_day + 1) - 1 : morning < now ? morning : now;
	int year, month, day;
	clock_civil(demo->last_day, &year, &month, &day);
	month -= months;
	while (month < 1) {
		month += 12;
		year--;
	}
	while (!clock_is_date(year, month, day))
		day--;
	demo->first_day = clock_days(year, month, day) + 1;
	return true;
}

/* So many copies of the first routine on each workday that there are RECORDS in all. */
static void set_extra(struct demo *demo, long records)
{
	long workdays = 0;
	for (int64_t day = demo->first_day; day < demo->last_day; day++)
		workdays += calendar_is_workday(demo->office->calendar, day);
	long missing = records - workdays * 9 / 10;
	if (missing > 0 && workdays > 0)
		demo->extra_a_day = (missing + workdays - 1) / workdays;
}

/* --- the job --- */

struct demo_job {
	struct demo demo;
	int64_t planned;           /* the last day that is on the agenda */
};

static void demo_release(void *state)
{
	struct demo_job *job = state;
	agenda_free(&job->demo.agenda);
	json_decref(job->demo.settings);
	json_decref(job->demo.told);
	free(job->demo.people);
	free(job->demo.readings);
	free(job);
	clock_hold(0);
}

/* Days are planned one by one, before anything of them can happen. */
static bool plan_ahead(struct demo_job *job)
{
	struct demo *demo = &job->demo;
	while (job->planned < demo->last_day && agenda_next(demo->agenda) >= duty_begin_of(job->planned + 1)) {
		job->planned++;
		demo_plan_day(demo, job->planned);
	}
	return agenda_next(demo->agenda) <= demo->end_utc;
}

/* After a step, done or left out: the next one, or the end of the story. */
static void go_on(struct demo *demo, struct thing *thing)
{
	const json_t *step = json_array_get(json_object_get(thing->chain, "steps"), ++thing->step);
	if (step)
		thing->due_utc = demo_step_time(demo, step, thing->due_utc);
	/* What could not even begin has no further steps. */
	if (!step || !thing->record || thing->due_utc > demo->end_utc)
		demo_thing_free(&thing);
	else
		agenda_put(&demo->agenda, thing);
}

static bool live_a_batch(struct demo_job *job, bool *done, struct err *err)
{
	struct demo *demo = &job->demo;
	for (int i = 0; i < A_BATCH; i++) {
		*done = !plan_ahead(job);
		if (*done)
			return true;
		struct thing *thing = agenda_take(demo->agenda);
		if (!demo_thing_step(demo, thing, err)) {
			demo_thing_free(&thing);
			return false;
		}
		go_on(demo, thing);
	}
	return true;
}

static bool demo_step(struct job *job, void *state, bool *done, struct err *err)
{
	struct demo_job *demo = state;
	struct db *db = demo->demo.office->db;
	if (!db_begin(db, DB_DRAFT, err))
		return false;
	if (!live_a_batch(demo, done, err) || !db_commit(db, err)) {
		db_rollback(db);
		return false;
	}
	char day[CLOCK_DAY_SIZE];
	job->done = (size_t)(demo->planned - demo->demo.first_day + 1);
	job_say(job, clock_day(duty_begin_of(demo->planned), day));
	if (*done) {
		json_object_set_new(job->result, "records", json_integer(demo->demo.records));
		json_object_set_new(job->result, "steps", json_integer(demo->demo.steps));
		json_object_set_new(job->result, "skipped", json_integer(demo->demo.skipped));
	}
	return true;
}

static bool prepare(struct demo *demo, const struct demo_options *options, struct err *err)
{
	char *path = office_share(demo->office, "data/demo.cfg");
	demo->settings = settings_read(path, err);
	free(path);
	if (!demo->settings || !set_span(demo, options, err))
		return false;
	size_t routines = json_array_size(json_object_get(demo->settings, "routines"));
	demo->readings = mem_zeroed(routines * READINGS_A_ROUTINE + 1, sizeof(double));
	demo->told = json_object();
	demo->random.state = options->seed ? options->seed : 1;
	set_extra(demo, options->records);
	clock_hold(duty_begin_of(demo->first_day) + MORNING_MINUTES * 60);
	return demo_settle(demo, err);
}

struct job *demo_fill(struct office *office, const struct demo_options *options, struct err *err)
{
	static const struct job_kind kind = { demo_step, demo_release };
	if (!office->training) {
		err_set(err, ERR_DENIED, _("Only a training office is filled with invented people and records."));
		return NULL;
	}
	struct demo_job *state = mem_new(struct demo_job);
	state->demo.office = office;
	if (!prepare(&state->demo, options, err)) {
		demo_release(state);
		return NULL;
	}
	state->planned = state->demo.first_day - 1;
	return job_new(&kind, state, (size_t)(state->demo.last_day - state->demo.first_day + 1));
}
