PRAGMA user_version = 2;
BEGIN TRANSACTION;
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
CREATE TABLE conversation_pictures (
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- counted from 0
    picture_id INTEGER NOT NULL REFERENCES pictures (id),
    content_hash TEXT,          -- of the bytes that were last asked about; finds the thread after a rename
    size_bytes INTEGER,         -- of those bytes; spares hashing files that cannot match
    PRIMARY KEY (conversation_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    created TEXT NOT NULL
) STRICT;
CREATE TABLE forms (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    record TEXT NOT NULL,       -- the record of a Form
    saved TEXT NOT NULL,
    hidden_at TEXT,             -- removed by the user; kept so that it can be brought back
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    content_hash TEXT,          -- SHA-256 of the file when it had size_bytes and modified_ns
    size_bytes INTEGER,
    modified_ns INTEGER,
    origin TEXT                 -- web address the file was fetched from
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
INSERT INTO "run_items" VALUES(1,1,0,'/pictures/0.jpg','0.jpg','answered',1,'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','{"values": {"class": false, "count": 1000000000000000000000000000000, "width": 0.30000000000000004, "words": "He said: \"no\", 是的\n\t\\ /\u0000 🙂", "kind": "c \"d\"", "kinds": ["x", "空"], "day": null, "list": ["1", "", "zwei"], "where": [[0, 1, 4000, 3000], [5, 6, 7, 8]]}, "raw": "```json\n{\"class\": \"no\", \"words\": \"…\"}\n```", "problems": [], "confidence": {"class": 0.123456789012345, "kind": 1.0}, "content_hash": "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "size": [4000, 3000], "server": "the box 箱", "model": "qwen2-vl", "usage": [123456, 789], "seconds": 1e-07, "repaired": true}',NULL,123456,789,NULL,NULL,'');
INSERT INTO "run_items" VALUES(2,1,1,'/pictures/1.jpg','1.jpg','answered',1,'abababababababababababababababababababababababababababababababab','{"values": {"class": true, "words": "", "kinds": [], "list": [], "where": []}, "raw": "{\"class\": true, \"count\": \"many\"}", "problems": [["count", "wrong-type"], ["day", "not-a-date"]], "confidence": {}, "content_hash": "abababababababababababababababababababababababababababababababab", "size": [1, 1], "server": "box", "model": "qwen", "usage": null, "seconds": 2.5, "repaired": false}',NULL,NULL,NULL,NULL,'{"count": 3}','看过
once');
INSERT INTO "run_items" VALUES(3,1,2,'/pictures/2.jpg','2.jpg','failed',1,'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd','{"values": {}, "raw": "", "problems": [["", "no-json"]], "confidence": {}, "content_hash": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "size": [2, 3], "server": "box", "model": "qwen", "usage": [1, 0], "seconds": 0.0, "repaired": false}',NULL,1,0,'{"code": "answer-not-a-form", "values": [], "detail": ""}',NULL,'');
INSERT INTO "run_items" VALUES(4,1,3,'/pictures/3.jpg','3.jpg','failed',1,NULL,NULL,NULL,NULL,NULL,'{"code": "picture-broken", "values": [["name", "图.jpg"], ["line", 3]], "detail": "truncated"}',NULL,'');
INSERT INTO "run_items" VALUES(5,1,4,'/pictures/4.jpg','4.jpg','answered',0,'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','{"values": {"class": false, "count": 1000000000000000000000000000000, "width": 0.30000000000000004, "words": "He said: \"no\", 是的\n\t\\ /\u0000 🙂", "kind": "c \"d\"", "kinds": ["x", "空"], "day": null, "list": ["1", "", "zwei"], "where": [[0, 1, 4000, 3000], [5, 6, 7, 8]]}, "raw": "```json\n{\"class\": \"no\", \"words\": \"…\"}\n```", "problems": [], "confidence": {"class": 0.123456789012345, "kind": 1.0}, "content_hash": "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "size": [4000, 3000], "server": "the box 箱", "model": "qwen2-vl", "usage": [123456, 789], "seconds": 1e-07, "repaired": true}',1,NULL,NULL,NULL,'{"width": 5.5, "class": null, "words": "改"}','');
INSERT INTO "run_items" VALUES(6,1,5,'/pictures/5.jpg','5.jpg','queued',1,'efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef','{"values": {"class": true, "words": "", "kinds": [], "list": [], "where": []}, "raw": "{\"class\": true, \"count\": \"many\"}", "problems": [["count", "wrong-type"], ["day", "not-a-date"]], "confidence": {}, "content_hash": "abababababababababababababababababababababababababababababababab", "size": [1, 1], "server": "box", "model": "qwen", "usage": null, "seconds": 2.5, "repaired": false}',NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "run_items" VALUES(7,1,6,'/pictures/6.jpg','6.jpg','skipped',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'blurred');
INSERT INTO "run_items" VALUES(8,1,7,'/pictures/7.jpg','7.jpg','asking',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "run_items" VALUES(9,1,8,'/pictures/8.jpg','8.jpg','queued',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "run_items" VALUES(10,2,0,'/elsewhere/0.jpg','0.jpg','queued',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'');
INSERT INTO "run_items" VALUES(11,2,1,'/elsewhere/1.jpg','1.jpg','queued',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'');
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
INSERT INTO "runs" VALUES(1,'Everything','2026-11-26T00:51:48.385525+00:00','ready','{"options": {"system": "Be brief. 简短。", "temperature": 0.3, "max_tokens": 77, "image_tokens": 99}, "servers": [{"name": "box", "base_url": "http://box:8000/v1", "model": "qwen", "allow_outside": true, "family": "qwen2-vl"}, {"name": "http://[::1]:1/v1", "base_url": "http://[::1]:1/v1", "model": "qwen", "allow_outside": false, "family": ""}], "scope": {"folder": "/pictures/über", "recursive": true, "match": "*.jpg", "source": "filter"}, "program_version": "9.8.7", "concurrency": 5}','{"lightdesk_form": 1, "name": "Everything", "version": 1, "field": [{"key": "class", "label": "Rust", "kind": "yes_no"}, {"key": "count", "label": "Count", "kind": "number", "whole": true}, {"key": "width", "label": "Width", "kind": "number", "unit": "mm"}, {"key": "words", "label": "Words", "kind": "text", "max_length": 300}, {"key": "kind", "label": "Kind", "kind": "choice", "options": ["a, b", "c \"d\"", "空"]}, {"key": "kinds", "label": "Kinds", "kind": "choices", "options": ["x", "y", "空"]}, {"key": "day", "label": "Day", "kind": "date", "required": false}, {"key": "list", "label": "List", "kind": "list", "most": 20, "max_length": 120}, {"key": "where", "label": "Where", "kind": "boxes", "most": 10}]}',NULL,NULL,NULL,0.0);
INSERT INTO "runs" VALUES(2,'Waiting','2026-11-26T00:51:48.471728+00:00','ready','{"options": {"system": "Be brief. 简短。", "temperature": 0.3, "max_tokens": 77, "image_tokens": 99}, "servers": [{"name": "box", "base_url": "http://box:8000/v1", "model": "qwen", "allow_outside": true, "family": "qwen2-vl"}, {"name": "http://[::1]:1/v1", "base_url": "http://[::1]:1/v1", "model": "qwen", "allow_outside": false, "family": ""}], "scope": {"folder": "/pictures/über", "recursive": true, "match": "*.jpg", "source": "filter"}, "program_version": "9.8.7", "concurrency": 5}','{"lightdesk_form": 1, "name": "Condition", "version": 3, "instructions": "What is in {{file}}? 请看。", "field": [{"key": "rust", "label": "Is there rust?", "kind": "yes_no"}, {"key": "kind", "label": "Kind", "kind": "choice", "hint": "Look closely", "required": false, "options": ["bolt", "plate", "其他"]}, {"key": "width", "label": "Width", "kind": "number", "unit": "mm", "minimum": 0, "maximum": 99.5}, {"key": "where", "label": "Where", "kind": "boxes", "most": 3}]}',NULL,NULL,NULL,0.0);
CREATE TABLE server_limits (
    base_url TEXT NOT NULL,
    model TEXT NOT NULL,
    max_pixels INTEGER,
    picture_limit INTEGER,
    context_tokens INTEGER,
    PRIMARY KEY (base_url, model)
) STRICT, WITHOUT ROWID;
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    created TEXT NOT NULL,
    question TEXT NOT NULL,
    options TEXT NOT NULL,      -- AskOptions
    regions TEXT NOT NULL,      -- list of Box or null
    hidden_at TEXT              -- deleted by the user; kept so that it can be brought back
) STRICT;
CREATE INDEX pictures_by_content ON pictures (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX conversations_by_picture ON conversation_pictures (picture_id);
CREATE INDEX conversations_by_content ON conversation_pictures (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX conversations_by_size ON conversation_pictures (size_bytes) WHERE size_bytes IS NOT NULL;
CREATE INDEX turns_of_conversation ON turns (conversation_id);
CREATE INDEX answers_of_turn ON answers (turn_id, state);
CREATE INDEX answers_streaming ON answers (owner) WHERE state = 'streaming';
CREATE INDEX run_items_by_state ON run_items (run_id, state, position);
CREATE INDEX run_items_by_path ON run_items (path, state);
CREATE INDEX run_items_by_content ON run_items (run_id, content_hash) WHERE content_hash IS NOT NULL;
COMMIT;
