#include "app/edit.h"

#include "app/fill.h"
#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/session.h"
#include "store/draft.h"
#include "store/form_version.h"
#include "store/journal.h"
#include "store/record.h"

enum { LOOKED_AT_FOR_LAST = 20 };

void edit_free(struct edit **slot)
{
	struct edit *edit = *slot;
	if (!edit)
		return;
	free(edit->form);
	free(edit->form_hash);
	free(edit->number);
	free(edit->title);
	free(edit->last_number);
	free(edit->section);
	free(edit->field);
	json_decref(edit->base);
	json_decref(edit->body);
	json_decref(edit->last);
	free(edit);
	*slot = NULL;
}

static struct edit *edit_blank(const struct definition *form)
{
	struct edit *edit = mem_new(struct edit);
	edit->form = mem_text(form->id);
	edit->form_hash = mem_text(form->hash);
	edit->title = mem_text("");
	edit->section = mem_text("");
	edit->field = mem_text("");
	edit->base = json_object();
	edit->begun_utc = clock_now();
	return edit;
}

/* Among the LIMIT last ones of FILTER, the latest that ACTOR may see. */
static bool look_for_last(struct office *office, const struct actor *actor, const struct definition *form,
                          struct record_filter filter, int limit, struct edit *edit, struct err *err)
{
	struct record_page page = { 0 };
	filter.limit = limit;
	bool ok = record_list(office->db, &filter, &page, err);
	for (size_t i = 0; ok && i < page.count && !edit->last; i++) {
		if (!permission_may_see(form, actor, page.items[i]))
			continue;
		edit->last = json_incref(page.items[i]->body);
		edit->last_number = mem_text(page.items[i]->number);
	}
	record_page_release(&page);
	return ok;
}

/* The last record of FORM that stands, for "as last time". False only if the store could not be read. */
static bool find_last(struct office *office, const struct actor *actor, const struct definition *form,
                      struct edit *edit, struct err *err)
{
	const char **states = record_states_of_kind(form, RECORD_KINDS_STANDING);
	const struct record_filter filter = { .form = form->id, .states = states, .numbered = true };
	bool ok = look_for_last(office, actor, form, filter, 1, edit, err) &&
	          (edit->last || look_for_last(office, actor, form, filter, LOOKED_AT_FOR_LAST, edit, err));
	free(states);
	return ok;
}

static bool may_begin(const struct definition *form, const struct actor *actor, const struct record *record)
{
	const struct workflow *workflow = &form->workflow;
	if (!record_is_writable(form, actor, record) ||
	    (form->restricted_to && !permission_any_role(actor, record, form->restricted_to)))
		return false;
	for (size_t i = 0; i < workflow->transition_count; i++) {
		const struct transition *transition = &workflow->transitions[i];
		if (workflow_list_has(transition->from, record->state) &&
		    permission_any_role(actor, record, transition->who))
			return true;
	}
	return false;
}

bool edit_may_begin(const struct actor *actor, const struct definition *form)
{
	struct record *record = record_blank(form, actor);
	bool may = actor->account != 0 && may_begin(form, actor, record);
	record_free(&record);
	return may;
}

static bool check_begin(const struct definition *form, const struct actor *actor, const struct record *record,
                        struct err *err)
{
	if (!actor->account)
		return err_set(err, ERR_DENIED, _("Only somebody with an account fills in forms: say --as NAME."));
	return may_begin(form, actor, record) ||
	       err_set(err, ERR_DENIED, _("Your role does not fill in the form \"%s\"."), definition_name(form));
}

static struct form_session *open_session(struct office *office, const struct actor *actor,
                                         const struct definition *form, const struct record *record,
                                         const struct edit *edit, struct err *err)
{
	const struct session_start start = { .form = form,
		                             .evaluator = office->evaluator,
		                             .actor = actor,
		                             .record = record,
		                             .body = edit->body,
		                             .last = edit->last };
	return form_session_new(&start, err);
}

void edit_take(struct edit *edit, const struct form_session *session)
{
	json_decref(edit->body);
	edit->body = form_session_draft(session);
	free(edit->title);
	edit->title = form_session_title(session);
	if (!edit->title)
		edit->title = mem_text("");
}

struct edit *edit_new_from(struct office *office, const struct actor *actor, const struct definition *form,
                           int64_t from, const json_t *preset, struct err *err)
{
	struct edit *edit = edit_blank(form);
	struct record *record = record_blank(form, actor);
	struct form_session *session = NULL;
	edit->link_from = from;
	if (!check_begin(form, actor, record, err) ||
	    (form->copy_last && !find_last(office, actor, form, edit, err)))
		goto fail;
	if (preset) {
		/* A body that is there keeps the session from copying: what was opened on purpose starts clean. */
		edit->body = json_deep_copy(preset);
	}
	session = open_session(office, actor, form, record, edit, err);
	if (!session)
		goto fail;
	edit_take(edit, session);
	form_session_free(&session);
	record_free(&record);
	return edit;
fail:
	record_free(&record);
	edit_free(&edit);
	return NULL;
}

