/* The regulation's text, cut into chapters and articles by the shape of its lines. */
#include "app/office_private.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

/* A head reads: ordinal mark, a numeral in words, then one of these. */
enum { MARK_ORDINAL = 0x7b2c, MARK_CHAPTER = 0x7ae0, MARK_ARTICLE = 0x6761, MOST_NUMERAL = 5 };

struct regulation {
	struct article *articles;
	size_t count;
	char **chapters;
	size_t chapter_count;
};

/* MARK_CHAPTER or MARK_ARTICLE if LINE begins with such a head, else 0. */
static uint32_t head_of(const char *line)
{
	size_t len = 0;
	if (!*line || utf8_decode(line, &len) != MARK_ORDINAL)
		return 0;
	line += len;
	for (int i = 0; i < MOST_NUMERAL && *line; i++) {
		uint32_t c = utf8_decode(line, &len);
		if (i > 0 && (c == MARK_CHAPTER || c == MARK_ARTICLE))
			return c;
		line += len;
	}
	return 0;
}

static void add_chapter(struct regulation *regulation, const char *line)
{
	regulation->chapters = mem_resize(regulation->chapters, regulation->chapter_count + 1, sizeof(char *));
	regulation->chapters[regulation->chapter_count++] = mem_text(line);
}

static void add_article(struct regulation *regulation, const char *line)
{
	regulation->articles = mem_resize(regulation->articles, regulation->count + 1, sizeof(struct article));
	struct article *article = &regulation->articles[regulation->count++];
	article->number = (int)regulation->count;
	article->chapter = regulation->chapter_count ? regulation->chapters[regulation->chapter_count - 1] : "";
	article->text = mem_text(line);
}

/* A line that is no head goes on with the article before it. */
static void add_to_last(struct regulation *regulation, const char *line)
{
	struct article *article = &regulation->articles[regulation->count - 1];
	char *whole = str_format("%s\n%s", article->text, line);
	free((char *)(uintptr_t)article->text);
	article->text = whole;
}

static void add_line(struct regulation *regulation, const char *line)
{
	uint32_t head = head_of(line);
	if (head == MARK_CHAPTER)
		add_chapter(regulation, line);
	else if (head == MARK_ARTICLE)
		add_article(regulation, line);
	else if (*line && regulation->count > 0)
		add_to_last(regulation, line);
}

struct regulation *regulation_parse(const char *text)
{
	struct regulation *regulation = mem_new(struct regulation);
	struct str line = STR_INIT;
	while (*text) {
		size_t len = strcspn(text, "\n");
		str_clear(&line);
		str_add_len(&line, text, len);
		str_trim(&line);
		add_line(regulation, str_text(&line));
		text += len + (text[len] != '\0');
	}
	str_release(&line);
	return regulation;
}

void regulation_free(struct regulation **slot)
{
	struct regulation *regulation = *slot;
	if (!regulation)
		return;
	for (size_t i = 0; i < regulation->count; i++)
		free((char *)(uintptr_t)regulation->articles[i].text);
	for (size_t i = 0; i < regulation->chapter_count; i++)
		free(regulation->chapters[i]);
	free(regulation->articles);
	free(regulation->chapters);
	free(regulation);
	*slot = NULL;
}

size_t office_article_count(const struct office *office)
{
	return office->regulation->count;
}

const struct article *office_article(const struct office *office, int number)
{
	size_t count = office->regulation->count;
	return number > 0 && (size_t)number <= count ? &office->regulation->articles[number - 1] : NULL;
}
