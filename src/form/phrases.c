#include "form/phrases.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "form/read.h"
#include "model/parts.h"

enum { MOST_BYTES = 1024 * 1024 };

struct phrase_list {
	char *key;
	char **phrases;
};

struct phrases {
	struct phrase_list *lists;
	size_t count;
};

#define AT(member) offsetof(struct phrase_list, member)

static const struct word list_words[] = {
	{ "key", read_key, AT(key), true },
	{ "phrases", read_texts, AT(phrases), true },
};

static void read_one(struct reader *reader, const config_setting_t *setting, void *at)
{
	read_group(reader, setting, list_words, sizeof(list_words) / sizeof(list_words[0]), at);
}

static void read_lists(struct reader *reader, const config_setting_t *setting, void *at)
{
	struct phrases *phrases = at;

	phrases->lists = read_list(reader, setting, sizeof(struct phrase_list), &phrases->count, read_one);
	for (size_t i = 0; i < phrases->count; i++)
		for (size_t j = 0; j < i; j++)
			if (str_equal(phrases->lists[i].key, phrases->lists[j].key))
				read_mistake(reader, config_setting_get_elem(setting, (unsigned)i),
				             _("the list \"%s\" is there twice"), phrases->lists[i].key);
}

static const struct word file_words[] = { { "lists", read_lists, 0, true } };

struct phrases *phrases_load(const char *path, struct mistakes *mistakes)
{
	struct reader reader = { .mistakes = mistakes, .file = path };
	struct phrases *phrases = mem_new(struct phrases);
	const size_t before = mistakes->count;
	struct err err = { .code = ERR_NONE };
	size_t len = 0;
	char *text = path_read(path, MOST_BYTES, &len, &err);
	config_t config;

	config_init(&config);
	if (text == NULL)
		mistake_add(mistakes, path, 0, "%s", err.text);
	else if (read_parse(&reader, &config, text, len))
		read_group(&reader, config_root_setting(&config), file_words, 1, phrases);
	config_destroy(&config);
	free(text);
	if (mistakes->count > before)
		phrases_free(&phrases);
	return phrases;
}

void phrases_free(struct phrases **phrases)
{
	struct phrases *p = *phrases;

	if (p == NULL)
		return;
	for (size_t i = 0; i < p->count; i++) {
		free(p->lists[i].key);
		texts_free(p->lists[i].phrases);
	}
	free(p->lists);
	free(p);
	*phrases = NULL;
}

char *const *phrases_list(const struct phrases *phrases, const char *key)
{
	for (size_t i = 0; phrases != NULL && i < phrases->count; i++)
		if (str_equal(phrases->lists[i].key, key))
			return phrases->lists[i].phrases;
	return NULL;
}