struct edit *edit_new(struct office *office, const struct actor *actor, const struct definition *form, struct err *err)
{
	return edit_new_from(office, actor, form, 0, NULL, err);
}

/* --- kept ones --- */

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static struct edit *edit_of_draft(struct office *office, const struct store_draft *draft, struct err *err)
{
	struct edit *edit = mem_new(struct edit);
	edit->id = draft->id;
	edit->form = mem_text(draft->form);
	edit->form_hash = mem_text(draft->form_hash);
	edit->record = draft->record;
	edit->base_version = draft->base_version;
	edit->title = mem_text(or_empty(draft->title));
	edit->section = mem_text(or_empty(draft->section));
	edit->field = mem_text(or_empty(draft->field));
	edit->caret = draft->caret;
	edit->begun_utc = draft->created_utc;
	edit->saved_utc = draft->updated_utc;
	edit->body = draft->body ? json_deep_copy(draft->body) : json_object();
	edit->base = draft->base ? json_deep_copy(draft->base) : json_object();
	edit->link_from = json_whole(draft->extra, "link_from", 0);
	edit->all_normal = (int)json_whole(draft->extra, "all_normal", 0);
	const char *last = json_text(draft->extra, "last");
	const char *which = draft->record ? NULL : last;
	err_clear(err);
	struct record *other = draft->record ? record_by_id(office->db, draft->record, err)
	                       : *or_empty(which) ? record_by_number(office->db, which, err)
	                                          : NULL;
	if (err && err->code != ERR_NONE)
		edit_free(&edit);
	else if (other && draft->record)
		edit->number = mem_text(other->number);
	else if (other) {
		edit->last = json_incref(other->body);
		edit->last_number = mem_text(last);
	}
	record_free(&other);
	return edit;
}

struct edit *edit_load(struct office *office, const struct actor *actor, int64_t id, struct err *err)
{
	struct store_draft draft = { 0 };
	struct edit *edit = NULL;
	if (!store_draft_load(office->db, id, &draft, err))
		return NULL;
	if (!draft.id || draft.account != actor->account)
		err_set(err, ERR_REFUSED, _("There is no such draft of yours. It may have been submitted or thrown away."));
	else
		edit = edit_of_draft(office, &draft, err);
	store_draft_release(&draft);
	return edit;
}

static struct edit *edit_begin(const struct definition *form, const struct record *record)
{
	struct edit *edit = edit_blank(form);
	edit->record = record->id;
	edit->number = mem_text(record->number);
	edit->base_version = record->version;
	json_decref(edit->base);
	edit->base = json_deep_copy(record->body);
	edit->body = json_deep_copy(record->body);
	free(edit->title);
	edit->title = mem_text(or_empty(record->title));
	return edit;
}

struct edit *edit_of_record(struct office *office, const struct actor *actor, int64_t id, struct err *err)
{
	struct store_draft draft = { 0 };
	struct edit *edit = NULL;
	struct record *record = record_get(office, actor, id, err);
	const struct definition *form =
		record ? office_form_version(office, record->form, record->form_hash, err) : NULL;
	if (!form)
		goto done;
	if (!record_is_writable(form, actor, record)) {
		err_set(err, ERR_DENIED, _("%s: as it stands, there is nothing in it for you to write."),
		        or_empty(record->number));
		goto done;
	}
	if (store_draft_find(office->db, actor->account, record->form, id, &draft, err))
		edit = draft.id ? edit_of_draft(office, &draft, err) : edit_begin(form, record);
done:
	store_draft_release(&draft);
	record_free(&record);
	return edit;
}

static json_t *extra_of(const struct edit *edit)
{
	json_t *extra = json_object();
	if (edit->link_from)
		json_object_set_new(extra, "link_from", json_integer(edit->link_from));
	if (edit->all_normal)
		json_object_set_new(extra, "all_normal", json_integer(edit->all_normal));
	if (edit->last_number)
		json_object_set_new(extra, "last", json_string(edit->last_number));
	return extra;
}

bool edit_store(struct office *office, const struct actor *actor, struct edit *edit, struct err *err)
{
	json_t *extra = extra_of(edit);
	/* Borrows everything from EDIT, so it is not released. */
	struct store_draft draft = {
		.id = edit->id,
		.account = actor->account,
		.form = edit->form,
		.form_hash = edit->form_hash,
		.record = edit->record,
		.base_version = edit->base_version,
		.title = edit->title,
		.body = edit->body,
		.base = edit->record ? edit->base : NULL,
		.extra = extra,
		.section = edit->section,
		.field = edit->field,
		.row = -1,
		.caret = edit->caret,
		.created_utc = edit->begun_utc,
	};
	bool ok = true;
	const struct definition *form = edit->id ? NULL : office_form_version(office, edit->form, edit->form_hash, err);
	if (!edit->id)
		ok = form && form_version_keep(office->db, form->id, form->hash, form->title, form->source, err);
	ok = ok && store_draft_save(office->db, &draft, err);
	if (ok) {
		edit->id = draft.id;
		edit->saved_utc = draft.updated_utc;
	}
	json_decref(extra);
	return ok;
}

