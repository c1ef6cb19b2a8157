#include "app/view.h"

#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/session.h"
#include "store/attachment.h"
#include "store/journal.h"
#include "store/link.h"
#include "store/presence.h"

enum { MOST_EVENTS = 1000 };

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* --- the timeline --- */

/* Actions that every form knows. */
static const struct {
	const char *action, *label;
} common[] = {
	{ "save", N_("filled in") },     { "amend", N_("amended") },   { "attach", N_("attached") },
	{ "print", N_("printed") },      { "remind", N_("reminded") }, { "detach", N_("took a copy of an attachment") },
};

static const char *action_label(const struct definition *form, const struct journal_entry *entry)
{
	const struct workflow *workflow = &form->workflow;
	for (size_t i = 0; i < workflow->transition_count; i++) {
		if (strcmp(workflow->transitions[i].action, entry->action) == 0)
			return transition_label(&workflow->transitions[i]);
	}
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
		if (strcmp(common[i].action, entry->action) == 0)
			return _(common[i].label);
	}
	return entry->action;
}

static char *state_words(const struct definition *form, const char *key)
{
	const struct state *state = key ? workflow_state(&form->workflow, key) : NULL;
	return mem_text(state ? state_label(state) : or_empty(key));
}

static void fill_event(struct view_event *event, const struct definition *form, const struct journal_entry *entry)
{
	bool moved = !str_equal(entry->from, entry->to);
	event->seq = entry->seq;
	event->at_utc = entry->at_utc;
	event->person = mem_text(or_empty(entry->actor));
	event->acting_for = mem_text(entry->acting_for);
	event->origin = mem_text(or_empty(entry->origin));
	event->action = mem_text(entry->action);
	event->label = mem_text(action_label(form, entry));
	event->from = moved ? state_words(form, entry->from) : mem_text("");
	event->to = moved ? state_words(form, entry->to) : mem_text("");
	event->note = mem_text(or_empty(entry->note));
	event->changes = entry->changes ? json_loads(entry->changes, 0, NULL) : NULL;
}

static bool load_events(struct office *office, struct view *view, struct err *err)
{
	const struct journal_filter filter = { .record = view->record->id, .oldest_first = true, .limit = MOST_EVENTS };
	struct journal_entry *entries = NULL;
	size_t count = 0;
	if (!journal_list(office->db, &filter, &entries, &count, err))
		return false;
	view->events = mem_zeroed(count + 1, sizeof(*view->events));
	view->event_count = count;
	for (size_t i = 0; i < count; i++) {
		fill_event(&view->events[i], view->form, &entries[i]);
		view->events[i].waited_s = i ? entries[i].at_utc - entries[i - 1].at_utc : 0;
	}
	journal_entries_free(&entries, count);
	return true;
}

/* --- what belongs to it --- */

static bool load_links(struct office *office, const struct actor *actor, struct view *view, struct err *err)
{
	struct link *links = NULL;
	size_t count = 0;
	if (!link_list(office->db, view->record->id, &links, &count, err))
		return false;
	view->links = mem_zeroed(count + 1, sizeof(*view->links));
	for (size_t i = 0; i < count; i++) {
		/* What he may not see is not hinted at either. */
		struct record *other = record_get(office, actor, links[i].record, NULL);
		if (!other)
			continue;
		struct view_link *link = &view->links[view->link_count++];
		link->record = links[i].record;
		link->number = mem_text(or_empty(links[i].number));
		link->title = mem_text(or_empty(links[i].title));
		link->relation = mem_text(links[i].kind);
		link->outgoing = links[i].is_from_here;
		record_free(&other);
	}
	links_free(&links, count);
	return true;
}

static bool load_attachments(struct office *office, struct view *view, struct err *err)
{
	struct attachment *list = NULL;
	size_t count = 0;
	if (!attachment_list(office->db, view->record->id, &list, &count, err))
		return false;
	view->attachments = mem_zeroed(count + 1, sizeof(*view->attachments));
	view->attachment_count = count;
	for (size_t i = 0; i < count; i++) {
		struct view_attachment *attachment = &view->attachments[i];
		attachment->id = list[i].id;
		attachment->size = list[i].size;
		attachment->name = mem_text(list[i].name);
		attachment->sm3 = mem_text(list[i].sm3);
		attachment->by = mem_text(or_empty(list[i].person));
		attachment->at_utc = list[i].added_utc;
	}
	attachments_free(&list, count);
	return true;
}

