/*
 * job_private: how a job is made. For the files of app/ alone.
 *
 * Layer: app.
 */
#ifndef YW_APP_JOB_PRIVATE_H
#define YW_APP_JOB_PRIVATE_H

#include "app/job.h"

struct job_kind {
	/* One step; *DONE when that was the last. STATE is the maker's. */
	bool (*step)(struct job *job, void *state, bool *done, struct err *err);
	void (*release)(void *state);
};

struct job {
	const struct job_kind *kind;
	void *state;
	bool is_over;      /* done or failed: no more steps */
	size_t done, total;
	char *doing;
	json_t *result;    /* an object */
};

/* Owns STATE from now on. */
struct job *job_new(const struct job_kind *kind, void *state, size_t total);
void job_say(struct job *job, const char *doing);

#endif
