/*
 * work_job: an app job on the screen, with its progress and a way to stop it.
 *
 * Layer: ui, private.
 */
#ifndef YW_UI_WORK_JOB_H
#define YW_UI_WORK_JOB_H

#include "app/job.h"
#include "tui/loop.h"

/* Takes JOB. When it is done a message says what came of it (files, numbers). */
void work_job(struct loop *loop, const char *title, struct job *job);

#endif