static void fill_timer(struct view_timer *timer, const struct form_timer *from)
{
	int64_t now = clock_now();
	timer->label = mem_text(timer_label(from->timer));
	timer->limited = from->due_utc != 0;
	timer->stopped = from->is_done;
	timer->seconds = timer->limited ? from->due_utc - now : now - from->from_utc;
}

static bool load_timers(struct office *office, const struct actor *actor, struct view *view, struct err *err)
{
	const struct session_start start = { .form = view->form,
		                             .evaluator = office->evaluator,
		                             .actor = actor,
		                             .record = view->record };
	struct form_session *session = form_session_new(&start, err);
	struct form_timer *timers = NULL;
	if (!session)
		return false;
	size_t count = form_session_timers(session, &timers);
	view->timers = mem_zeroed(count + 1, sizeof(*view->timers));
	view->timer_count = count;
	for (size_t i = 0; i < count; i++)
		fill_timer(&view->timers[i], &timers[i]);
	free(timers);
	form_session_free(&session);
	return true;
}

static bool load_others(struct office *office, const struct actor *actor, struct view *view, struct err *err)
{
	struct presence *list = NULL;
	size_t count = 0;
	struct str names = STR_INIT;
	if (!presence_list(office->db, view->record->id, office->session, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (list[i].account != actor->account)
			str_addf(&names, "%s%s", names.len ? ", " : "", list[i].person);
	}
	presences_free(&list, count);
	view->others = str_take(&names);
	return true;
}

/* Takes RECORD. */
static struct view *view_of(struct office *office, const struct actor *actor, struct record *record, struct err *err)
{
	struct view *view = mem_new(struct view);
	view->record = record;
	view->form = office_form_version(office, record->form, record->form_hash, err);
	if (!view->form || !load_events(office, view, err) || !load_links(office, actor, view, err) ||
	    !load_attachments(office, view, err) || !load_timers(office, actor, view, err) ||
	    !load_others(office, actor, view, err)) {
		view_free(&view);
		return NULL;
	}
	view->state = workflow_state(&view->form->workflow, record->state);
	if (!view->state) {
		err_set(err, ERR_DAMAGED, _("%s stands in a state \"%s\" that its form does not know."),
		        or_empty(record->number), record->state);
		view_free(&view);
		return NULL;
	}
	view->due_utc = record_due(office, view->form, record);
	view->may_edit = record_is_writable(view->form, actor, record);
	return view;
}

struct view *view_open_id(struct office *office, const struct actor *actor, int64_t id, struct err *err)
{
	struct record *record = record_get(office, actor, id, err);
	return record ? view_of(office, actor, record, err) : NULL;
}

struct view *view_open(struct office *office, const struct actor *actor, const char *which, struct err *err)
{
	struct record *record = record_named(office, actor, which, err);
	return record ? view_of(office, actor, record, err) : NULL;
}

static void event_release(struct view_event *event)
{
	free(event->person);
	free(event->acting_for);
	free(event->origin);
	free(event->action);
	free(event->label);
	free(event->from);
	free(event->to);
	free(event->note);
	json_decref(event->changes);
}

void view_free(struct view **slot)
{
	struct view *view = *slot;
	if (!view)
		return;
	for (size_t i = 0; i < view->event_count; i++)
		event_release(&view->events[i]);
	for (size_t i = 0; i < view->link_count; i++) {
		free(view->links[i].number);
		free(view->links[i].title);
		free(view->links[i].relation);
	}
	for (size_t i = 0; i < view->attachment_count; i++) {
		free(view->attachments[i].name);
		free(view->attachments[i].sm3);
		free(view->attachments[i].by);
	}
	for (size_t i = 0; i < view->timer_count; i++)
		free(view->timers[i].label);
	free(view->events);
	free(view->links);
	free(view->attachments);
	free(view->timers);
	free(view->others);
	record_free(&view->record);
	free(view);
	*slot = NULL;
}

/* --- presence --- */

bool view_mark_open(struct office *office, const struct actor *actor, int64_t record, bool editing, struct err *err)
{
	if (db_begin(office->db, DB_DRAFT, err) &&
	    presence_tell(office->db, office->session, actor->account, record, editing, err) &&
	    db_commit(office->db, err))
		return true;
	db_rollback(office->db);
	return false;
}

void view_mark_closed(struct office *office, const struct actor *actor, int64_t record)
{
	(void)record;
	(void)view_mark_open(office, actor, 0, false, NULL);
}
