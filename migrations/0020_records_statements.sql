-- Append-only learning records after the xAPI statement: who, verb, object, result, with device and server time apart.
create schema records;
create table records.statements (
	id uuid primary key,
	person_id uuid not null,
	verb text not null,
	object_type text not null,
	object_id uuid not null,
	context jsonb not null default '{}',
	result jsonb not null default '{}',
	device_time timestamptz,
	device_counter bigint,
	stored_at timestamptz not null
);
create index statements_person on records.statements (person_id, stored_at);
create index statements_object on records.statements (object_type, object_id, person_id);
