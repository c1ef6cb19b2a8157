#include "app/attach.h"

#include "app/office_private.h"
#include "app/record_private.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "store/attachment.h"
#include "store/journal.h"

enum { MOST_NAME_CHARS = 100, MOST_MB = 20, MEGABYTE = 1024 * 1024 };

size_t attach_most(const struct office *office)
{
	size_t most = (size_t)office_setting_int(office, "attach.most_mb", MOST_MB) * MEGABYTE;
	return most < ATTACHMENT_MOST_BYTES ? most : ATTACHMENT_MOST_BYTES;
}

static bool check_name(const char *name, struct err *err)
{
	if (str_is_empty(name) || utf8_chars(name) > MOST_NAME_CHARS)
		return err_set(err, ERR_REFUSED, _("The name of an attachment has 1 to %d characters."), MOST_NAME_CHARS);
	if (utf8_find_control(name) != SIZE_MAX || strpbrk(name, "/\\\n\t"))
		return err_set(err, ERR_REFUSED, _("The name of an attachment is a plain name, without / \\ or control characters."));
	return true;
}

/* Evidence belongs to whoever works on the record, for as long as it is not closed for good. */
static bool check_record(struct office *office, const struct actor *actor, const struct record *record, struct err *err)
{
	const struct definition *form = office_form_version(office, record->form, record->form_hash, err);
	if (!form)
		return false;
	enum state_kind kind = record_kind(form, record);
	if (kind == STATE_ARCHIVED || kind == STATE_VOID)
		return err_set(err, ERR_REFUSED, _("%s is closed for good: nothing can be attached to it."), record->number);
	if (!(actor->roles & (ROLE_IC_CLERK | ROLE_IC_HEAD)) && !str_equal(actor->department, record->department) &&
	    !str_equal(actor->person, record->applicant))
		return err_set(err, ERR_DENIED, _("Only its own department and the information center attach to a record."));
	return true;
}

static bool store(struct office *office, const struct actor *actor, int64_t record, const char *name, const void *bytes,
                  size_t len, struct attachment *added, struct err *err)
{
	if (!attachment_add(office->db, record, name, bytes, len, actor->person, added, err))
		return false;
	json_t *changes = json_pack("{s:[n,s]}", "sm3", added->sm3);
	const struct journal_line line = { .actor = actor, .record = record, .action = "attach", .note = name,
		                           .changes = changes };
	bool ok = journal_append(office->db, &line, NULL, err);
	json_decref(changes);
	return ok;
}

bool attach_add(struct office *office, const struct actor *actor, int64_t id, const char *name, const void *bytes,
                size_t len, char sm3[HASH_HEX_SIZE], struct err *err)
{
	struct attachment added = { 0 };
	if (len > attach_most(office))
		return err_set(err, ERR_REFUSED, _("The attachment is larger than %zu MB."), attach_most(office) / MEGABYTE);
	struct record *record = record_get(office, actor, id, err);
	bool ok = record && check_name(name, err) && check_record(office, actor, record, err) &&
	          db_begin(office->db, DB_DECISION, err);
	record_free(&record);
	if (!ok)
		return false;
	ok = store(office, actor, id, name, bytes, len, &added, err) && db_commit(office->db, err);
	if (ok)
		str_copy(sm3, HASH_HEX_SIZE, added.sm3);
	else
		db_rollback(office->db);
	attachment_release(&added);
	return ok;
}

bool attach_read(struct office *office, const struct actor *actor, int64_t id, const char *name, char **bytes,
                 size_t *len, char sm3[HASH_HEX_SIZE], struct err *err)
{
	void *content = NULL;
	struct record *record = record_get(office, actor, id, err);
	bool ok = record && attachment_read(office->db, id, name, &content, len, err) &&
	          hash_bytes(content, *len, sm3, err);
	record_free(&record);
	if (ok)
		*bytes = content;
	else
		free(content);
	return ok;
}
