-- What resuming, staleness and undo of an import need.
create sequence platform.import_turns;
alter table platform.imports
	-- the run that may write; a newer run (after a restart) takes over and the older one stops
	add column run uuid,
	-- from when what it says holds
	add column effective_on date,
	-- last turn (apply or undo of any import) seen when the rehearsal began; a later one makes it stale
	add column seen_turn bigint,
	add column turn bigint,
	-- why the file as a whole could not be read, or applying failed
	add column failure jsonb,
	add column undo_requested_by uuid;
alter table platform.import_rows
	-- the record before the change, for undo
	add column before jsonb,
	-- undo left this row alone: where it has been used since
	add column kept_because text;
create index import_rows_outcome on platform.import_rows (import_id, outcome, row);
create index import_rows_key on platform.import_rows (import_id, key);
create index imports_created on platform.imports (created_at desc, id desc);
