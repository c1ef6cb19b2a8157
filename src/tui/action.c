/* action: the machinery on the table; see action.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/action.h"

enum { KEYS_MOST = 6 };

struct bound {
	int code;
	unsigned mods;
};

struct entry {
	const struct action *action;
	struct bound keys[KEYS_MOST];
	size_t key_count;
};

struct actions {
	struct entry *entries;
	size_t count;
	const struct action_need *needs;
	size_t need_count;
};

/* Reads "F9 Ctrl-S" into ENTRY. */
static bool bind(struct entry *entry, const char *keys, struct err *err)
{
	entry->key_count = 0;
	while (keys != NULL && *(keys += strspn(keys, " ")) != '\0') {
		const size_t len = strcspn(keys, " ");
		struct bound *key = &entry->keys[entry->key_count];

		if (entry->key_count == KEYS_MOST || !key_parse(keys, len, &key->code, &key->mods))
			return err_set(err, ERR_REFUSED, _("\"%.*s\" is not a key for the action %s."), (int)len, keys,
			               entry->action->name);
		entry->key_count++;
		keys += len;
	}
	return true;
}

struct actions *actions_new(const struct action *table, size_t count, const struct action_need *needs,
                            size_t need_count, struct err *err)
{
	struct actions *actions = mem_new(struct actions);

	actions->entries = mem_zeroed(count + 1, sizeof *actions->entries);
	actions->count = count;
	actions->needs = needs;
	actions->need_count = need_count;
	for (size_t i = 0; i < count; i++) {
		actions->entries[i].action = &table[i];
		if (!bind(&actions->entries[i], table[i].keys, err)) {
			actions_free(&actions);
			return NULL;
		}
	}
	return actions;
}

void actions_free(struct actions **actions)
{
	if (*actions == NULL)
		return;
	free((*actions)->entries);
	free(*actions);
	*actions = NULL;
}

static struct entry *entry_of(const struct actions *actions, int id)
{
	for (size_t i = 0; i < actions->count; i++) {
		if (actions->entries[i].action->id == id)
			return &actions->entries[i];
	}
	return NULL;
}

const struct action *actions_get(const struct actions *actions, int id)
{
	const struct entry *entry = entry_of(actions, id);
	return entry == NULL ? NULL : entry->action;
}

const struct action *actions_named(const struct actions *actions, const char *name)
{
	for (size_t i = 0; i < actions->count; i++) {
		if (str_equal(actions->entries[i].action->name, name))
			return actions->entries[i].action;
	}
	return NULL;
}

bool actions_bind(struct actions *actions, const char *name, const char *keys, struct err *err)
{
	const struct action *action = actions_named(actions, name);
	struct entry fresh = { .action = action }, *entry = action == NULL ? NULL : entry_of(actions, action->id);

	if (entry == NULL)
		return err_set(err, ERR_REFUSED, _("There is no action \"%s\"."), name);
	if (!bind(&fresh, keys, err))
		return false;
	*entry = fresh;
	return true;
}

/* The code and mods under which KEY would be bound; false for what cannot be bound. */
static bool bound_key(const struct key *key, bool takes_text, struct bound *bound)
{
	size_t step;

	if (key->kind == KEY_NAMED) {
		*bound = (struct bound){ key->code, key->mods };
		return true;
	}
	if (key->kind != KEY_TEXT || takes_text || key->len == 0)
		return false;
	*bound = (struct bound){ (int)utf8_decode(key->text, &step), 0 };
	return step == key->len;
}

static bool has_key(const struct entry *entry, struct bound key)
{
	for (size_t i = 0; entry != NULL && i < entry->key_count; i++) {
		if (entry->keys[i].code == key.code && entry->keys[i].mods == key.mods)
			return true;
	}
	return false;
}

int actions_find(const struct actions *actions, const int *ids, const int *global, const struct key *key,
                 bool takes_text)
{
	const int *const maps[] = { ids, global };
	struct bound bound;

	if (!bound_key(key, takes_text, &bound))
		return 0;
	for (size_t m = 0; m < 2; m++) {
		for (const int *id = maps[m]; id != NULL && *id != 0; id++) {
			if (has_key(entry_of(actions, *id), bound))
				return *id;
		}
	}
	return 0;
}

const char *actions_why_not(const struct actions *actions, int id, unsigned holds)
{
	const struct action *action = actions_get(actions, id);
	const unsigned missing = action == NULL ? 0 : action->needs & ~holds;

	for (size_t i = 0; i < actions->need_count && missing != 0; i++) {
		if ((missing & actions->needs[i].bit) != 0)
			return _(actions->needs[i].why);
	}
	return missing == 0 ? NULL : _("This is not possible here.");
}

char *actions_key(const struct actions *actions, int id, char buffer[KEY_NAME_SIZE])
{
	const struct entry *entry = entry_of(actions, id);

	buffer[0] = '\0';
	if (entry != NULL && entry->key_count > 0)
		key_label(entry->keys[0].code, entry->keys[0].mods, buffer);
	return buffer;
}

static void add_keys(const struct entry *entry, const char *between, struct str *out)
{
	char name[KEY_NAME_SIZE];

	for (size_t i = 0; i < entry->key_count; i++) {
		str_add(out, i > 0 ? between : "");
		str_add(out, key_label(entry->keys[i].code, entry->keys[i].mods, name));
	}
}

static void help_line(const struct entry *entry, struct str *out)
{
	enum { KEYS_COLS = 14 };
	size_t start = out->len;

	if (entry == NULL || entry->key_count == 0 || entry->action->help == NULL)
		return;
	str_add(out, "  ");
	add_keys(entry, ", ", out);
	str_add_repeat(out, " ", KEYS_COLS - utf8_width(str_text(out) + start));
	str_add(out, "  ");
	if (entry->action->label != NULL)
		str_addf(out, "%s: ", _(entry->action->label));
	str_addf(out, "%s\n", _(entry->action->help));
}

void actions_help(const struct actions *actions, const int *ids, const int *global, struct str *out)
{
	for (; ids != NULL && *ids != 0; ids++)
		help_line(entry_of(actions, *ids), out);
	for (; global != NULL && *global != 0; global++)
		help_line(entry_of(actions, *global), out);
}

void actions_manual(const struct actions *actions, struct str *out)
{
	for (size_t i = 0; i < actions->count; i++) {
		const struct entry *entry = &actions->entries[i];
		str_add(out, ".TP\n.B ");
		add_keys(entry, ", ", out);
		str_addf(out, " (%s)\n%s\n", entry->action->name, entry->action->help == NULL ? "" : _(entry->action->help));
	}
}
