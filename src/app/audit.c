#include "app/audit.h"

#include "app/office_private.h"
#include "app/record_private.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/journal.h"
#include "store/print_log.h"
#include "store/record.h"

enum { DAY_S = 86400, CODE_LEAST = 8 };

static bool may_read(const struct actor *actor, struct err *err)
{
	return (actor->roles & (ROLE_AUDITOR | ROLE_ADMIN | ROLE_IC_HEAD | ROLE_CHIEF)) ||
	       err_set(err, ERR_DENIED, _("The journal is open to auditors, administrators and heads only."));
}

static bool parse_day(const char *text, int64_t *utc, struct err *err)
{
	*utc = 0;
	return !text || clock_parse(text, utc) ||
	       err_set(err, ERR_REFUSED, _("\"%s\" is no day. Write it as 2026-11-22."), text);
}

static bool make_filter(struct office *office, const struct audit_query *query, struct journal_filter *filter,
                        struct err *err)
{
	filter->actor = query->person;
	filter->action = query->action;
	filter->after = query->before_seq;
	if (!parse_day(query->from_day, &filter->from_utc, err) || !parse_day(query->to_day, &filter->until_utc, err))
		return false;
	if (filter->until_utc)
		filter->until_utc += DAY_S;
	if (!query->record)
		return true;
	err_clear(err);
	struct record *record = record_find(office->db, query->record, err);
	if (!record)
		return err_set(err, ERR_REFUSED, _("There is no record %s."), query->record);
	filter->record = record->id;
	record_free(&record);
	return true;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void fill_entry(struct office *office, struct audit_entry *to, const struct journal_entry *from)
{
	struct record *record = from->record ? record_by_id(office->db, from->record, NULL) : NULL;
	to->seq = from->seq;
	to->at_utc = from->at_utc;
	to->person = mem_text(or_empty(from->actor));
	to->acting_for = mem_text(from->acting_for);
	to->origin = mem_text(or_empty(from->origin));
	to->number = record && record->number ? mem_text(record->number) : NULL;
	to->action = mem_text(from->action);
	to->from = mem_text(or_empty(from->from));
	to->to = mem_text(or_empty(from->to));
	to->note = mem_text(or_empty(from->note));
	to->hash = mem_text(from->hash);
	to->changes = from->changes ? json_loads(from->changes, 0, NULL) : NULL;
	record_free(&record);
}

struct audit_list *audit_list(struct office *office, const struct actor *actor, const struct audit_query *query,
                              size_t limit, struct err *err)
{
	struct journal_filter filter = { .limit = (int)limit + 1 };
	struct journal_entry *entries = NULL;
	size_t count = 0;
	if (!may_read(actor, err) || !make_filter(office, query, &filter, err) ||
	    !journal_list(office->db, &filter, &entries, &count, err))
		return NULL;
	struct audit_list *list = mem_new(struct audit_list);
	list->more = count > limit;
	list->count = list->more ? limit : count;
	list->items = mem_zeroed(list->count + 1, sizeof(*list->items));
	for (size_t i = 0; i < list->count; i++)
		fill_entry(office, &list->items[i], &entries[i]);
	journal_entries_free(&entries, count);
	return list;
}

void audit_list_free(struct audit_list **list)
{
	if (!*list)
		return;
	for (size_t i = 0; i < (*list)->count; i++) {
		struct audit_entry *entry = &(*list)->items[i];
		char *const texts[] = { entry->person, entry->acting_for, entry->origin, entry->number, entry->action,
			                entry->from, entry->to, entry->note, entry->hash };
		for (size_t j = 0; j < sizeof(texts) / sizeof(texts[0]); j++)
			free(texts[j]);
		json_decref(entry->changes);
	}
	free((*list)->items);
	free(*list);
	*list = NULL;
}

bool audit_verify(struct office *office, struct audit_verdict *verdict, struct err *err)
{
	struct journal_verdict found = { 0 };
	*verdict = (struct audit_verdict){ 0 };
	if (!journal_verify(office->db, &found, err))
		return false;
	verdict->entries = found.entries;
	verdict->broken_seq = found.broken;
	str_copy(verdict->head, sizeof(verdict->head), found.head.hash);
	if (!found.broken)
		return true;
	return err_set(err, ERR_DAMAGED, _("The journal does not hold at entry %lld: %s. The %lld entries before it hold."),
	               (long long)found.broken, found.why, (long long)found.entries);
}

/* Hex digits of CODE as typed from paper: small letters, without dashes and blanks. Caller frees. */
static char *plain_code(const char *code)
{
	struct str plain = STR_INIT;
	for (; *code; code++) {
		if (*code >= 'A' && *code <= 'F')
			str_add_char(&plain, (char)(*code - 'A' + 'a'));
		else if (*code != '-' && *code != ' ')
			str_add_char(&plain, *code);
	}
	return str_take(&plain);
}

static bool code_is_good(const char *code)
{
	size_t len = strlen(code);
	return len >= CODE_LEAST && len < HASH_HEX_SIZE && strspn(code, "0123456789abcdef") == len;
}

/* The print, if any, as far as the record is concerned. */
static bool judge_print(struct office *office, const struct print_entry *print, const char *code, char **number,
                        bool *current, struct err *err)
{
	char hash[HASH_HEX_SIZE];
	struct record *record = record_by_id(office->db, print->record, err);
	if (!record || !record_hash(office->db, print->record, hash, err)) {
		record_free(&record);
		return false;
	}
	*number = mem_text(or_empty(record->number));
	*current = strncmp(hash, code, strlen(code)) == 0;
	record_free(&record);
	return true;
}

bool audit_verify_code(struct office *office, const char *code, char **number, bool *current, struct err *err)
{
	struct print_entry *prints = NULL;
	size_t count = 0;
	char *plain = plain_code(code);
	bool ok = false;
	*number = NULL;
	if (!code_is_good(plain))
		err_set(err, ERR_REFUSED, _("\"%s\" is no code: it has at least %d of the digits 0-9 and a-f."), code, CODE_LEAST);
	else if (!print_log_by_code(office->db, plain, &prints, &count, err))
		ok = false;
	else if (count == 0)
		err_set(err, ERR_REFUSED, _("No printed page of this office carries the code %s."), code);
	else
		ok = judge_print(office, &prints[0], plain, number, current, err);
	print_entries_free(&prints, count);
	free(plain);
	return ok;
}
