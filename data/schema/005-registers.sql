-- Duties and the registers.

-- What must be done again and again, and each time it was due. A missed one stays, with a reason.
CREATE TABLE duty (
	id         INTEGER PRIMARY KEY,
	key        TEXT NOT NULL UNIQUE,
	title      TEXT NOT NULL,
	form       TEXT,                            -- the form that fulfils it; NULL: none
	article    INTEGER,                         -- of the regulation
	department TEXT,                            -- whose; NULL: the information center's
	schedule   TEXT NOT NULL,                   -- JSON: period, weekday, day, time, grace
	first_day  TEXT NOT NULL,
	last_day   TEXT
) STRICT;
CREATE TABLE duty_due (
	id         INTEGER PRIMARY KEY,
	duty       INTEGER NOT NULL REFERENCES duty (id),
	due_on     TEXT NOT NULL,                   -- the day it stands for
	due_at     TEXT NOT NULL,                   -- by when
	record     INTEGER REFERENCES record (id),  -- with which it was done
	done_at    TEXT,
	excuse     TEXT,
	excused_by TEXT,
	excused_at TEXT,
	moved_from TEXT,                            -- the day it was due before it was moved
	UNIQUE (duty, due_on)
) STRICT;
CREATE INDEX duty_due_open ON duty_due (due_at) WHERE done_at IS NULL AND excused_at IS NULL;
CREATE INDEX duty_due_record ON duty_due (record) WHERE record IS NOT NULL;

CREATE TABLE asset (
	id         INTEGER PRIMARY KEY,
	number     TEXT NOT NULL UNIQUE,
	name       TEXT NOT NULL,
	kind       TEXT,
	model      TEXT,
	serial     TEXT,
	department INTEGER REFERENCES department (id),
	person     INTEGER REFERENCES person (id),
	place      TEXT,
	network    TEXT,
	importance TEXT,
	in_use_on  TEXT,
	covered_to TEXT,                            -- end of maintenance
	is_retired INTEGER NOT NULL DEFAULT 0 CHECK (is_retired IN (0, 1))
) STRICT;
CREATE INDEX asset_department ON asset (department);

-- The address plan: mask and gateway belong to the segment, never to the address.
CREATE TABLE segment (
	id      INTEGER PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE,
	network TEXT NOT NULL,                      -- which of the bureau's networks
	first   INTEGER NOT NULL,                   -- the network address, host order
	prefix  INTEGER NOT NULL CHECK (prefix BETWEEN 8 AND 30),
	gateway INTEGER,
	vlan    INTEGER CHECK (vlan BETWEEN 1 AND 4094),
	dns     TEXT,
	note    TEXT,
	UNIQUE (first, prefix)
) STRICT;
CREATE TABLE address (
	address INTEGER PRIMARY KEY,                -- IPv4, host order
	segment INTEGER NOT NULL REFERENCES segment (id),
	state   TEXT NOT NULL CHECK (state IN ('free', 'held', 'bound', 'released')),
	record  INTEGER REFERENCES record (id),     -- for which it is held or bound
	asset   INTEGER REFERENCES asset (id),
	mac     TEXT,
	person  TEXT,
	since   TEXT NOT NULL,
	note    TEXT,
	CHECK (state IN ('free', 'released') OR record IS NOT NULL OR note IS NOT NULL)
) STRICT;
CREATE INDEX address_segment ON address (segment, state, address);
CREATE INDEX address_record ON address (record) WHERE record IS NOT NULL;
CREATE INDEX address_mac ON address (mac) WHERE mac IS NOT NULL;

CREATE TABLE access_point (
	id         INTEGER PRIMARY KEY,
	record     INTEGER REFERENCES record (id),  -- the application it was opened by
	network    TEXT NOT NULL,
	department INTEGER REFERENCES department (id),
	person     TEXT,
	place      TEXT,
	address    INTEGER REFERENCES address (address),
	port       TEXT,
	opened_on  TEXT NOT NULL,
	ends_on    TEXT,                            -- NULL: for good
	closed_on  TEXT
) STRICT;
CREATE INDEX access_point_record ON access_point (record) WHERE record IS NOT NULL;
CREATE INDEX access_point_ends ON access_point (ends_on) WHERE closed_on IS NULL AND ends_on IS NOT NULL;

CREATE TABLE media (
	id         INTEGER PRIMARY KEY,
	number     TEXT NOT NULL UNIQUE,
	kind       TEXT NOT NULL,
	capacity   TEXT,
	serial     TEXT,
	department INTEGER REFERENCES department (id),
	person     TEXT,
	in_use_on  TEXT,
	state      TEXT NOT NULL,
	note       TEXT
) STRICT;
