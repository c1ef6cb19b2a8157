/*
 * office: an opened bureau: its store, forms, people, calendar and texts.
 *
 * Layer: app. Everything else in app/ takes an office first. One process has
 * one office; it is opened for a data directory and closed at the end. What
 * its accessors return is borrowed and lives as long as the office (people,
 * departments and assets: until the next office_refresh).
 */
#ifndef YW_APP_OFFICE_H
#define YW_APP_OFFICE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/calendar.h"
#include "model/definition.h"
#include "model/permission.h"

struct office;
struct db;         /* store/db.h: for app/ only */
struct evaluator;  /* form/expr.h */
struct form_world; /* form/world.h: what expressions and choices know of the bureau */

/*
 * Opens the office in the data directory DATA; SHARE is the folder that holds
 * forms/, data/ and export/. Refuses, saying what to do, when there is none, when
 * it belongs to somebody else, or is of a newer version. Broken form definitions
 * do not stop the others: see office_mistake.
 */
struct office *office_open(const char *data, const char *share, struct err *err);
void office_close(struct office **office);

char *office_share(const struct office *office, const char *name); /* "export/x.cfg" in the share folder; caller frees */
const char *office_bureau(const struct office *office);      /* the bureau's full name */
const char *office_center(const struct office *office);      /* the information center's department name */
bool office_is_training(const struct office *office);
/* Moves the clock; refused (ERR_DENIED) outside a training office. Any form that clock_parse reads. */
bool office_set_now(struct office *office, const char *time, struct err *err);

/* A setting of yunwei.conf (/etc/yunwei, then the data directory), or FALLBACK. Names are "group.name". */
const char *office_setting(const struct office *office, const char *name, const char *fallback);
int office_setting_int(const struct office *office, const char *name, int fallback);

/* The forms, in the order of "new". NULL if there is none. */
size_t office_form_count(const struct office *office);
const struct definition *office_form_at(const struct office *office, size_t index);
const struct definition *office_form(const struct office *office, const char *id);
/* The version of a form that a record was filed under; read from the store once. */
const struct definition *office_form_version(struct office *office, const char *id, const char *hash, struct err *err);
/* What is wrong with the definitions, each "file:line: what"; NULL beyond the last. */
const char *office_mistake(const struct office *office, size_t index);

/* One evaluator for all sessions of the process, knowing the bureau's world. */
struct evaluator *office_evaluator(struct office *office);
const struct form_world *office_world(const struct office *office);
const struct calendar *office_calendar(const struct office *office);

/* The regulation: articles 1..count in order; chapter heads stand before their first article. */
struct article {
	int number;
	const char *chapter; /* head of its chapter */
	const char *text;    /* the whole article, with its number in words */
};
size_t office_article_count(const struct office *office);
const struct article *office_article(const struct office *office, int number);

/* The phrases behind F3: a NULL-terminated array, empty if LIST is unknown. */
char *const *office_phrases(const struct office *office, const char *list);

/* The registers, names in their order. */
struct office_person { const char *name, *department, *phone, *post; };
struct office_department { const char *name, *head, *kind; };
size_t office_person_count(const struct office *office);
const struct office_person *office_person_at(const struct office *office, size_t index);
const struct office_person *office_person(const struct office *office, const char *name);
size_t office_department_count(const struct office *office);
const struct office_department *office_department_at(const struct office *office, size_t index);

/* True if another session has changed the store since the last call (cheap: PRAGMA data_version). */
bool office_changed(struct office *office);
/* Reads the registers anew. */
bool office_refresh(struct office *office, struct err *err);

/* For app/ only. */
struct db *office_db(const struct office *office);

#endif