bool edit_save(struct office *office, const struct actor *actor, struct edit *edit, struct err *err)
{
	int64_t before = edit->id;
	if (db_begin(office->db, DB_DRAFT, err) && edit_store(office, actor, edit, err) && db_commit(office->db, err))
		return true;
	db_rollback(office->db);
	edit->id = before;
	return false;
}

bool edit_discard(struct office *office, const struct actor *actor, int64_t id, struct err *err)
{
	struct edit *edit = edit_load(office, actor, id, err);
	if (!edit)
		return false;
	const struct journal_line line = { .actor = actor, .action = "discard", .note = edit->form };
	bool ok = db_begin(office->db, DB_DECISION, err) && store_draft_delete(office->db, id, err) &&
	          journal_append(office->db, &line, NULL, err) && db_commit(office->db, err);
	if (!ok)
		db_rollback(office->db);
	edit_free(&edit);
	return ok;
}

struct record *edit_record(struct office *office, const struct actor *actor, const struct edit *edit, struct err *err)
{
	const struct definition *form = office_form_version(office, edit->form, edit->form_hash, err);
	if (!form)
		return NULL;
	return edit->record ? record_get(office, actor, edit->record, err) : record_blank(form, actor);
}

struct form_session *edit_session(struct office *office, const struct actor *actor, const struct edit *edit,
                                  struct err *err)
{
	const struct definition *form = office_form_version(office, edit->form, edit->form_hash, err);
	struct record *record = form ? edit_record(office, actor, edit, err) : NULL;
	struct form_session *session = record ? open_session(office, actor, form, record, edit, err) : NULL;
	record_free(&record);
	return session;
}

bool edit_fill(struct office *office, const struct actor *actor, struct edit *edit, const json_t *values,
               json_t **faults, struct err *err)
{
	struct form_session *session = edit_session(office, actor, edit, err);
	if (!session)
		return false;
	json_t *found = json_array();
	fill_session(session, values, found);
	edit_take(edit, session);
	form_session_free(&session);
	if (json_array_size(found) == 0) {
		json_decref(found);
		*faults = NULL;
		return true;
	}
	*faults = found;
	return err_set(err, ERR_REFUSED, _("Some of the values cannot be taken."));
}

bool edit_rebase(struct office *office, const struct actor *actor, struct edit *edit, const json_t *keep_theirs,
                 struct err *err)
{
	struct record *record = record_get(office, actor, edit->record, err);
	size_t i;
	json_t *key, *conflicts = NULL;
	if (!record)
		return false;
	json_t *merged = record_merge(edit->base, edit->body, record->body, &conflicts);
	json_array_foreach((json_t *)(uintptr_t)keep_theirs, i, key) {
		json_t *theirs = json_object_get(record->body, json_string_value(key));
		if (theirs)
			json_object_set(merged, json_string_value(key), theirs);
		else
			json_object_del(merged, json_string_value(key));
	}
	json_decref(conflicts);
	json_decref(edit->body);
	json_decref(edit->base);
	edit->body = json_deep_copy(merged);
	edit->base = json_deep_copy(record->body);
	edit->base_version = record->version;
	json_decref(merged);
	record_free(&record);
	return edit->id == 0 || edit_save(office, actor, edit, err);
}

struct edit_list *edit_list(struct office *office, const struct actor *actor, struct err *err)
{
	struct store_draft *drafts = NULL;
	size_t count = 0;
	if (!store_draft_list(office->db, actor->account, &drafts, &count, err))
		return NULL;
	struct edit_list *list = mem_new(struct edit_list);
	list->rows = mem_zeroed(count + 1, sizeof(*list->rows));
	list->count = count;
	for (size_t i = 0; i < count; i++) {
		struct edit_row *row = &list->rows[i];
		struct record *record = drafts[i].record ? record_by_id(office->db, drafts[i].record, NULL) : NULL;
		row->id = drafts[i].id;
		row->record = drafts[i].record;
		row->form = mem_text(drafts[i].form);
		row->number = record ? mem_text(record->number) : NULL;
		row->title = mem_text(or_empty(drafts[i].title));
		row->saved_utc = drafts[i].updated_utc;
		record_free(&record);
	}
	store_drafts_free(&drafts, count);
	return list;
}

void edit_list_free(struct edit_list **list)
{
	if (!*list)
		return;
	for (size_t i = 0; i < (*list)->count; i++) {
		free((*list)->rows[i].form);
		free((*list)->rows[i].number);
		free((*list)->rows[i].title);
	}
	free((*list)->rows);
	free(*list);
	*list = NULL;
}
