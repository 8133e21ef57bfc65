-- The record: one SQLite file. Version 2 (PRAGMA user_version).
--
-- Three layers. What came in is kept for ever: reports, versions (text, raw bytes, the machine's whole reading).
-- What people decided is only ever added to: corrections. All the rest is a projection of the two: it is
-- made anew from them, for one report or for all, whenever a reading, a correction or Dateline itself changes.
--
-- Days are text, YYYY-MM-DD. `entries.id` carries the day of the entry in its upper bits, so that the order of ids
-- is the order of days: id = day_number * 134217728 + slot, day_number counted from 0001-01-01 as 1, 0 for no day.
-- Slots are counted from 0 in the order of writing, over all days, and never given twice.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- what came in ---------------------------------------------------------------------------------------------------

CREATE TABLE reports (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,           -- the public id: stable, made from the locator or the content
    locator     TEXT NOT NULL,                  -- the caller's id, URL, message id or path that named it
    version     INTEGER NOT NULL,               -- number of the current version, from 1
    kind        TEXT NOT NULL,                  -- report, or events: a row of an event table, without text
    title       TEXT,
    url         TEXT,
    publisher   TEXT,
    agency      TEXT,
    byline      TEXT,
    language    TEXT,
    published   TEXT,
    published_from TEXT,
    reliable    INTEGER NOT NULL DEFAULT 0,     -- whether the date may enter a trend
    day         TEXT,                           -- the day its relative dates count from: dateline's, else published
    signed      INTEGER NOT NULL DEFAULT 0,     -- how many shingles its signature holds
    unread      TEXT,                           -- why nothing was read in it; null where it was read
    story       INTEGER REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX reports_locator ON reports (locator);
CREATE INDEX reports_story ON reports (story);
CREATE INDEX reports_day ON reports (day);
CREATE INDEX reports_publisher ON reports (publisher, day);
CREATE INDEX reports_agency ON reports (agency);

CREATE TABLE versions (
    report      INTEGER NOT NULL REFERENCES reports (id),
    number      INTEGER NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,           -- of text and metadata: the same report is kept once
    text        TEXT NOT NULL,
    furniture   TEXT NOT NULL,                  -- JSON: spans of the text that are no prose of its own
    reading     BLOB NOT NULL,                  -- the machine's reading, without the text: JSON, zlib
    redated     BLOB,                           -- the same under the date that a person has set, where one has
    made_by     TEXT NOT NULL,                  -- version of Dateline and model that made the reading
    source      TEXT,                           -- where it came from, for people
    raw_kind    TEXT,                           -- which reader reads the raw bytes again
    raw         BLOB,                           -- zlib
    given       TEXT,                           -- the day of publication given for the run
    added       TEXT NOT NULL,                  -- UTC, when it was kept
    PRIMARY KEY (report, number)
) STRICT;

CREATE TABLE skips (                            -- what could not be kept, so that no gap is silent
    source      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    first       TEXT NOT NULL,
    PRIMARY KEY (source, reason)
) STRICT, WITHOUT ROWID;

-- what people decided ----------------------------------------------------------------------------------------------

CREATE TABLE corrections (                      -- only ever added to
    id          INTEGER PRIMARY KEY,
    made        TEXT NOT NULL,                  -- UTC
    who         TEXT NOT NULL,
    why         TEXT,
    action      TEXT NOT NULL,                  -- accept, reject, edit, merge, split, undo
    target      TEXT NOT NULL,                  -- key of the statement, telling, report or actor
    report      TEXT,                           -- key of the report whose words are meant
    field       TEXT,
    before      TEXT,                           -- JSON
    after       TEXT,                           -- JSON
    words       TEXT,                           -- JSON: the words it rests on, by which it is found again
    undoes      INTEGER REFERENCES corrections (id)
) STRICT;
CREATE INDEX corrections_target ON corrections (target);
CREATE INDEX corrections_report ON corrections (report);

CREATE TABLE lost (                             -- corrections whose words are no longer there
    correction  INTEGER PRIMARY KEY REFERENCES corrections (id),
    reason      TEXT NOT NULL
) STRICT;

CREATE TABLE searches (                         -- saved searches
    name        TEXT PRIMARY KEY,
    query       TEXT NOT NULL,                  -- JSON
    saved       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE forecasts (                        -- frozen forecasts: only ever added to
    sha256      TEXT PRIMARY KEY,               -- of what is forecast, by which a forecast is known again
    made        TEXT NOT NULL,                  -- UTC
    source      TEXT NOT NULL,                  -- as in `pairs`
    target      TEXT NOT NULL,
    start       TEXT NOT NULL,                  -- Monday of the first week
    reported    TEXT NOT NULL,                  -- the last day with a report in the record when it was made
    method      TEXT NOT NULL,
    data        TEXT NOT NULL,                  -- SHA-256 of the events it was made from
    quantiles   TEXT NOT NULL,                  -- JSON, canonical: a row a week and quad class, with its horizon
    rivals      TEXT NOT NULL,                  -- JSON: the quantiles of each rival, by quad class
    seal        TEXT NOT NULL                   -- SHA-256 of all the above: a row that was changed is told
) STRICT, WITHOUT ROWID;

CREATE TABLE folios (                           -- what people keep to come back to: frozen results, briefs
    key         TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,                  -- result, brief …
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,                  -- JSON, canonical
    who         TEXT NOT NULL,
    made        TEXT NOT NULL                   -- UTC
) STRICT, WITHOUT ROWID;
CREATE INDEX folios_kind ON folios (kind, made);

-- stories ----------------------------------------------------------------------------------------------------------

CREATE TABLE stories (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,           -- key of its earliest known report
    credit      TEXT                            -- the wire credit of the story
) STRICT;

CREATE TABLE shingles (                         -- sampled signatures of the current versions
    hash        INTEGER NOT NULL,
    report      INTEGER NOT NULL,
    PRIMARY KEY (hash, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX shingles_report ON shingles (report);

CREATE TABLE copies (                           -- verified pairs, a < b by key
    a           INTEGER NOT NULL REFERENCES reports (id),
    b           INTEGER NOT NULL REFERENCES reports (id),
    contained   REAL NOT NULL,
    jaccard     REAL NOT NULL,
    why         TEXT NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_b ON copies (b);

-- actors across reports ----------------------------------------------------------------------------------------------

CREATE TABLE actors (                           -- identities
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    country     TEXT,
    code        TEXT,
    class       INTEGER NOT NULL DEFAULT 0,     -- 1: a class ("government source, PAK"), no single actor
    reasons     TEXT NOT NULL DEFAULT '[]'      -- JSON: why its profiles were joined; what it may be as well
) STRICT;

CREATE INDEX actors_country ON actors (country);

CREATE TABLE profiles (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    bucket      TEXT NOT NULL,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    country     TEXT,
    code        TEXT,
    facts       TEXT NOT NULL DEFAULT '{}',     -- JSON: what the grouping needs besides
    actor       INTEGER REFERENCES actors (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX profiles_bucket ON profiles (bucket);
CREATE INDEX profiles_actor ON profiles (actor);

CREATE TABLE profile_names (                    -- as what the reports tell of a profile; the most frequent is the profile's own
    id          INTEGER PRIMARY KEY,
    profile     INTEGER NOT NULL REFERENCES profiles (id),
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    code        TEXT NOT NULL,                  -- '' for none
    seen        INTEGER NOT NULL,               -- how many actors of reports; never deleted, for `names` rests on it
    UNIQUE (profile, name, kind, code)
) STRICT;

CREATE TABLE cast_members (                     -- the actors of each report
    report      INTEGER NOT NULL REFERENCES reports (id),
    local       TEXT NOT NULL,                  -- a1, a2 … of the reading
    profile     INTEGER NOT NULL REFERENCES profiles (id),
    named       INTEGER NOT NULL REFERENCES profile_names (id),
    name        TEXT NOT NULL,
    code        TEXT,
    mentions    INTEGER NOT NULL,
    day         TEXT,
    PRIMARY KEY (report, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX cast_profile ON cast_members (profile, day);

CREATE TABLE role_sightings (
    report      INTEGER NOT NULL REFERENCES reports (id),
    local       TEXT NOT NULL,
    profile     INTEGER NOT NULL REFERENCES profiles (id),
    title       TEXT NOT NULL,
    office      TEXT NOT NULL,                  -- the title in its normal form
    of          TEXT,
    status      TEXT NOT NULL,
    "start"     INTEGER NOT NULL,
    "end"       INTEGER NOT NULL,
    day         TEXT
) STRICT;
CREATE INDEX role_report ON role_sightings (report);
CREATE INDEX role_profile ON role_sightings (profile, office, day);
CREATE INDEX role_office ON role_sightings (office, of, profile);

-- entries: sentences, statements, tellings -------------------------------------------------------------------------

CREATE TABLE entries (
    id          INTEGER PRIMARY KEY,            -- in the order of days, see above
    kind        INTEGER NOT NULL,               -- 1 sentence, 2 statement, 3 telling
    report      INTEGER NOT NULL REFERENCES reports (id),
    sentence    INTEGER NOT NULL                -- number of the sentence in the report, from 0
) STRICT;
CREATE INDEX entries_report ON entries (report, kind, sentence);

CREATE TABLE sentences (
    report      INTEGER NOT NULL REFERENCES reports (id),
    n           INTEGER NOT NULL,
    "start"     INTEGER NOT NULL,
    "end"       INTEGER NOT NULL,
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    id          INTEGER PRIMARY KEY REFERENCES entries (id),
    key         TEXT NOT NULL,                  -- the public id: stable as long as the words are there
    local       TEXT NOT NULL,                  -- s1, s2 … of the reading
    form        TEXT NOT NULL,
    sourcing    TEXT,
    speaker     INTEGER REFERENCES profiles (id),
    addressee   INTEGER REFERENCES profiles (id),
    act         TEXT,
    cue         TEXT,
    stance      TEXT NOT NULL,
    hedged      INTEGER NOT NULL,
    medium      TEXT,
    day         TEXT,
    day_end     TEXT,
    content     TEXT NOT NULL,                  -- JSON: spans of the content
    spans       TEXT NOT NULL,                  -- JSON: spans of source and cue
    distinct_key TEXT NOT NULL,                 -- equal for the same statement told in the reports of one story
    judged      TEXT                            -- accepted, edited; rejected ones are kept but counted nowhere
) STRICT;
CREATE INDEX statements_key ON statements (key);
CREATE INDEX statements_speaker ON statements (speaker, id);
CREATE INDEX statements_distinct ON statements (distinct_key);

CREATE TABLE events (                           -- distinct events
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,           -- a hash of type, sides, day and place
    base        TEXT NOT NULL,                  -- the same without the place
    type        TEXT NOT NULL,
    quad        INTEGER NOT NULL,               -- 1 verbal cooperation … 4 material conflict
    day         TEXT,
    day_end     TEXT,
    place       TEXT,
    goldstein   REAL NOT NULL,                  -- mean over its tellings
    happened    INTEGER NOT NULL,               -- 1 told as real by a report itself, 2 told as real only in statements, 0 not real
    tellings    INTEGER NOT NULL,
    reports     INTEGER NOT NULL,
    stories     INTEGER NOT NULL,
    reliable    INTEGER NOT NULL                -- whether its day may enter a trend
) STRICT;
CREATE INDEX events_base ON events (base);

CREATE TABLE tellings (
    id          INTEGER PRIMARY KEY REFERENCES entries (id),
    key         TEXT NOT NULL,
    local       TEXT NOT NULL,                  -- e1, e2 … of the reading
    event       INTEGER NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
    type        TEXT NOT NULL,
    mode        TEXT,
    cameo       TEXT NOT NULL,
    quad        INTEGER NOT NULL,
    goldstein   REAL NOT NULL,
    "start"     INTEGER NOT NULL,
    "end"       INTEGER NOT NULL,
    day         TEXT,
    day_end     TEXT,
    day_from    TEXT,
    reliable    INTEGER NOT NULL,
    place       TEXT,                           -- JSON: name, country, lat, lon, geonames
    reality     TEXT NOT NULL,
    said_by     TEXT,                           -- local id of the statement
    unsure      INTEGER NOT NULL,
    judged      TEXT
) STRICT;
CREATE INDEX tellings_key ON tellings (key);
CREATE INDEX tellings_event ON tellings (event);

CREATE TABLE telling_actors (
    telling     INTEGER NOT NULL REFERENCES tellings (id),
    side        INTEGER NOT NULL,               -- 0 source, 1 target
    profile     INTEGER NOT NULL REFERENCES profiles (id),
    PRIMARY KEY (telling, side, profile)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_profile ON telling_actors (profile, telling);

-- relations ---------------------------------------------------------------------------------------------------------

CREATE TABLE pairs (                            -- each ordered pair of sides of each distinct event
    source      TEXT NOT NULL,                  -- a state ("USA", with its government, army, parliament …), else a code or an actor's key
    target      TEXT NOT NULL,
    day         TEXT NOT NULL,                  -- '' where none is known
    event       INTEGER NOT NULL REFERENCES events (id),
    PRIMARY KEY (source, target, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX pairs_event ON pairs (event);

CREATE TABLE relation_counts (                  -- rollup: real events with a reliable day
    source      TEXT NOT NULL,
    target      TEXT NOT NULL,
    unit        TEXT NOT NULL,                  -- month or week
    period      TEXT NOT NULL,                  -- first day of the month or week (Monday)
    quad        INTEGER NOT NULL,
    voice       INTEGER NOT NULL,               -- 1 told by reports themselves, 2 only said to have happened
    events      INTEGER NOT NULL,
    reports     INTEGER NOT NULL,               -- distinct reports that tell them
    stories     INTEGER NOT NULL,
    goldstein   REAL NOT NULL,                  -- sum over the events
    PRIMARY KEY (source, target, unit, period, quad, voice)
) STRICT, WITHOUT ROWID;

CREATE INDEX relation_target ON relation_counts (target, unit, voice, period, quad, events);  -- what others did to one side

CREATE TABLE exposure (                         -- all events and reports of a period: what a count is to be held against
    unit        TEXT NOT NULL,
    period      TEXT NOT NULL,
    events      INTEGER NOT NULL,
    reports     INTEGER NOT NULL,
    PRIMARY KEY (unit, period)
) STRICT, WITHOUT ROWID;

-- search -------------------------------------------------------------------------------------------------------------

CREATE VIRTUAL TABLE names USING fts5 (name, content='', tokenize="unicode61 remove_diacritics 2");  -- rowid = profile_names.id

-- The words of sentences; rowid = entries.id. Without content: a row whose entry is gone is passed over.
CREATE VIRTUAL TABLE search USING fts5 (
    words, content='', columnsize=0, prefix='1 2 3', tokenize="porter unicode61 remove_diacritics 2"
);

CREATE TABLE slots (                            -- which entries are in 4096 slots each
    block       INTEGER PRIMARY KEY,            -- slot / 4096
    ids         BLOB NOT NULL,                  -- entries.id of each slot: eight bytes, little-endian
    sentences   BLOB NOT NULL                   -- the slot of the sentence in which it stands: four bytes, little-endian
) STRICT;

CREATE TABLE postings (                         -- which slots have a facet, such as "ac.deny": act is deny
    facet       TEXT NOT NULL,
    block       INTEGER NOT NULL,               -- slot / 32768
    bits        BLOB NOT NULL,                  -- 4096 bytes: a bit for each slot, the lowest first; fewer: slots % 32768, two bytes each
    PRIMARY KEY (facet, block)
) STRICT, WITHOUT ROWID;
