/* Texts of data/demo.cfg: alternatives, names in braces, times and ranges. */
#include "app/demo_parts.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

int demo_minutes(const json_t *text)
{
	int hours, minutes;
	const char *words = json_string_value(text);
	if (!words || sscanf(words, "%2d:%2d", &hours, &minutes) != 2)
		return -1;
	return hours * 60 + minutes;
}

/* --- names in braces --- */

static const char *name_of(const struct demo_person *person)
{
	return person ? person->actor.person : "";
}

static const char *word_for(struct demo *demo, const struct thing *thing, const char *word, size_t len)
{
	const struct demo_person *head = demo_head_of(demo, thing->department);
	const struct {
		const char *word, *text;
	} words[] = {
		{ "dept", thing->department },
		{ "author", name_of(thing->author) },
		{ "clerk", name_of(thing->clerk) },
		{ "dept_head", name_of(head) },
		{ "dept_head_phone", head ? head->phone : "" },
		{ "asset", json_text(thing->asset, "number") },
		{ "asset_name", json_text(thing->asset, "name") },
		{ "place", json_text(thing->asset, "place") },
		{ "number", thing->number ? thing->number : "" },
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i].word) == len && strncmp(words[i].word, word, len) == 0)
			return words[i].text;
	}
	return NULL;
}

static const char *role_word(struct demo *demo, const struct thing *thing, const char *word, size_t len)
{
	static const struct {
		const char *word;
		unsigned role;
	} roles[] = { { "ic_head", ROLE_IC_HEAD }, { "leader", ROLE_LEADER }, { "other_clerk", ROLE_IC_CLERK } };
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (strlen(roles[i].word) == len && strncmp(roles[i].word, word, len) == 0)
			return name_of(demo_person_with(demo, roles[i].role, NULL, thing->clerk));
	}
	return NULL;
}

/* --- numbers: ~5-30, ~21.5-24.0 --- */

/* Reads "LOW-HIGH" at TEXT; *DECIMALS from how LOW is written. Its length in bytes, 0 if it is none. */
static size_t parse_range(const char *text, double *low, double *high, int *decimals)
{
	char *end = NULL, *last = NULL;
	if (*text < '0' || *text > '9')
		return 0;
	*low = strtod(text, &end);
	if (*end != '-' || end[1] < '0' || end[1] > '9')
		return 0;
	const char *point = memchr(text, '.', (size_t)(end - text));
	*decimals = point ? (int)(end - point) - 1 : 0;
	*high = strtod(end + 1, &last);
	return (size_t)(last - text);
}

static size_t add_range(struct demo *demo, struct str *out, const char *text)
{
	double low, high;
	int decimals;
	size_t len = parse_range(text, &low, &high, &decimals);
	if (len > 0 && decimals == 0)
		str_addf(out, "%lld", (long long)demo_random_between(&demo->random, (int64_t)low, (int64_t)high));
	else if (len > 0)
		str_addf(out, "%.*f", decimals, low + (high - low) * demo_random_unit(&demo->random));
	return len;
}

/* --- times: @start @now+5 @today+30 --- */

static char *time_text(const struct thing *thing, const char *text)
{
	static const struct {
		const char *word;
		bool is_day, is_start;
	} words[] = { { "@start", false, true }, { "@now", false, false }, { "@today", true, false } };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i].word);
		char *end = NULL;
		if (strncmp(text, words[i].word, len) != 0)
			continue;
		long offset = text[len] ? strtol(text + len, &end, 10) : 0;
		if (end && *end)
			return NULL;
		int64_t base = words[i].is_start ? thing->start_utc : thing->due_utc;
		char buffer[CLOCK_LOCAL_SIZE], day[CLOCK_DAY_SIZE];
		if (words[i].is_day)
			return mem_text(clock_day(base + (int64_t)offset * 86400, day));
		return mem_text(clock_local(base + (int64_t)offset * 60, buffer));
	}
	return NULL;
}

/* --- a whole text --- */

/* One of "a||b||c". Caller frees. */
static char *choose(struct demo *demo, const char *text)
{
	int64_t count = 1;
	for (const char *at = strstr(text, "||"); at; at = strstr(at + 2, "||"))
		count++;
	int64_t wanted = count > 1 ? demo_random_between(&demo->random, 0, count - 1) : 0;
	while (wanted-- > 0)
		text = strstr(text, "||") + 2;
	const char *end = strstr(text, "||");
	return mem_text_len(text, end ? (size_t)(end - text) : strlen(text));
}

static size_t add_name(struct demo *demo, const struct thing *thing, struct str *out, const char *text)
{
	const char *end = strchr(text, '}');
	if (!end)
		return 0;
	size_t len = (size_t)(end - text) - 1;
	const char *word = word_for(demo, thing, text + 1, len);
	if (!word)
		word = role_word(demo, thing, text + 1, len);
	if (!word)
		return 0;
	str_add(out, word);
	return len + 2;
}

static char *expand(struct demo *demo, const struct thing *thing, const char *text)
{
	struct str out = STR_INIT;
	while (*text) {
		size_t len = 0;
		if (*text == '{')
			len = add_name(demo, thing, &out, text);
		else if (*text == '~')
			len = add_range(demo, &out, text + 1) + 1;
		if (len == 0 || (*text == '~' && len == 1)) {
			str_add_char(&out, *text);
			len = 1;
		}
		text += len;
	}
	return str_take(&out);
}

static json_t *value_of_text(struct demo *demo, const struct thing *thing, const char *text)
{
	char *chosen = choose(demo, text);
	char *whole = time_text(thing, chosen);
	if (!whole)
		whole = expand(demo, thing, chosen);
	json_t *value = json_string(whole);
	free(whole);
	free(chosen);
	return value;
}

json_t *demo_value(struct demo *demo, const struct thing *thing, const json_t *value)
{
	const char *key;
	size_t i;
	json_t *part, *copy;
	if (json_is_string(value))
		return value_of_text(demo, thing, json_string_value(value));
	if (json_is_array(value)) {
		copy = json_array();
		json_array_foreach((json_t *)(uintptr_t)value, i, part)
			json_array_append_new(copy, demo_value(demo, thing, part));
		return copy;
	}
	if (json_is_object(value)) {
		copy = json_object();
		json_object_foreach((json_t *)(uintptr_t)value, key, part)
			json_object_set_new(copy, key, demo_value(demo, thing, part));
		return copy;
	}
	return json_deep_copy(value);
}
