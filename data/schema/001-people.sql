-- Who is who. Times are UTC stamps "2026-11-22T01:05:00Z", days "2026-11-22".
-- A step that was released is never changed: a change is a new step.

CREATE TABLE setting (
	key        TEXT PRIMARY KEY,
	value      TEXT NOT NULL,
	changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE department (
	id        INTEGER PRIMARY KEY,
	name      TEXT NOT NULL UNIQUE,             -- what a record's body holds
	kind      TEXT,
	head      INTEGER REFERENCES person (id),   -- first responsible person, article 7
	phone     TEXT,
	is_center INTEGER NOT NULL DEFAULT 0 CHECK (is_center IN (0, 1)),
	is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1)),
	position  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE person (
	id         INTEGER PRIMARY KEY,
	name       TEXT NOT NULL UNIQUE,            -- what a record's body holds
	department INTEGER REFERENCES department (id),
	post       TEXT,
	phone      TEXT,
	has_left   INTEGER NOT NULL DEFAULT 0 CHECK (has_left IN (0, 1)),
	position   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX person_department ON person (department);

CREATE TABLE account (
	id           INTEGER PRIMARY KEY,
	login        TEXT NOT NULL UNIQUE,
	person       INTEGER NOT NULL REFERENCES person (id),
	password     TEXT,                          -- yescrypt; NULL: no log-in by password
	password_at  TEXT,
	must_change  INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
	failures     INTEGER NOT NULL DEFAULT 0,
	locked_until TEXT,
	expires_at   TEXT,
	is_disabled  INTEGER NOT NULL DEFAULT 0 CHECK (is_disabled IN (0, 1)),
	settings     TEXT,                          -- JSON object
	created_at   TEXT NOT NULL,
	last_login   TEXT,
	last_origin  TEXT
) STRICT;

CREATE TABLE role_grant (
	account    INTEGER NOT NULL REFERENCES account (id),
	role       TEXT NOT NULL,
	granted_at TEXT NOT NULL,
	PRIMARY KEY (account, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_key (
	id         INTEGER PRIMARY KEY,
	account    INTEGER NOT NULL REFERENCES account (id),
	type       TEXT NOT NULL,
	blob       TEXT NOT NULL UNIQUE,            -- base64; one key, one person
	comment    TEXT,
	added_at   TEXT NOT NULL,
	revoked_at TEXT
) STRICT;
CREATE INDEX account_key_account ON account_key (account);

-- Substitution: TO acts for FROM, from the first day to the last.
CREATE TABLE delegation (
	id           INTEGER PRIMARY KEY,
	from_account INTEGER NOT NULL REFERENCES account (id),
	to_account   INTEGER NOT NULL REFERENCES account (id),
	first_day    TEXT NOT NULL,
	last_day     TEXT NOT NULL,
	reason       TEXT NOT NULL,
	made_at      TEXT NOT NULL,
	revoked_at   TEXT,
	CHECK (from_account <> to_account),
	CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX delegation_to ON delegation (to_account, last_day);
