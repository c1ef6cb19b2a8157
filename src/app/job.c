#include "app/job.h"

#include "app/job_private.h"
#include "base/mem.h"

struct job *job_new(const struct job_kind *kind, void *state, size_t total)
{
	struct job *job = mem_new(struct job);
	job->kind = kind;
	job->state = state;
	job->total = total;
	job->doing = mem_text("");
	job->result = json_object();
	return job;
}

void job_say(struct job *job, const char *doing)
{
	free(job->doing);
	job->doing = mem_text(doing);
}

enum job_state job_step(struct job *job, struct err *err)
{
	bool done = false;
	if (job->is_over)
		return JOB_DONE;
	if (!job->kind->step(job, job->state, &done, err)) {
		job->is_over = true;
		return JOB_FAILED;
	}
	job->is_over = done;
	return done ? JOB_DONE : JOB_MORE;
}

bool job_run(struct job *job, struct err *err)
{
	enum job_state state = JOB_MORE;
	while (state == JOB_MORE)
		state = job_step(job, err);
	return state == JOB_DONE;
}

size_t job_done(const struct job *job)
{
	return job->done;
}

size_t job_total(const struct job *job)
{
	return job->total;
}

const char *job_doing(const struct job *job)
{
	return job->doing;
}

const json_t *job_result(const struct job *job)
{
	return job->result;
}

void job_free(struct job **job)
{
	if (!*job)
		return;
	(*job)->kind->release((*job)->state);
	free((*job)->doing);
	json_decref((*job)->result);
	free(*job);
	*job = NULL;
}
