#include "cli/options.h"

#include <errno.h>

#include "base/text.h"

static const struct cli_option *find(const struct cli_option *table, const char *word, const char **inlined)
{
	*inlined = NULL;
	for (; table->name; table++) {
		size_t len = strlen(table->name);
		if (strcmp(word, table->name) == 0)
			return table;
		if (len > 2 && strncmp(word, table->name, len) == 0 && word[len] == '=') {
			*inlined = word + len + 1;
			return table;
		}
	}
	return NULL;
}

static bool take_int(const char *name, const char *text, long *value, struct err *err)
{
	char *end = NULL;
	errno = 0;
	long number = strtol(text, &end, 10);
	if (errno || end == text || *end || number < 0)
		return err_set(err, ERR_USAGE, _("%s wants a number, not \"%s\"."), name, text);
	*value = number;
	return true;
}

static bool store(const struct cli_option *option, const char *text, struct err *err)
{
	switch (option->kind) {
	case OPTION_FLAG:
		*(bool *)option->value = true;
		return true;
	case OPTION_TEXT:
		*(const char **)option->value = text;
		return true;
	case OPTION_INT:
		return take_int(option->name, text, option->value, err);
	case OPTION_MANY:
		break;
	}
	struct cli_words *words = option->value;
	if (words->count == OPTION_MANY_MOST)
		return err_set(err, ERR_USAGE, _("%s stands here too often: at most %d times."), option->name,
		               OPTION_MANY_MOST);
	words->items[words->count++] = text;
	return true;
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0';
}

static bool take(const struct cli_option *table, bool leading_only, int *argc, char **argv, struct err *err)
{
	int kept = 0, at = 0;
	for (; at < *argc; at++) {
		if (strcmp(argv[at], "--") == 0) {
			at++;
			break;
		}
		if (!is_option(argv[at])) {
			if (leading_only)
				break;
			argv[kept++] = argv[at];
			continue;
		}
		const char *text = NULL;
		const struct cli_option *option = find(table, argv[at], &text);
		if (!option)
			return err_set(err, ERR_USAGE, _("There is no option %s here. --help tells which there are."),
			               argv[at]);
		if (option->kind == OPTION_FLAG && text)
			return err_set(err, ERR_USAGE, _("%s takes no value."), option->name);
		if (option->kind != OPTION_FLAG && !text) {
			if (at + 1 >= *argc)
				return err_set(err, ERR_USAGE, _("%s wants a value after it."), option->name);
			text = argv[++at];
		}
		if (!store(option, text, err))
			return false;
	}
	while (at < *argc)
		argv[kept++] = argv[at++];
	*argc = kept;
	return true;
}

bool options_take(const struct cli_option *table, int *argc, char **argv, struct err *err)
{
	return take(table, false, argc, argv, err);
}

bool options_take_leading(const struct cli_option *table, int *argc, char **argv, struct err *err)
{
	return take(table, true, argc, argv, err);
}
