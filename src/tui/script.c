/* script: see script.h. */
#include "tui/script.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tui/term.h"

enum { LINE_MOST = 1 << 20, MS = 1000 };

struct script {
	char *name, *text;
	char **lines;
	size_t line_count, line; /* LINE: the next one to be run */
	const char *keys;        /* what is left of the line of keys that is being typed; NULL: none */
	char *part;              /* the text of the key that was given last */
	int64_t now_ms;
	bool failed;
	struct err err;
};


static bool fail(struct script *script, const char *text)
{
	script->failed = true;
	return err_set(&script->err, ERR_REFUSED, "%s:%zu: %s", script->name, script->line, text);
}

static bool save_screen(struct script *script, struct loop *loop, const char *path, struct key *key)
{
	char *screen;
	struct err err;
	bool good = true;

	(void)key;
	loop_show(loop);
	screen = term_screen_text();
	if (str_equal(path, "-"))
		good = fputs(screen, stdout) >= 0 || fail(script, _("The screen could not be written."));
	else if (!path_write(path, screen, strlen(screen), 0644, &err))
		good = fail(script, err.text);
	free(screen);
	return good;
}

static bool expect(struct script *script, struct loop *loop, const char *text, struct key *key)
{
	char *screen, *message;
	bool seen;

	(void)key;
	loop_show(loop);
	screen = term_screen_text();
	seen = strstr(screen, text) != NULL;
	if (!seen) {
		message = str_format(_("\"%s\" is not on the screen:\n%s"), text, screen);
		(void)fail(script, message);
		free(message);
	}
	free(screen);
	return seen;
}

/* TEXT with \n as line breaks, owned by the script until the next key. */
static const char *unescaped(struct script *script, const char *text)
{
	struct str out = STR_INIT;

	for (; *text != '\0'; text++) {
		const bool line_break = text[0] == '\\' && text[1] == 'n';
		str_add_char(&out, line_break ? '\n' : *text);
		text += line_break ? 1 : 0;
	}
	free(script->part);
	script->part = str_take(&out);
	return script->part;
}

static bool paste(struct script *script, struct loop *loop, const char *text, struct key *key)
{
	(void)loop;
	*key = (struct key){ .kind = KEY_PASTED, .text = unescaped(script, text) };
	key->len = strlen(key->text);
	return true;
}

static bool read_number(const char **text, int *number)
{
	char *end;
	long value = strtol(*text, &end, 10);

	if (end == *text || value < 0 || value > INT_MAX)
		return false;
	*number = (int)value;
	*text = end;
	return true;
}

static bool tick(struct script *script, struct loop *loop, const char *argument, struct key *key)
{
	int seconds;

	(void)key;
	if (!read_number(&argument, &seconds))
		return fail(script, _("A number of seconds is missing."));
	for (int i = 0; i < seconds; i++) {
		script->now_ms += MS;
		loop_tick(loop);
	}
	return true;
}

static bool resize(struct script *script, struct loop *loop, const char *argument, struct key *key)
{
	int rows, cols;

	(void)key, (void)loop;
	if (!read_number(&argument, &rows) || !read_number(&argument, &cols) || rows < 1 || cols < 1)
		return fail(script, _("Rows and columns are missing."));
	term_resize(rows, cols);
	term_post_events(TERM_CONTINUED);
	return true;
}

static const struct command {
	const char *name;
	bool (*run)(struct script *script, struct loop *loop, const char *argument, struct key *key);
} commands[] = {
	{ ":save-screen", save_screen }, { ":expect", expect }, { ":paste", paste }, { ":tick", tick }, { ":resize", resize },
};

static const struct command *command_of(const char *line, const char **argument)
{
	const size_t len = strcspn(line, " ");

	*argument = line + len + strspn(line + len, " ");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strlen(commands[i].name) == len && strncmp(commands[i].name, line, len) == 0)
			return &commands[i];
	}
	return NULL;
}

