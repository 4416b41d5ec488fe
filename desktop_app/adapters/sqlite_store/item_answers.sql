-- Version 3 of the library: what the answer grid needs of an answer stays with its picture, the rest has a
-- table of its own; the grid reads 100,000 pictures at once, and SQLite reads all of a row it takes from.
-- And what others want of the process that works on a run.
ALTER TABLE runs ADD COLUMN wish TEXT;  -- RunWish, NULL as soon as nobody works on it

ALTER TABLE run_items RENAME TO run_items_before;

CREATE TABLE run_items (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- counted from 0
    path TEXT NOT NULL,
    name TEXT NOT NULL,         -- the path below the run's folder, as shown
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    content_hash TEXT,          -- of the picture's bytes as last seen; an answer keeps those it is about
    cells TEXT,                 -- the answer's values and confidence, NULL as long as there is no answer
    problems TEXT,              -- the answer's problems, NULL for none
    shared_from INTEGER,        -- the item that was asked about the same bytes
    prompt_tokens INTEGER,      -- what it cost: NULL where nothing was asked; a shared answer tells its usage
    completion_tokens INTEGER,
    failure TEXT,               -- AnswerFailure
    edited TEXT,                -- values a person has set, NULL for none
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE item_answers (     -- one for each item with cells, written in the same transaction
    item_id INTEGER PRIMARY KEY REFERENCES run_items (id) ON DELETE CASCADE,
    details TEXT NOT NULL       -- ItemAnswer without what the item's row has
) STRICT;

INSERT INTO run_items
SELECT id, run_id, position, path, name, state, attempts, content_hash,
    CASE WHEN answer IS NOT NULL THEN json_object(
        'values', json_extract(answer, '$.values'), 'confidence', json_extract(answer, '$.confidence')
    ) END,
    nullif(json_extract(answer, '$.problems'), '[]'),
    shared_from, prompt_tokens, completion_tokens, failure, edited, note
FROM run_items_before;

INSERT INTO item_answers
SELECT id, json_remove(answer, '$.values', '$.confidence', '$.problems')
FROM run_items_before WHERE answer IS NOT NULL;

DROP TABLE run_items_before;

CREATE UNIQUE INDEX run_items_in_order ON run_items (run_id, position);
CREATE INDEX run_items_by_state ON run_items (run_id, state, position);
CREATE INDEX run_items_by_path ON run_items (path, state);
CREATE INDEX run_items_by_content ON run_items (run_id, content_hash) WHERE content_hash IS NOT NULL;
