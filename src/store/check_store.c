/* The parts of a check that ask SQLite, and those about journal, forms and numbers. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"
#include "store/check_parts.h"
#include "store/query.h"

/*
 * Files grow by whole pages; SQLite reads a last page that was cut as if zeros
 * followed. While the log still holds pages, the end of the file may be one that
 * is being folded in.
 */
static bool size_is_whole(struct part *part, struct err *err)
{
	char *log = str_format("%s-wal", db_path(part->db));
	struct stat st, log_st;
	int64_t page = 0;
	const bool asked = query_number(part->db, "PRAGMA page_size", &page, err);
	const bool folded = stat(log, &log_st) != 0 || log_st.st_size == 0;

	free(log);
	if (asked && folded && stat(db_path(part->db), &st) == 0 && st.st_size % page != 0)
		part_finds(part, _("The file %s was cut: its size is no multiple of %lld bytes."), db_path(part->db),
		           (long long)page);
	return asked;
}

bool part_integrity(struct part *part, bool *done, struct err *err)
{
	if (!size_is_whole(part, err))
		return false;
	struct query query = query_open(part->db, part->quick ? "PRAGMA quick_check(20)" : "PRAGMA integrity_check(20)", err);

	while (query_row(&query)) {
		const char *text = query_peek_text(&query, NULL);

		if (text != NULL && strcmp(text, "ok") != 0)
			part_finds(part, "%s", text);
	}
	*done = true;
	return query_close(&query);
}

bool part_references(struct part *part, bool *done, struct err *err)
{
	struct query query = query_open(part->db,
		"SELECT \"table\", coalesce(rowid, 0), parent FROM pragma_foreign_key_check LIMIT 20", err);

	while (query_row(&query)) {
		char table[64], parent[64];

		query_read_into(&query, table, sizeof(table));
		const int64_t row = query_read_int(&query);
		query_read_into(&query, parent, sizeof(parent));
		part_finds(part, _("Row %lld of %s refers to a row of %s that is not there."), (long long)row, table, parent);
	}
	*done = true;
	return query_close(&query);
}

bool part_journal(struct part *part, bool *done, struct err *err)
{
	if (part->walk == NULL)
		part->walk = journal_walk_new(part->db, err);
	if (part->walk == NULL || !journal_walk_step(part->walk, done, err))
		return false;
	const struct journal_verdict *verdict = journal_walk_verdict(part->walk);

	part->report->entries = verdict->entries;
	if (*done && verdict->broken != 0)
		part_finds(part, _("The journal does not hold from entry %lld on: %s."), (long long)verdict->broken,
		           verdict->why);
	return true;
}

bool part_prints(struct part *part, bool *done, struct err *err)
{
	struct query query = query_open(part->db,
		"SELECT p.id, p.printed_at, p.head_seq FROM print_log p LEFT JOIN journal j ON j.seq = p.head_seq"
		" WHERE p.head_seq > 0 AND p.head_hash IS NOT j.hash LIMIT 20", err);

	while (query_row(&query)) {
		char at[32];
		const int64_t id = query_read_int(&query);

		query_read_into(&query, at, sizeof(at));
		part_finds(part, _("Print %lld of %s carries entry %lld of the journal, which reads otherwise now."),
		           (long long)id, at, (long long)query_read_int(&query));
	}
	*done = true;
	return query_close(&query);
}

static bool source_is_whole(struct query *query, struct part *part)
{
	char form[64], hash[HASH_HEX_SIZE], found[HASH_HEX_SIZE];
	size_t len;

	query_read_into(query, form, sizeof(form));
	query_read_into(query, hash, sizeof(hash));
	const char *source = query_peek_text(query, &len);
	if (!hash_bytes(source != NULL ? source : "", len, found, query->err))
		return false;
	if (strcmp(hash, found) != 0)
		part_finds(part, _("The version %.12s of the form %s is not what was kept."), hash, form);
	return true;
}

bool part_forms(struct part *part, bool *done, struct err *err)
{
	struct query query = query_open(part->db, "SELECT form, hash, source FROM form_version", err);

	while (query_row(&query))
		if (!source_is_whole(&query, part))
			query_fail(&query);
	if (!query_close(&query))
		return false;
	query = query_open(part->db,
		"SELECT r.id FROM record r LEFT JOIN form_version v ON v.hash = r.form_hash"
		" WHERE v.form IS NOT r.form LIMIT 20", err);
	while (query_row(&query))
		part_finds(part, _("The version of its form that record #%lld was filed under is not there."),
		           (long long)query_read_int(&query));
	*done = true;
	return query_close(&query);
}

/* 1, 2, 3 ... up to the last one allotted. */
static bool sequences(struct part *part, struct err *err)
{
	struct query query = query_open(part->db,
		"SELECT s.name, s.scope, s.last, count(a.n), coalesce(max(a.n), 0) FROM sequence s"
		" LEFT JOIN allotment a ON a.name = s.name AND a.scope = s.scope GROUP BY s.name, s.scope"
		" HAVING count(a.n) <> s.last OR coalesce(max(a.n), 0) <> s.last", err);

	while (query_row(&query)) {
		char name[64], scope[16];

		query_read_into(&query, name, sizeof(name));
		query_read_into(&query, scope, sizeof(scope));
		const int64_t last = query_read_int(&query), count = query_read_int(&query), most = query_read_int(&query);
		part_finds(part, _("The numbers %s %s are not consecutive: the last is %lld, %lld are held, up to %lld."),
		           name, scope, (long long)last, (long long)count, (long long)most);
	}
	return query_close(&query);
}

static bool holders(struct part *part, const char *sql, const char *format, struct err *err)
{
	struct query query = query_open(part->db, sql, err);

	while (query_row(&query)) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		part_finds(part, format, (long long)query_read_int(&query)); /* both formats are below */
#pragma GCC diagnostic pop
	}
	return query_close(&query);
}

bool part_numbers(struct part *part, bool *done, struct err *err)
{
	*done = true;
	return sequences(part, err) &&
	       holders(part, "SELECT DISTINCT r.id FROM allotment a JOIN record r ON r.id = a.record"
	                     " WHERE r.number IS NULL AND r.filing_number IS NULL AND r.code IS NULL LIMIT 20",
	               _("Record #%lld was given a number and has none."), err) &&
	       holders(part, "SELECT r.id FROM record r WHERE r.number IS NOT NULL AND NOT EXISTS"
	                     " (SELECT 1 FROM allotment a WHERE a.record = r.id) LIMIT 20",
	               _("Record #%lld has a number that was never given to it."), err);
}
