/*
 * person: who works in the bureau, with an account or without.
 *
 * Layer: store. Names are unique (two of one name carry a distinction): a
 * record's body holds the name.
 */
#ifndef YW_STORE_PERSON_H
#define YW_STORE_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct person {
	int64_t id;       /* 0: not stored yet */
	char *name;
	char *department; /* name; NULL: none (an outsider) */
	char *post;       /* 职务; NULL */
	char *phone;      /* NULL */
	bool in_center;   /* the department is the information center; read only */
	bool has_left;    /* no longer offered, kept for old records */
	int position;
};

/* Inserts (id 0) or updates; sets id. The department must be there. */
bool person_save(struct db *db, struct person *person, struct err *err);
/* True with id 0 if there is none such. */
bool person_by_name(struct db *db, const char *name, struct person *person, struct err *err);
/* Of DEPARTMENT (NULL: of all), by department, position and name; those who left only if ALL. */
bool person_list(struct db *db, const char *department, bool all, struct person **persons, size_t *count,
                 struct err *err);

void person_release(struct person *person);
void persons_free(struct person **persons, size_t count);

#endif
