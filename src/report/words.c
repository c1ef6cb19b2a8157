#include "report/words.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static const struct {
	const char *key, *english;
} table[] = {
#define X(name, key, english) { key, english },
	WORDS(X)
#undef X
};

bool word_parse(const char *key, enum word *word)
{
	for (int i = 0; i < WORD_COUNT; i++) {
		if (str_equal(table[i].key, key)) {
			*word = (enum word)i;
			return true;
		}
	}
	return false;
}

const char *word_text(const struct words *own, bool english, enum word word)
{
	return english || own == NULL || own->own[word] == NULL ? table[word].english : own->own[word];
}

/* The value of the name that is LEN bytes at NAME, from pairs of texts; NULL if it is not among them. */
static const char *value_of(const char *name, size_t len, va_list pairs)
{
	const char *found = NULL;
	for (const char *key; found == NULL && (key = va_arg(pairs, const char *)) != NULL;) {
		const char *value = va_arg(pairs, const char *);
		if (strlen(key) == len && memcmp(key, name, len) == 0)
			found = value == NULL ? "" : value;
	}
	return found;
}

char *word_fill(const char *text, ...)
{
	struct str out = STR_INIT;
	for (const char *at = text; *at != '\0';) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		const char *value = NULL;
		if (end != NULL) {
			va_list pairs;
			va_start(pairs, text);
			value = value_of(at + 1, (size_t)(end - at) - 1, pairs);
			va_end(pairs);
		}
		if (value != NULL) {
			str_add(&out, value);
			at = end + 1;
		} else {
			str_add_char(&out, *at++);
		}
	}
	return str_take(&out);
}

void words_release(struct words *words)
{
	for (int i = 0; i < WORD_COUNT; i++)
		free(words->own[i]);
	*words = (struct words){ { NULL } };
}
