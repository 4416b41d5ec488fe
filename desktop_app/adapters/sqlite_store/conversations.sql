-- Version 1 of the library: pictures, conversations and what was learnt about servers.
-- Pixels and encoded pictures never go in here. Times are ISO 8601 in UTC, lists and records are JSON.

-- What is known about a path. A row is only knowledge; threads hang on conversation_pictures.
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    content_hash TEXT,          -- SHA-256 of the file when it had size_bytes and modified_ns
    size_bytes INTEGER,
    modified_ns INTEGER,
    origin TEXT                 -- web address the file was fetched from
) STRICT;
CREATE INDEX pictures_by_content ON pictures (content_hash) WHERE content_hash IS NOT NULL;

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE conversation_pictures (
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- counted from 0
    picture_id INTEGER NOT NULL REFERENCES pictures (id),
    content_hash TEXT,          -- of the bytes that were last asked about; finds the thread after a rename
    size_bytes INTEGER,         -- of those bytes; spares hashing files that cannot match
    PRIMARY KEY (conversation_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_picture ON conversation_pictures (picture_id);
CREATE INDEX conversations_by_content ON conversation_pictures (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX conversations_by_size ON conversation_pictures (size_bytes) WHERE size_bytes IS NOT NULL;

CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    created TEXT NOT NULL,
    question TEXT NOT NULL,
    options TEXT NOT NULL,      -- AskOptions
    regions TEXT NOT NULL,      -- list of Box or null
    hidden_at TEXT              -- deleted by the user; kept so that it can be brought back
) STRICT;
CREATE INDEX turns_of_conversation ON turns (conversation_id);

CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    turn_id INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    created TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT,                 -- the process that writes it, while state is 'streaming'
    server TEXT NOT NULL,
    model TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    reasoning TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '[]',
    pictures TEXT NOT NULL DEFAULT '[]',
    finish TEXT,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    first_token_s REAL,
    total_s REAL,
    failure TEXT                -- AnswerFailure
) STRICT;
CREATE INDEX answers_of_turn ON answers (turn_id, state);  -- with state: marks for a folder need no row
CREATE INDEX answers_streaming ON answers (owner) WHERE state = 'streaming';

CREATE TABLE server_limits (
    base_url TEXT NOT NULL,
    model TEXT NOT NULL,
    max_pixels INTEGER,
    picture_limit INTEGER,
    context_tokens INTEGER,
    PRIMARY KEY (base_url, model)
) STRICT, WITHOUT ROWID;
