#include "app/worklist.h"

#include "app/duty.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/record.h"

enum { MOST_WAITING = 200, MOST_LOOKED_AT = 5000, FETCH = 200 };

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* --- what waits for the actor --- */

/* Calls EACH for every record that waits for ACTOR, until it returns false. */
static bool each_waiting(struct office *office, const struct actor *actor, const struct definition *form,
                         bool (*each)(void *arg, const struct definition *form, const struct record *record), void *arg,
                         struct err *err)
{
	const char **states = record_states_of_kind(form, RECORD_KINDS_OPEN);
	struct record_filter filter = { .form = form->id, .states = states, .ascending = true, .limit = FETCH };
	char *key = NULL;
	bool ok = true, more = states[0] != NULL;
	for (int looked_at = 0; ok && more && looked_at < MOST_LOOKED_AT; looked_at += FETCH) {
		struct record_page page = { 0 };
		filter.key = key;
		ok = record_list(office->db, &filter, &page, err);
		more = ok && page.more && page.count > 0;
		for (size_t i = 0; ok && i < page.count; i++) {
			const struct record *record = page.items[i];
			const struct definition *version =
				office_form_version(office, record->form, record->form_hash, err);
			ok = version != NULL;
			const struct state *state = ok ? workflow_state(&version->workflow, record->state) : NULL;
			if (state && permission_any_role(actor, record, state->who) &&
			    permission_may_see(version, actor, record) && !each(arg, version, record)) {
				more = false;
				break;
			}
		}
		free(key);
		key = more ? record_key(page.items[page.count - 1], filter.sort) : NULL;
		record_page_release(&page);
	}
	free(key);
	free(states);
	return ok;
}

struct gathering {
	struct office *office;
	struct worklist *list;
};

static bool gather(void *arg, const struct definition *form, const struct record *record)
{
	struct gathering *gathering = arg;
	struct worklist *list = gathering->list;
	const struct state *state = workflow_state(&form->workflow, record->state);
	int64_t due = record_due(gathering->office, form, record);
	list->waiting = mem_resize(list->waiting, list->waiting_count + 1, sizeof(*list->waiting));
	list->waiting[list->waiting_count++] = (struct work_waiting){
		.record = record->id,
		.form = mem_text(record->form),
		.number = mem_text(or_empty(record->number)),
		.title = mem_text(or_empty(record->title)),
		.department = mem_text(or_empty(record->department)),
		.state = mem_text(state_label(state)),
		.since_utc = record->state_since_utc,
		.due_utc = due,
		.overdue = due && due < clock_now(),
	};
	return list->waiting_count < MOST_LOOKED_AT;
}

static int by_waiting(const void *a, const void *b)
{
	const struct work_waiting *one = a, *other = b;
	if (one->since_utc != other->since_utc)
		return one->since_utc < other->since_utc ? -1 : 1;
	return one->record < other->record ? -1 : one->record > other->record;
}

static void waiting_release(struct work_waiting *waiting)
{
	free(waiting->form);
	free(waiting->number);
	free(waiting->title);
	free(waiting->department);
	free(waiting->state);
}

static bool load_waiting(struct office *office, const struct actor *actor, struct worklist *list, struct err *err)
{
	struct gathering gathering = { office, list };
	for (size_t i = 0; i < office_form_count(office); i++) {
		if (!each_waiting(office, actor, office_form_at(office, i), gather, &gathering, err))
			return false;
	}
	if (list->waiting_count > 1)
		qsort(list->waiting, list->waiting_count, sizeof(*list->waiting), by_waiting);
	while (list->waiting_count > MOST_WAITING)
		waiting_release(&list->waiting[--list->waiting_count]);
	return true;
}

static bool count_one(void *arg, const struct definition *form, const struct record *record)
{
	(void)form;
	(void)record;
	return ++*(int *)arg < MOST_LOOKED_AT;
}

int worklist_count(struct office *office, const struct actor *actor)
{
	int count = 0;
	for (size_t i = 0; i < office_form_count(office); i++) {
		if (!each_waiting(office, actor, office_form_at(office, i), count_one, &count, NULL))
			break;
	}
	return count;
}

/* --- what is due --- */

struct due_context {
	struct office *office;
	const struct definition *form;
	const struct due *due;
	struct worklist *list;
	int64_t today;
	bool is_mine;            /* the actor's duty, not only somebody's */
};

static int64_t draft_of(const struct worklist *list, const char *form)
{
	for (size_t i = 0; i < list->drafts->count; i++) {
		const struct edit_row *row = &list->drafts->rows[i];
		if (row->record == 0 && strcmp(row->form, form) == 0)
			return row->id;
	}
	return 0;
}

