/*
 * search: finds words in records, Chinese ones of one character and more.
 *
 * Layer: store; named store_ beside app/search.h. The index knows single
 * characters and their order: a Chinese character is a word of its own, a run
 * of letters or of digits is one, and a query is looked for as a phrase. So any
 * piece of a Chinese text is found, and Latin words and numbers from their
 * beginning (three characters at least, two behind others: KB50). Pairs of
 * characters as words were measured beside: twice as long to write and 1.7
 * times as large (300,000 records: 25 s and 243 MB against 14 s and 139 MB);
 * they win only where every character of a word is in every record but the word
 * in none (1 ms against 37 ms), and lose for a single character (96 ms against
 * 0.3 ms).
 */
#ifndef YW_STORE_SEARCH_H
#define YW_STORE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* Puts RECORD into the index, or anew: TEXT is everything that shall be found, any order, parts by '\n'. */
bool store_search_put(struct db *db, int64_t record, const char *text, struct err *err);

/* The full-text query that TEXT means, which the caller frees; NULL if there is no word in it. Nothing in TEXT is an operator. */
char *store_search_query(const char *text);

struct store_hit {
	int64_t record;
	char *text;           /* the part (line) in which the first word stands */
};
/* Newest first, behind record BEFORE (0: from the newest); LIMIT 0: 50. An empty TEXT finds nothing. */
bool store_search_find(struct db *db, const char *text, int64_t before, int limit, struct store_hit **hits, size_t *count,
                 struct err *err);
void store_hits_free(struct store_hit **hits, size_t count);

#endif
