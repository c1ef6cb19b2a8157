#include "cli/words.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Reads one word at *AT into WORD; false if a quote is left open. */
static bool read_word(const char **at, struct str *word)
{
	char quote = '\0';
	for (; **at && (quote || !is_blank(**at)); (*at)++) {
		char c = **at;
		if (quote && c == quote) {
			quote = '\0';
		} else if (!quote && (c == '\'' || c == '"')) {
			quote = c;
		} else if (c == '\\' && quote != '\'') {
			if (!(*at)[1])
				return false;
			str_add_char(word, *++*at);
		} else {
			str_add_char(word, c);
		}
	}
	return quote == '\0';
}

bool words_split(const char *line, char ***words, int *count, struct err *err)
{
	*words = mem_zeroed(1, sizeof(char *));
	*count = 0;
	for (const char *at = line;;) {
		while (is_blank(*at))
			at++;
		if (!*at)
			return true;
		struct str word = STR_INIT;
		if (!read_word(&at, &word)) {
			str_release(&word);
			words_free(words);
			return err_set(err, ERR_USAGE, _("A quotation mark in the command is not closed."));
		}
		*words = mem_resize(*words, (size_t)*count + 2, sizeof(char *));
		(*words)[(*count)++] = str_take(&word);
		(*words)[*count] = NULL;
	}
}

void words_free(char ***words)
{
	if (!*words)
		return;
	for (char **word = *words; *word; word++)
		free(*word);
	free(*words);
	*words = NULL;
}
