#include "model/number.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

/* What a sequence is counted by, from coarse to fine. */
enum scope { SCOPE_YEAR, SCOPE_MONTH, SCOPE_DAY };

/* A part in braces: which bytes of "2026-11-22" it writes, or the digits of the sequence. */
static const struct part {
	const char *name;
	enum scope scope;
	int digits; /* of the sequence; 0: part of the date */
} parts[] = {
	{ "yyyy", SCOPE_YEAR, 0 },   { "mm", SCOPE_MONTH, 0 },   { "dd", SCOPE_DAY, 0 },
	{ "yyyymmdd", SCOPE_DAY, 0 }, { "n", SCOPE_YEAR, 1 },     { "nn", SCOPE_YEAR, 2 },
	{ "nnn", SCOPE_YEAR, 3 },    { "nnnn", SCOPE_YEAR, 4 },
};

/* The part that the brace at AT opens; *AFTER is behind its closing brace. NULL if it is none. */
static const struct part *part_at(const char *at, const char **after)
{
	const char *close = strchr(at, '}');

	for (size_t i = 0; close != NULL && i < sizeof(parts) / sizeof(parts[0]); i++) {
		const size_t len = strlen(parts[i].name);

		if ((size_t)(close - at - 1) != len || strncmp(at + 1, parts[i].name, len) != 0)
			continue;
		*after = close + 1;
		return &parts[i];
	}
	return NULL;
}

const char *number_pattern_fault(const char *pattern)
{
	int sequences = 0;

	for (const char *at = pattern; *at != '\0';) {
		const struct part *part;

		if (*at == '}')
			return N_("a closing brace has no opening one");
		if (*at != '{') {
			at++;
			continue;
		}
		part = part_at(at, &at);
		if (part == NULL)
			return N_("a part in braces is none of {yyyy} {mm} {dd} {yyyymmdd} {n} {nn} {nnn} {nnnn}");
		sequences += part->digits > 0;
	}
	if (sequences != 1)
		return N_("there must be exactly one of {n} {nn} {nnn} {nnnn}");
	return strstr(pattern, "{yyyy") == NULL ? N_("the year {yyyy} is missing, numbers would repeat") : NULL;
}

static enum scope scope_of(const char *pattern)
{
	enum scope finest = SCOPE_YEAR;

	for (const char *at = strchr(pattern, '{'); at != NULL; at = strchr(at, '{')) {
		const struct part *part = part_at(at, &at);

		if (part == NULL)
			break;
		if (part->scope > finest)
			finest = part->scope;
	}
	return finest;
}

char *number_scope(const char *pattern, int64_t now_utc)
{
	static const size_t lengths[] = { [SCOPE_YEAR] = 4, [SCOPE_MONTH] = 7, [SCOPE_DAY] = 10 };
	char day[CLOCK_DAY_SIZE];

	return mem_text_len(clock_day(now_utc, day), lengths[scope_of(pattern)]);
}

static void add_part(struct str *out, const struct part *part, const char *day, int64_t n)
{
	if (part->digits > 0)
		str_addf(out, "%0*lld", part->digits, (long long)n);
	else if (strcmp(part->name, "yyyymmdd") == 0)
		str_addf(out, "%.4s%.2s%.2s", day, day + 5, day + 8);
	else if (strcmp(part->name, "yyyy") == 0)
		str_addf(out, "%.4s", day);
	else
		str_addf(out, "%.2s", strcmp(part->name, "mm") == 0 ? day + 5 : day + 8);
}

char *number_format(const char *pattern, int64_t now_utc, int64_t n)
{
	struct str out = STR_INIT;
	char day[CLOCK_DAY_SIZE];

	clock_day(now_utc, day);
	for (const char *at = pattern; *at != '\0';) {
		const struct part *part = *at == '{' ? part_at(at, &at) : NULL;

		if (part != NULL)
			add_part(&out, part, day, n);
		else
			str_add_char(&out, *at++);
	}
	return str_take(&out);
}
