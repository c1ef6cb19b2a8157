#include "report/running.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

enum { MOST_CHARS = 255, CHAIN_CHARS = 16 };

/* Literal text: in these codes "&" begins a code. */
static void add_literal(struct str *out, const char *text)
{
	for (; text != NULL && *text != '\0'; text++) {
		str_add_char(out, *text);
		if (*text == '&')
			str_add_char(out, '&');
	}
}

static void add_size(const struct print *print, struct str *out, enum word font, int size)
{
	str_addf(out, "&\"%s\"&%d ", word_text(print->words, false, font), size);
}

/* One more part of a line of the footer. */
static void add_part(struct str *out, size_t line_start, char *part_take)
{
	if (part_take[0] != '\0') {
		str_add(out, out->len > line_start ? "  " : "");
		add_literal(out, part_take);
	}
	free(part_take);
}

static char *header_of(const struct print *print, const struct running *running)
{
	struct str out = STR_INIT;
	char number[16];

	if (print->page->training) {
		str_add(&out, "&L");
		add_size(print, &out, WORD_FONT_HEAD, 14);
		add_literal(&out, print_word(print, WORD_TRAINING));
	}
	if (running->is_void || running->not_decided) {
		str_add(&out, "&C");
		add_size(print, &out, WORD_FONT_HEAD, 12);
		add_literal(&out, print_word(print, running->is_void ? WORD_VOID : WORD_NOT_DECIDED));
	}
	if (running->copy > 0) {
		snprintf(number, sizeof(number), "%d", running->copy);
		char *copy = word_fill(print_word(print, WORD_COPY), "n", number, NULL);
		str_add(&out, "&R");
		add_size(print, &out, WORD_FONT_SONG, 9);
		add_literal(&out, copy);
		free(copy);
	}
	return str_take(&out);
}

static void add_identity(const struct print *print, struct str *out, const struct running *running)
{
	const size_t start = out->len;
	char *time = print_time(print, print->page->printed_utc);

	add_part(out, start, mem_text(running->code == NULL ? "" : running->code));
	if (!str_is_empty(running->check_code))
		add_part(out, start, word_fill(print_word(print, WORD_CHECK), "code", running->check_code, NULL));
	if (!str_is_empty(running->chain_head)) {
		const size_t len = strlen(running->chain_head);
		char *head = mem_text_len(running->chain_head, len < CHAIN_CHARS ? len : CHAIN_CHARS);
		add_part(out, start, word_fill(print_word(print, WORD_CHAIN), "head", head, NULL));
		free(head);
	}
	if (!str_is_empty(print->page->printed_by))
		add_part(out, start,
		         word_fill(print_word(print, WORD_PRINTED), "person", print->page->printed_by, "time", time, NULL));
	free(time);
}

static char *footer_of(const struct print *print, const struct running *running)
{
	struct str out = STR_INIT;
	char pages[16] = "&N";

	if (running->pages > 0)
		snprintf(pages, sizeof(pages), "%d", running->pages);
	str_add(&out, "&C");
	add_size(print, &out, WORD_FONT_SONG, 8);
	add_literal(&out, print_word(print, WORD_BANNER));
	str_add_char(&out, '\n');
	add_identity(print, &out, running);
	str_add_char(&out, '\n');
	char *number = word_fill(print_word(print, WORD_PAGE_OF), "page", "&P", "pages", pages, NULL);
	str_add(&out, number);
	free(number);
	return str_take(&out);
}

bool running_make(const struct print *print, const struct running *running, char **header, char **footer, struct err *err)
{
	*header = header_of(print, running);
	*footer = footer_of(print, running);
	if (utf8_chars(*header) <= MOST_CHARS && utf8_chars(*footer) <= MOST_CHARS)
		return true;
	free(*header);
	free(*footer);
	return err_set(err, ERR_REFUSED,
	               _("The page's header or footer is longer than 255 characters; shorten the words of the layout."));
}
