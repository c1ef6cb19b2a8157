/*
 * job: long work in steps, so that one loop can show its progress and stop it.
 *
 * Layer: app. Made by export.h, backup.h, check.h, demo.h. Each step takes some
 * tens of milliseconds. A job that is freed before it is done has written nothing
 * that counts.
 */
#ifndef YW_APP_JOB_H
#define YW_APP_JOB_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum job_state { JOB_MORE, JOB_DONE, JOB_FAILED };

struct job;

enum job_state job_step(struct job *job, struct err *err);
/* Steps until the end; false if it failed. */
bool job_run(struct job *job, struct err *err);
size_t job_done(const struct job *job);
size_t job_total(const struct job *job);        /* 0: not known yet */
const char *job_doing(const struct job *job);   /* what it is at, for the progress bar */
/* When done: what came of it (files written, numbers found), an object. Borrowed. */
const json_t *job_result(const struct job *job);
void job_free(struct job **job);

#endif
