/*
 * department: the bureau's offices.
 *
 * Layer: store. Names are unique: a record's body holds the name. Article 7:
 * each has a first responsible person.
 */
#ifndef YW_STORE_DEPARTMENT_H
#define YW_STORE_DEPARTMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct department {
	int64_t id;        /* 0: not stored yet */
	char *name;
	char *kind;        /* as data says; NULL */
	char *head;        /* the first responsible person's name; NULL: none yet */
	char *phone;       /* NULL */
	bool is_center;    /* the information center */
	bool is_closed;    /* no longer offered, kept for old records */
	int position;      /* order in lists */
};

/* Inserts (id 0) or updates; sets id. */
bool department_save(struct db *db, struct department *department, struct err *err);
/* True with id 0 if there is none such. */
bool department_by_name(struct db *db, const char *name, struct department *department, struct err *err);
bool department_by_id(struct db *db, int64_t id, struct department *department, struct err *err);
/* In order of position and name; closed ones only if ALL. */
bool department_list(struct db *db, bool all, struct department **departments, size_t *count, struct err *err);

void department_release(struct department *department);
void departments_free(struct department **departments, size_t count);

#endif
