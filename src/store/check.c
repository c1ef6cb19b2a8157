#include "store/check.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "store/check_parts.h"
#include "store/db_parts.h"

enum { FINDINGS_MOST = 20 }; /* of one part: a broken store would fill the screen */

static const struct {
	const char *name;
	bool (*step)(struct part *part, bool *done, struct err *err);
	bool when_quick;
	int schema; /* from which on the part's tables are there */
} parts[] = {
	[STORE_CHECK_INTEGRITY] = { "integrity", part_integrity, true, 1 },
	[STORE_CHECK_REFERENCES] = { "references", part_references, true, 1 },
	[STORE_CHECK_JOURNAL] = { "journal", part_journal, true, 3 },
	[STORE_CHECK_PRINTS] = { "prints", part_prints, true, 3 },
	[STORE_CHECK_RECORDS] = { "records", part_records, true, 3 },
	[STORE_CHECK_FORMS] = { "forms", part_forms, true, 2 },
	[STORE_CHECK_NUMBERS] = { "numbers", part_numbers, true, 2 },
	[STORE_CHECK_ATTACHMENTS] = { "attachments", part_attachments, false, 2 },
	[STORE_CHECK_SEARCH] = { "search", part_search, false, 4 },
};

struct store_check {
	struct db *db;
	struct part at;
	int schema;
	struct store_report report;
};

const char *store_check_name(enum store_check_part part)
{
	return parts[part].name;
}

void part_finds(struct part *part, const char *format, ...)
{
	struct store_report *report = part->report;
	struct str text = STR_INIT;
	size_t same = 0;
	va_list args;

	for (size_t i = 0; i < report->count; i++)
		same += report->findings[i].part == part->part;
	if (same >= FINDINGS_MOST)
		return;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	report->findings = mem_resize(report->findings, report->count + 1, sizeof(report->findings[0]));
	report->findings[report->count++] = (struct store_finding){ part->part, str_take(&text) };
}

/* On a connection of its own: its snapshot does not keep the session from writing. */
struct store_check *check_take(struct db **db, bool quick, struct err *err)
{
	struct store_check *check = mem_new(struct store_check);

	check->db = *db;
	*db = NULL;
	check->schema = db_schema(check->db);
	check->at = (struct part){ .db = check->db, .report = &check->report, .quick = quick };
	if (db_snapshot_begin(check->db, err))
		return check;
	store_check_free(&check);
	return NULL;
}

struct store_check *store_check_new(struct db *db, bool quick, struct err *err)
{
	struct db *own = db_connect(db_path(db), false, err);

	return own != NULL ? check_take(&own, quick, err) : NULL;
}

static bool is_left_out(const struct store_check *check)
{
	const enum store_check_part part = check->at.part;

	return parts[part].schema > check->schema || (check->at.quick && !parts[part].when_quick);
}

static void next_part(struct store_check *check)
{
	do
		check->at.part++;
	while (check->at.part < STORE_CHECK_COUNT && is_left_out(check));
	check->at.cursor = 0;
	journal_walk_free(&check->at.walk);
}

bool store_check_step(struct store_check *check, bool *done, struct err *err)
{
	struct err here = { .code = ERR_NONE };
	bool part_done = false;

	*done = check->at.part >= STORE_CHECK_COUNT;
	if (*done)
		return true;
	if (!parts[check->at.part].step(&check->at, &part_done, &here)) {
		/* Damage is what we look for; anything else keeps us from looking. */
		if (here.code != ERR_DAMAGED) {
			if (err != NULL)
				*err = here;
			return false;
		}
		part_finds(&check->at, "%s", here.text);
		part_done = true;
	}
	if (part_done)
		next_part(check);
	*done = check->at.part >= STORE_CHECK_COUNT;
	return true;
}

enum store_check_part store_check_part(const struct store_check *check)
{
	return check->at.part < STORE_CHECK_COUNT ? check->at.part : STORE_CHECK_COUNT - 1;
}

const struct store_report *store_check_report(const struct store_check *check)
{
	return &check->report;
}

void store_check_free(struct store_check **check)
{
	if (*check == NULL)
		return;
	journal_walk_free(&(*check)->at.walk);
	for (size_t i = 0; i < (*check)->report.count; i++)
		free((*check)->report.findings[i].text);
	free((*check)->report.findings);
	db_close(&(*check)->db);
	free(*check);
	*check = NULL;
}
