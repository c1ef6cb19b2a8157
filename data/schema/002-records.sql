-- Filled forms and what belongs to them.

-- Every definition that a record was filed under, whole.
CREATE TABLE form_version (
	hash    TEXT PRIMARY KEY,                   -- SM3 of the source
	form    TEXT NOT NULL,
	title   TEXT NOT NULL,
	source  TEXT NOT NULL,
	kept_at TEXT NOT NULL
) STRICT;
CREATE INDEX form_version_form ON form_version (form, kept_at);

CREATE TABLE record (
	id            INTEGER PRIMARY KEY,
	form          TEXT NOT NULL,
	form_hash     TEXT NOT NULL REFERENCES form_version (hash),
	number        TEXT UNIQUE,                  -- NULL while a draft
	code          TEXT UNIQUE COLLATE NOCASE,   -- NA2026-0012
	filing_number TEXT UNIQUE,
	state         TEXT NOT NULL,
	department    TEXT NOT NULL,                -- names, "" if none
	applicant     TEXT NOT NULL,
	author        INTEGER REFERENCES account (id),
	title         TEXT NOT NULL,
	occurred_at   TEXT,
	entered_at    TEXT NOT NULL,
	submitted_at  TEXT,
	updated_at    TEXT NOT NULL,
	state_since   TEXT NOT NULL,
	late          INTEGER NOT NULL CHECK (late IN (0, 1)),
	version       INTEGER NOT NULL,
	body          TEXT NOT NULL,                -- JSON object by field key
	listed_at     TEXT NOT NULL AS (coalesce(occurred_at, entered_at)) VIRTUAL,
	listed_code   TEXT NOT NULL AS (coalesce(code, '')) VIRTUAL
) STRICT;
-- One index for each way in which lists are filtered and sorted; each ends in the id, the key of paging.
CREATE INDEX record_time            ON record (listed_at, id);
CREATE INDEX record_form_time       ON record (form, listed_at, id);
CREATE INDEX record_form_state      ON record (form, state, listed_at, id);
CREATE INDEX record_form_department ON record (form, department, listed_at, id);
CREATE INDEX record_department      ON record (department, listed_at, id);
CREATE INDEX record_form_code       ON record (form, listed_code, id);
CREATE INDEX record_form_update     ON record (form, updated_at, id);
CREATE INDEX record_update          ON record (updated_at, id);
CREATE INDEX record_state           ON record (state, listed_at, id);
CREATE INDEX record_applicant       ON record (applicant, listed_at, id);
CREATE INDEX record_author          ON record (author, listed_at, id);
CREATE INDEX record_late ON record (form, listed_at, id) WHERE late = 1;

CREATE TABLE record_link (
	from_record INTEGER NOT NULL REFERENCES record (id),
	to_record   INTEGER NOT NULL REFERENCES record (id),
	kind        TEXT NOT NULL,
	linked_at   TEXT NOT NULL,
	PRIMARY KEY (from_record, to_record, kind),
	CHECK (from_record <> to_record)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_link_to ON record_link (to_record);

-- The last number of each sequence, and who has which: consecutive, none twice.
CREATE TABLE sequence (
	name  TEXT NOT NULL,
	scope TEXT NOT NULL,                        -- "2026", "2026-11" or "2026-11-22"
	last  INTEGER NOT NULL,
	PRIMARY KEY (name, scope)
) STRICT, WITHOUT ROWID;
CREATE TABLE allotment (
	name   TEXT NOT NULL,
	scope  TEXT NOT NULL,
	n      INTEGER NOT NULL CHECK (n > 0),
	record INTEGER NOT NULL REFERENCES record (id),
	PRIMARY KEY (name, scope, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX allotment_record ON allotment (record);

-- What is being typed, with where the caret stands.
CREATE TABLE draft (
	id           INTEGER PRIMARY KEY,
	account      INTEGER NOT NULL REFERENCES account (id),
	form         TEXT NOT NULL,
	form_hash    TEXT NOT NULL,
	record       INTEGER REFERENCES record (id),  -- NULL: a new one
	base_version INTEGER NOT NULL,
	title        TEXT,
	body         TEXT NOT NULL,
	base         TEXT,
	extra        TEXT,
	section      TEXT,
	field        TEXT,
	row          INTEGER NOT NULL,
	child        TEXT,
	part         INTEGER NOT NULL,
	caret        INTEGER NOT NULL,
	created_at   TEXT NOT NULL,
	updated_at   TEXT NOT NULL
) STRICT;
CREATE INDEX draft_account ON draft (account, updated_at);
CREATE INDEX draft_record ON draft (record) WHERE record IS NOT NULL;

-- Who has what open just now.
CREATE TABLE presence (
	session  TEXT PRIMARY KEY,
	account  INTEGER NOT NULL REFERENCES account (id),
	record   INTEGER REFERENCES record (id),
	editing  INTEGER NOT NULL CHECK (editing IN (0, 1)),
	since_at TEXT NOT NULL,
	seen_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_record ON presence (record);

-- Evidence. The bytes stand last: a list does not read them.
CREATE TABLE attachment (
	id       INTEGER PRIMARY KEY,
	record   INTEGER NOT NULL REFERENCES record (id),
	name     TEXT NOT NULL,
	size     INTEGER NOT NULL,
	sm3      TEXT NOT NULL,
	person   TEXT NOT NULL,
	added_at TEXT NOT NULL,
	bytes    BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_record ON attachment (record, name);

-- Every print: which copy, and the journal's head at that moment.
CREATE TABLE print_log (
	id          INTEGER PRIMARY KEY,
	record      INTEGER REFERENCES record (id), -- NULL: a register
	what        TEXT NOT NULL,
	person      TEXT NOT NULL,
	printed_at  TEXT NOT NULL,
	copy        INTEGER NOT NULL,
	head_seq    INTEGER NOT NULL,
	head_hash   TEXT NOT NULL,
	record_hash TEXT
) STRICT;
CREATE INDEX print_log_record ON print_log (record, what);
CREATE INDEX print_log_hash ON print_log (record_hash) WHERE record_hash IS NOT NULL;

-- Where the paper lies. DA/T 22-2015: one item a record, or one for a month's log sheets.
CREATE TABLE archive_item (
	id         INTEGER PRIMARY KEY,
	year       INTEGER NOT NULL,
	retention  TEXT NOT NULL,
	item       INTEGER NOT NULL CHECK (item > 0),
	record     INTEGER REFERENCES record (id),
	title      TEXT NOT NULL,
	author     TEXT NOT NULL,
	dated      TEXT NOT NULL,
	pages      INTEGER NOT NULL CHECK (pages > 0),
	box        TEXT,
	note       TEXT,
	filed_at   TEXT NOT NULL,
	UNIQUE (year, retention, item)
) STRICT;
CREATE INDEX archive_item_record ON archive_item (record) WHERE record IS NOT NULL;
