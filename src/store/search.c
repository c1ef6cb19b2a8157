#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/query.h"
#include "store/search_words.h"

enum {
	PAGE = 50,
	QUERY_WORDS = 64,    /* of a query: a page pasted into it is cut */
	PREFIX_LEAST = 3,    /* letters or digits from which the beginning of a word will do, */
	PREFIX_BEHIND = 2,   /* and if something stands before them, as in KB50 */
};

static bool run_with(struct db *db, const char *sql, int64_t record, const char *text, struct err *err)
{
	struct query query = query_open(db, sql, err);

	query_bind_int(&query, record);
	query_bind_text(&query, text);
	return query_run(&query);
}

static char *words_of(const char *text)
{
	struct str words = STR_INIT;

	search_words(&words, text, strlen(text), SIZE_MAX);
	return str_take(&words);
}

/* The index keeps no text: to take a record out, it must be told what was put in. */
static bool take_out(struct db *db, int64_t record, struct err *err)
{
	struct query query = query_open(db, "SELECT text FROM search_text WHERE record = ?1", err);
	char *text, *words;
	bool done;

	query_bind_int(&query, record);
	text = query_row(&query) ? query_read_text(&query) : NULL;
	if (!query_close(&query) || text == NULL)
		return free(text), query.ok;
	words = words_of(text);
	done = run_with(db, "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?1, ?2)", record,
	                words, err);
	free(words);
	free(text);
	return done;
}

bool store_search_put(struct db *db, int64_t record, const char *text, struct err *err)
{
	char *words;
	bool done;

	if (!take_out(db, record, err))
		return false;
	words = words_of(text);
	done = run_with(db, "INSERT INTO search_index (rowid, words) VALUES (?1, ?2)", record, words, err) &&
	       run_with(db, "INSERT INTO search_text (record, text) VALUES (?1, ?2)"
	                    " ON CONFLICT (record) DO UPDATE SET text = excluded.text", record, text, err);
	free(words);
	return done;
}

static size_t blank_at(const char *text)
{
	if (text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r')
		return 1;
	return strncmp(text, "\xE3\x80\x80", 3) == 0 ? 3 : 0; /* U+3000 */
}

/* The next word of a query as people see it: what stands between blanks. */
static const char *next_word(const char *text, size_t *len)
{
	while (*text != '\0' && blank_at(text) > 0)
		text += blank_at(text);
	for (*len = 0; text[*len] != '\0' && blank_at(text + *len) == 0;)
		++*len;
	return *len > 0 ? text : NULL;
}

/* The beginning of a Latin word or number is enough, if it is not too short to mean anything. */
static bool is_prefix(const char *words, enum word_kind last)
{
	const char *blank = strrchr(words, ' ');

	return last != WORD_SINGLE && blank != NULL &&
	       strlen(blank + 1) >= (blank > words ? PREFIX_BEHIND : PREFIX_LEAST);
}

char *store_search_query(const char *text)
{
	struct str query = STR_INIT, words = STR_INIT;
	const char *word = text;
	size_t len, count = 0;

	while (count < QUERY_WORDS && (word = next_word(word, &len)) != NULL) {
		str_clear(&words);
		const enum word_kind last = search_words(&words, word, len, QUERY_WORDS);

		word += len;
		if (words.len == 0)
			continue;
		/* The words hold letters and digits only, so nothing can close the quotes. */
		str_addf(&query, "%s\"%s\"%s", count++ > 0 ? " AND " : "", str_text(&words) + 1,
		         is_prefix(str_text(&words), last) ? " *" : "");
	}
	str_release(&words);
	if (query.len > 0)
		return str_take(&query);
	str_release(&query);
	return NULL;
}

/* The first query word that has words, as it must occur among a line's words. */
static char *needle_of(const char *text)
{
	struct str needle = STR_INIT;
	const char *word = text;
	size_t len;

	while (needle.len == 0 && (word = next_word(word, &len)) != NULL) {
		const enum word_kind last = search_words(&needle, word, len, QUERY_WORDS);

		if (needle.len > 0 && !is_prefix(str_text(&needle), last))
			str_add_char(&needle, ' ');
		word += len;
	}
	return str_take(&needle);
}

static bool line_has(const char *line, size_t len, const char *needle)
{
	struct str words = STR_INIT;

	search_words(&words, line, len, SIZE_MAX);
	str_add_char(&words, ' ');
	const bool has = strstr(str_text(&words), needle) != NULL;
	str_release(&words);
	return has;
}

/* The line of TEXT in which NEEDLE stands; the first one if it stands across two. */
static char *line_with(const char *text, const char *needle)
{
	for (const char *line = text; *line != '\0';) {
		const size_t len = strcspn(line, "\n");

		if (line_has(line, len, needle))
			return mem_text_len(line, len);
		line += len;
		if (*line == '\n')
			line++;
	}
	return mem_text_len(text, strcspn(text, "\n"));
}

bool store_search_find(struct db *db, const char *text, int64_t before, int limit, struct store_hit **hits,
                       size_t *count, struct err *err)
{
	char *match = store_search_query(text), *needle = needle_of(text);

	*hits = NULL;
	*count = 0;
	if (match == NULL)
		return free(needle), true;
	struct query query = query_open(db,
		"SELECT i.rowid, t.text FROM search_index i CROSS JOIN search_text t ON t.record = i.rowid"
		" WHERE i.search_index MATCH ?1 AND i.rowid < ?2 ORDER BY i.rowid DESC LIMIT ?3", err);

	query_bind_text(&query, match);
	query_bind_int(&query, before > 0 ? before : INT64_MAX);
	query_bind_int(&query, limit > 0 ? limit : PAGE);
	while (query_row(&query)) {
		*hits = mem_resize(*hits, *count + 1, sizeof(**hits));
		struct store_hit *hit = &(*hits)[(*count)++];

		hit->record = query_read_int(&query);
		const char *whole = query_peek_text(&query, NULL);
		hit->text = line_with(whole != NULL ? whole : "", needle);
	}
	const bool done = query_close(&query);
	free(match);
	free(needle);
	if (!done) {
		store_hits_free(hits, *count);
		*count = 0;
	}
	return done;
}

void store_hits_free(struct store_hit **hits, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free((*hits)[i].text);
	free(*hits);
	*hits = NULL;
}
