-- Version 2 of the library: runs and forms.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    state TEXT NOT NULL,
    plan TEXT NOT NULL,         -- RunPlan without its name and form
    form TEXT NOT NULL,         -- the record of a Form
    method TEXT,
    failure TEXT,               -- AnswerFailure: why it is paused or waiting
    owner TEXT,                 -- the process that works on it
    worked_s REAL NOT NULL DEFAULT 0  -- how long it was worked on
) STRICT;

CREATE TABLE run_items (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- counted from 0
    path TEXT NOT NULL,
    name TEXT NOT NULL,         -- the path below the run's folder, as shown
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    content_hash TEXT,          -- of the bytes that were asked about
    answer TEXT,                -- ItemAnswer
    shared_from INTEGER,        -- the item that was asked about the same bytes
    prompt_tokens INTEGER,      -- NULL where nothing was asked
    completion_tokens INTEGER,
    failure TEXT,               -- AnswerFailure
    edited TEXT,                -- values a person has set, NULL for none
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (run_id, position)
) STRICT;
CREATE INDEX run_items_by_state ON run_items (run_id, state, position);
CREATE INDEX run_items_by_path ON run_items (path, state);
CREATE INDEX run_items_by_content ON run_items (run_id, content_hash) WHERE content_hash IS NOT NULL;

CREATE TABLE forms (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    record TEXT NOT NULL,       -- the record of a Form
    saved TEXT NOT NULL,
    hidden_at TEXT,             -- removed by the user; kept so that it can be brought back
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
