#include "cli/command.h"

#include "cli/commands.h"

static const struct command *const commands[] = {
#define X(name) &command_##name,
	COMMANDS(X)
#undef X
		NULL,
};

const struct command *command_at(size_t index)
{
	return index < sizeof(commands) / sizeof(commands[0]) ? commands[index] : NULL;
}

/* How many of ARGV's words NAME takes up, 0 if it is not what they begin with. */
static int words_matched(const char *name, int argc, char **argv)
{
	int word = 0;
	for (const char *at = name; word < argc; word++) {
		size_t len = strcspn(at, " ");
		if (strlen(argv[word]) != len || strncmp(argv[word], at, len) != 0)
			return 0;
		if (!at[len])
			return word + 1;
		at += len + 1;
	}
	return 0;
}

const struct command *command_find(int argc, char **argv, int *used)
{
	const struct command *best = NULL;
	*used = 0;
	for (size_t i = 0; commands[i]; i++) {
		int matched = words_matched(commands[i]->name, argc, argv);
		if (matched > *used) {
			best = commands[i];
			*used = matched;
		}
	}
	return best;
}
