#include "form/names.h"

#include <string.h>

static const char *const facts[FACT_COUNT] = {
#define X(name, text) [FACT_##name] = text,
	FACTS(X)
#undef X
};

bool names_fact_parse(const char *name, enum fact *fact)
{
	for (int i = 0; i < FACT_COUNT; i++) {
		if (strcmp(facts[i], name) != 0)
			continue;
		*fact = (enum fact)i;
		return true;
	}
	return false;
}

bool names_is_fact(const char *name)
{
	enum fact fact;

	return names_fact_parse(name, &fact);
}

size_t names_fact_count(void)
{
	return FACT_COUNT;
}

const char *names_fact(size_t i)
{
	return facts[i];
}

bool names_is_count(const char *key, const char *name, enum count_kind *kind)
{
	static const char *const endings[] = {
		[COUNT_ABNORMAL] = "_abnormal",
		[COUNT_WARN] = "_warn",
		[COUNT_MISSING] = "_missing",
		[COUNT_FINDINGS] = "_findings",
	};
	const size_t len = key == NULL ? 0 : strlen(key);

	if (key == NULL || strncmp(name, key, len) != 0)
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (strcmp(name + len, endings[i]) != 0)
			continue;
		if (kind != NULL)
			*kind = (enum count_kind)i;
		return true;
	}
	return false;
}
