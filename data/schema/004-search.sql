-- What can be found of each record, and the index of it: src/store/search.h.
-- The index gets characters with blanks between them, so it needs no tokenizer of ours
-- and any SQLite with FTS5 can read it. It keeps no text: that stands in search_text.

CREATE TABLE search_text (
	record INTEGER PRIMARY KEY REFERENCES record (id),
	text   TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii');
