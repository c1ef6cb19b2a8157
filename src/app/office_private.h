/*
 * office_private: what an office is made of. For the files of app/ alone.
 *
 * Layer: app.
 */
#ifndef YW_APP_OFFICE_PRIVATE_H
#define YW_APP_OFFICE_PRIVATE_H

#include "app/office.h"
#include "form/expr.h"
#include "form/load.h"
#include "form/world.h"
#include "store/db.h"
#include "store/department.h"
#include "store/person.h"

struct regulation; /* office_regulation.c */

struct office {
	char *folder, *share;
	char *bureau, *center;
	char *session;             /* names this process for presence */
	char *owner_account;       /* as whom the owner of the data directory acts unasked; NULL */
	bool training;
	struct db *db;
	struct catalogue *catalogue;
	char **mistakes;           /* "file:line: what" */
	size_t mistake_count;
	struct definition **versions; /* earlier ones, read from the store */
	size_t version_count;
	json_t *settings;          /* yunwei.conf, both places in one */
	json_t *facts;             /* data/bureau.cfg */
	struct evaluator *evaluator;
	struct form_world world;
	struct calendar *calendar;
	struct regulation *regulation;

	struct person *persons;    /* the registers, read whole */
	size_t person_count;
	struct department *departments;
	size_t department_count;
	char *asset_name;          /* the last one that a form asked for */
	struct office_person *people;  /* views of the same, borrowed texts */
	struct office_department *offices;
};

/* office_registers.c */
bool registers_load(struct office *office, struct err *err);
void registers_release(struct office *office);
void world_init(struct office *office);

/* office_regulation.c: the articles of a regulation's text. */
struct regulation *regulation_parse(const char *text);
void regulation_free(struct regulation **regulation);

/* One entry that is about no record, in a transaction of its own. */
bool office_journal(struct office *office, const struct actor *actor, const char *action, const char *note,
                    struct err *err);

/* A fact of the bureau: office.KEY of the settings, else KEY of data/bureau.cfg; "" if neither says. */
const char *office_fact(const struct office *office, const char *key);

/* /etc/yunwei/yunwei.conf as it is, an empty object if there is none. New reference; NULL with ERR. */
json_t *office_system_settings(struct err *err);

/* The value of a name like "group.name" in a tree of settings; NULL if there is none. */
const json_t *settings_value(const json_t *tree, const char *name);

#endif