/* The key at KEYS into KEY; *NEXT is behind it. False if there is no such key. */
static bool read_key(struct script *script, const char *keys, const char **next, struct key *key)
{
	const char *end = strchr(keys, '>');
	size_t len = strcspn(keys, "<");

	if (len > 0 || strncmp(keys, "<lt>", 4) == 0) { /* a burst of text */
		*next = keys + (len > 0 ? len : 4);
		free(script->part);
		script->part = len > 0 ? mem_text_len(keys, len) : mem_text("<");
		*key = (struct key){ .kind = KEY_TEXT, .text = script->part, .len = strlen(script->part) };
		return true;
	}
	if (end == NULL)
		return false;
	*key = (struct key){ .kind = KEY_NAMED };
	*next = end + 1;
	return key_parse(keys + 1, (size_t)(end - keys - 1), &key->code, &key->mods) && (key->code >= K_ENTER || key->mods != 0);
}

/* Everything that can be known to be wrong before it runs. */
static bool check(struct script *script, struct err *err)
{
	for (size_t i = 0; i < script->line_count; i++) {
		const char *at = script->lines[i], *argument;
		struct key key;

		if (at[0] == '#')
			continue;
		if (at[0] == ':' && command_of(at, &argument) == NULL)
			return err_set(err, ERR_REFUSED, _("%s:%zu: there is no command %s."), script->name, i + 1, at);
		while (at[0] != ':' && *at != '\0') {
			if (!read_key(script, at, &at, &key))
				return err_set(err, ERR_REFUSED, _("%s:%zu: there is no key %s."), script->name, i + 1, at);
		}
	}
	return true;
}

static void split(struct script *script)
{
	char *at = script->text;

	while (*at != '\0') {
		char *end = at + strcspn(at, "\n");
		script->lines = mem_resize(script->lines, script->line_count + 1, sizeof *script->lines);
		script->lines[script->line_count++] = at;
		at = *end == '\0' ? end : end + 1;
		*end = '\0';
		if (end > script->text && end[-1] == '\r')
			end[-1] = '\0';
	}
}

struct script *script_new(const char *name, const char *text, struct err *err)
{
	struct script *script = mem_new(struct script);

	script->name = mem_text(name);
	script->text = mem_text(text);
	if (!utf8_is_valid(text, strlen(text), NULL)) {
		(void)err_set(err, ERR_REFUSED, _("%s is not UTF-8."), name);
		script_free(&script);
		return NULL;
	}
	split(script);
	if (!check(script, err))
		script_free(&script);
	return script;
}

void script_free(struct script **script)
{
	if (*script == NULL)
		return;
	free((*script)->name);
	free((*script)->text);
	free((*script)->lines);
	free((*script)->part);
	free(*script);
	*script = NULL;
}

/* Runs lines until one gives a key; false at the end, or at the first failure. */
static bool next_key(void *source, struct loop *loop, struct key *key)
{
	struct script *script = source;
	const char *argument;

	*key = (struct key){ .kind = KEY_NONE };
	while (key->kind == KEY_NONE) {
		if (script->keys != NULL && *script->keys != '\0')
			return read_key(script, script->keys, &script->keys, key);
		if (script->line == script->line_count)
			return false;
		script->keys = script->lines[script->line++];
		if (script->keys[0] == '#' || script->keys[0] == ':') {
			const struct command *command = command_of(script->keys, &argument);
			script->keys = NULL;
			/* KEY_NONE too: the loop takes up what the command has posted. */
			return command == NULL || command->run(script, loop, argument, key);
		}
	}
	return true;
}

static int64_t now_ms(void *clock)
{
	return ((struct script *)clock)->now_ms;
}

void script_drive(struct script *script, struct loop_options *options)
{
	options->next_key = next_key;
	options->source = script;
	options->now_ms = now_ms;
	options->clock = script;
}

bool script_result(const struct script *script, struct err *err)
{
	if (script->failed && err != NULL)
		*err = script->err;
	return !script->failed;
}
