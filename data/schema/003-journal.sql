-- The journal only grows. hash = SM3(previous || the other columns in order); see src/store/journal.h.

CREATE TABLE journal (
	seq         INTEGER PRIMARY KEY,
	at          TEXT NOT NULL,
	actor       TEXT NOT NULL,                  -- "" for the system itself
	login       TEXT,
	acting_for  TEXT,
	origin      TEXT,
	record      INTEGER REFERENCES record (id),
	action      TEXT NOT NULL,
	from_state  TEXT,
	to_state    TEXT,
	note        TEXT,
	changes     TEXT,                           -- JSON {"key": [old, new]}
	record_hash TEXT,                           -- SM3 over the record after this
	previous    TEXT NOT NULL,
	hash        TEXT NOT NULL
) STRICT;
CREATE INDEX journal_record ON journal (record, seq) WHERE record IS NOT NULL;
CREATE INDEX journal_at ON journal (at);

-- Entries cut off at the end are missed here.
CREATE TABLE journal_head (
	id   INTEGER PRIMARY KEY CHECK (id = 1),
	seq  INTEGER NOT NULL,
	hash TEXT NOT NULL
) STRICT;
INSERT INTO journal_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
