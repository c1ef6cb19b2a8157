#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "report/lookup.h"

static const char *const filter_names[] = {
#define X(name, text) text,
	FILTERS(X)
#undef X
};

static bool filter_parse(const char *name, enum filter *filter)
{
	for (int i = 1; i < FILTER_COUNT_OF; i++) {
		if (str_equal(filter_names[i], name)) {
			*filter = (enum filter)i;
			return true;
		}
	}
	return false;
}

/* One {...}: from the brace at TEXT; KEY without its filter. *END is behind the closing brace. */
struct slot {
	char key[512];
	enum filter filter;
	bool expression;
	const char *end;
};

static const char *slot_parse(const char *text, struct slot *slot)
{
	const char *close = strchr(text, '}');

	if (close == NULL)
		return N_("an opening brace { has no closing one");
	slot->expression = text[1] == '=';
	const char *from = text + 1 + slot->expression;
	const size_t len = (size_t)(close - from);
	if (len == 0)
		return N_("there is nothing between { and }");
	if (len >= sizeof(slot->key))
		return N_("what stands between { and } is too long");
	memcpy(slot->key, from, len);
	slot->key[len] = '\0';
	slot->filter = FILTER_NONE;
	slot->end = close + 1;
	char *colon = slot->expression ? NULL : strchr(slot->key, ':');
	if (colon == NULL)
		return NULL;
	*colon = '\0';
	return filter_parse(colon + 1, &slot->filter) ? NULL :
	       N_("after the colon in {} stands none of day, month, time, short, digits, count, plain");
}

static char *slot_text(const struct print *print, const struct slot *slot)
{
	if (!slot->expression)
		return lookup_text(print, slot->key, slot->filter);
	char *text = print_evaluate(print, slot->key);
	return text == NULL ? mem_text("") : text;
}

/* Expands one {...} at *AT into OUT; true if it gave something. A fault is left as it stands. */
static bool expand_slot(const struct print *print, struct str *out, const char **at)
{
	struct slot slot;

	if (slot_parse(*at, &slot) != NULL) {
		str_add_char(out, *(*at)++);
		return false;
	}
	char *text = slot_text(print, &slot);
	const bool filled = text[0] != '\0';
	str_add(out, text);
	free(text);
	*at = slot.end;
	return filled;
}

/* Where an optional part has begun: its place in the output, and whether anything of it was filled. */
struct optional {
	bool open, filled;
	size_t start;
};

static void bracket(struct str *out, struct optional *optional, char c)
{
	if (c == '[') {
		*optional = (struct optional){ .open = true, .start = out->len };
	} else {
		if (!optional->filled)
			str_remove(out, optional->start, out->len - optional->start);
		optional->open = false;
	}
}

char *template_expand_filled(const struct print *print, const char *text, bool *filled)
{
	struct str out = STR_INIT;
	struct optional optional = { 0 };

	*filled = false;
	for (const char *at = text; *at != '\0';) {
		if ((*at == '{' || *at == '[') && at[1] == *at) {
			str_add_char(&out, *at);
			at += 2;
		} else if (*at == '{') {
			const bool one = expand_slot(print, &out, &at);
			optional.filled = optional.filled || one;
			*filled = *filled || one;
		} else if (*at == (optional.open ? ']' : '[')) {
			bracket(&out, &optional, *at++);
		} else {
			str_add_char(&out, *at++);
		}
	}
	return str_take(&out);
}

char *template_expand(const struct print *print, const char *text)
{
	bool filled;
	return template_expand_filled(print, text, &filled);
}

const char *template_fault(const char *text)
{
	struct slot slot;
	bool open = false;

	for (const char *at = text; *at != '\0'; at++) {
		if ((*at == '{' || *at == '[') && at[1] == *at) {
			at++;
		} else if (*at == '{') {
			const char *fault = slot_parse(at, &slot);
			if (fault != NULL)
				return fault;
			at = slot.end - 1;
		} else if (*at == (open ? ']' : '[')) {
			open = !open;
		}
	}
	return open ? N_("an opening bracket [ has no closing one") : NULL;
}

void template_keys(const char *text, void (*found)(void *data, const char *key), void *data)
{
	struct slot slot;

	for (const char *at = text; (at = strchr(at, '{')) != NULL;) {
		if (at[1] == '{') {
			at += 2;
			continue;
		}
		if (slot_parse(at, &slot) != NULL)
			return;
		if (!slot.expression)
			found(data, slot.key);
		at = slot.end;
	}
}