static void add_due(const struct due_context *context, const struct duty_period *period,
                    const struct duty_outcome *outcome)
{
	struct worklist *list = context->list;
	list->due = mem_resize(list->due, list->due_count + 1, sizeof(*list->due));
	list->due[list->due_count++] = (struct work_due){
		.form = mem_text(context->form->id),
		.title = mem_text(due_label(context->due)),
		.due_utc = period->due_utc,
		.done = outcome->done,
		.overdue = !outcome->done && period->due_utc < clock_now(),
		.record = outcome->record,
		.draft = outcome->done ? 0 : draft_of(list, context->form->id),
	};
}

/* Workdays since DAY, today not counted. */
static int workdays_since(const struct due_context *context, int64_t day)
{
	int count = 0;
	for (int64_t at = day + 1; at <= context->today; at++)
		count += calendar_is_workday(context->office->calendar, at);
	return count;
}

/* On the work bench: today's, what stands open in its week or month, and what may still be entered late. */
static bool is_shown(const struct due_context *context, const struct duty_period *period,
                     const struct duty_outcome *outcome)
{
	if (!context->is_mine)
		return false;
	if (period->last >= context->today)
		return period->due_day == context->today || !outcome->done;
	return !outcome->done && workdays_since(context, period->last) <= context->due->late_days;
}

static void count_period(const struct due_context *context, const struct duty_period *period,
                         const struct duty_outcome *outcome)
{
	if (period->due_day > context->today)
		return;
	context->list->month.due++;
	context->list->month.done += outcome->done;
	context->list->month.late += outcome->done && outcome->late;
	context->list->month.missed += !outcome->done && period->last < context->today;
}

/* Of what comes after today, the first. */
static void note_next(const struct due_context *context, const struct duty_period *period)
{
	struct worklist *list = context->list;
	if (!context->is_mine || (list->next.title && list->next.due_utc <= period->due_utc))
		return;
	free(list->next.title);
	list->next.title = mem_text(due_label(context->due));
	list->next.due_utc = period->due_utc;
}

/* From the month's first day on, and some days before it for what may still be entered late. */
static bool load_periods(const struct due_context *context, struct err *err)
{
	int year, month, unused;
	clock_civil(context->today, &year, &month, &unused);
	int64_t month_first = clock_days(year, month, 1);
	int64_t from = month_first - 2 * context->due->late_days - 7;
	struct duty_period period = { .last = from - 1 }, next;
	for (; duty_next_period(context->office, context->due, &period, &next) && next.first <= context->today;
	     period = next) {
		struct duty_outcome outcome;
		if (!duty_outcome(context->office, context->form, &next, &outcome, err))
			return false;
		if (next.due_day >= month_first)
			count_period(context, &next, &outcome);
		if (is_shown(context, &next, &outcome))
			add_due(context, &next, &outcome);
	}
	if (duty_next_period(context->office, context->due, &period, &next))
		note_next(context, &next);
	return true;
}

static int by_due(const void *a, const void *b)
{
	const struct work_due *one = a, *other = b;
	if (one->done != other->done)
		return one->done ? 1 : -1;
	return one->due_utc < other->due_utc ? -1 : one->due_utc > other->due_utc;
}

static bool load_due(struct office *office, const struct actor *actor, struct worklist *list, struct err *err)
{
	const struct record anything = { .department = (char *)(uintptr_t)actor->department };
	bool sees_all = (actor->roles & (ROLE_IC_CLERK | ROLE_IC_HEAD | ROLE_LEADER | ROLE_CHIEF)) != 0;
	for (size_t i = 0; i < office_form_count(office); i++) {
		const struct definition *form = office_form_at(office, i);
		for (size_t d = 0; d < form->due_count; d++) {
			struct due_context context = { office, form, &form->dues[d], list, duty_day_of(clock_now()), false };
			context.is_mine = permission_any_role(actor, &anything, form->dues[d].who);
			if ((sees_all || context.is_mine) && !load_periods(&context, err))
				return false;
		}
	}
	if (list->due_count > 1)
		qsort(list->due, list->due_count, sizeof(*list->due), by_due);
	return true;
}

struct worklist *worklist_load(struct office *office, const struct actor *actor, struct err *err)
{
	struct worklist *list = mem_new(struct worklist);
	list->drafts = edit_list(office, actor, err);
	if (!list->drafts || !load_due(office, actor, list, err) || !load_waiting(office, actor, list, err))
		worklist_free(&list);
	return list;
}

void worklist_free(struct worklist **list)
{
	if (!*list)
		return;
	for (size_t i = 0; i < (*list)->due_count; i++) {
		free((*list)->due[i].form);
		free((*list)->due[i].title);
	}
	for (size_t i = 0; i < (*list)->waiting_count; i++)
		waiting_release(&(*list)->waiting[i]);
	free((*list)->due);
	free((*list)->waiting);
	free((*list)->next.title);
	edit_list_free(&(*list)->drafts);
	free(*list);
	*list = NULL;
}
