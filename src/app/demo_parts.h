/*
 * demo_parts: what the files of the training office's generator share.
 *
 * Layer: app. The language of data/demo.cfg is described at its head. Everything
 * random comes from one seeded source, in one order, so that the same options
 * give the same office.
 */
#ifndef YW_APP_DEMO_PARTS_H
#define YW_APP_DEMO_PARTS_H

#include "app/demo.h"
#include "base/str.h"

/* ---- demo_random.c ---- */

struct demo_random { uint64_t state; };

uint64_t demo_random_next(struct demo_random *random);
/* Between LOW and HIGH, both included. */
int64_t demo_random_between(struct demo_random *random, int64_t low, int64_t high);
double demo_random_unit(struct demo_random *random); /* [0, 1) */
bool demo_random_chance(struct demo_random *random, int64_t percent);
/* One of LIST's items by their "weight" (1 if absent); NULL if none has any. */
const json_t *demo_random_weighted(struct demo_random *random, const json_t *list);

/* ---- demo_people.c ---- */

struct demo_person {
	struct actor actor;      /* texts borrowed from the settings */
	const char *phone;
	bool is_head;
};

enum { READINGS_A_ROUTINE = 64 };

struct demo {
	struct office *office;
	json_t *settings;        /* data/demo.cfg */
	struct demo_random random;
	struct demo_person *people;
	size_t person_count;
	int64_t first_day, last_day; /* civil */
	int64_t end_utc;         /* nothing happens after */
	bool goes_on;            /* up to the present, not to a given day */
	struct agenda *agenda;
	json_t *told;            /* how often each story was told */
	double *readings;        /* where each reading of each routine stands now */
	long extra_a_day;        /* copies of the first routine, for --records */
	int64_t records, steps, skipped;
};

/* People, heads, accounts, assets, in one transaction. */
bool demo_settle(struct demo *demo, struct err *err);
const struct demo_person *demo_person_by_login(const struct demo *demo, const char *login);
const struct demo_person *demo_head_of(const struct demo *demo, const char *department);
/* Anybody with ROLE (of DEPARTMENT, unless NULL), other than NOT; NULL if there is nobody. */
const struct demo_person *demo_person_with(struct demo *demo, unsigned role, const char *department,
                                           const struct demo_person *not);

/* ---- demo_thing.c ---- */

/* Something that happens: a routine's run or a story. */
struct thing {
	const json_t *source;    /* its routine or story */
	const json_t *chain;
	const struct definition *form;
	int64_t start_utc, due_utc; /* when it begins; when its next step is */
	size_t step;
	int64_t record;          /* 0: not yet */
	char *number;
	const char *department;
	const struct demo_person *author, *clerk;
	const json_t *asset;
	const json_t *odd;       /* of a routine: what is wrong today; NULL */
	size_t routine;          /* its place among the routines; SIZE_MAX: a story */
	int64_t late_utc;        /* of a routine entered later: when it really happened; 0 */
	int64_t opened_from;     /* the record that this story was opened from; 0 */
};

/* Does THING's next step with the clock held there; false only if the store failed. */
bool demo_thing_step(struct demo *demo, struct thing *thing, struct err *err);
void demo_thing_free(struct thing **thing);

/* ---- demo_values.c ---- */

/* VALUE as the settings write it, with everything in it worked out. New reference. */
json_t *demo_value(struct demo *demo, const struct thing *thing, const json_t *value);
/* "08:15" as minutes of the day; -1 if it is none. */
int demo_minutes(const json_t *text);

/* ---- demo_agenda.c ---- */

/* Takes THING, to be done at its due_utc. */
void agenda_put(struct agenda **agenda, struct thing *thing);
/* The earliest, handed over; NULL if there is none. */
struct thing *agenda_take(struct agenda *agenda);
int64_t agenda_next(const struct agenda *agenda); /* INT64_MAX if there is none */
void agenda_free(struct agenda **agenda);

/* ---- demo_plan.c ---- */

/* Puts what happens on DAY on the agenda: routines, and the month's stories on its first day. */
void demo_plan_day(struct demo *demo, int64_t day);
/* A story opened from the record of a routine. */
void demo_plan_story_from(struct demo *demo, const char *key, const struct thing *from);
/* When the next step of THING is: AFTER minutes from BASE, in working hours if it must be. */
int64_t demo_step_time(struct demo *demo, const json_t *step, int64_t base_utc);

#endif
