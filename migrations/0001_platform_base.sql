-- What every module leans on; no domain words here.
create extension if not exists ltree;
create extension if not exists pg_trgm;
create schema platform;

-- Dated settings: the newest row that has begun is in force.
create table platform.settings (
	key text not null,
	valid_from timestamptz not null,
	value jsonb not null,
	set_by uuid,
	primary key (key, valid_from)
);

create table platform.audit_entries (
	id uuid primary key,
	at timestamptz not null,
	actor_id uuid,
	action text not null,
	object_type text not null,
	object_id text not null,
	detail jsonb not null default '{}'
);
create index audit_entries_object on platform.audit_entries (object_type, object_id, at desc);

-- News between modules: ids only, written in the publisher's transaction.
create table platform.events (
	id uuid primary key,
	type text not null,
	payload jsonb not null,
	at timestamptz not null
);
create table platform.event_deliveries (
	event_id uuid not null references platform.events,
	listener text not null,
	delivered_at timestamptz not null default now(),
	primary key (event_id, listener)
);

-- Who owes what by when. `ref` is the thing waited for; (kind, ref, person) is owed once.
create table platform.inbox_items (
	id uuid primary key,
	person_id uuid not null,
	kind text not null,
	ref uuid not null,
	href text not null,
	params jsonb not null default '{}',
	opens_at timestamptz not null,
	due_at timestamptz,
	done_at timestamptz,
	reminded_at timestamptz,
	unique (kind, ref, person_id)
);
create index inbox_items_open on platform.inbox_items (person_id, due_at) where done_at is null;

create table platform.files (
	id uuid primary key,
	sha256 text not null,
	name text not null,
	media_type text not null,
	bytes bigint not null,
	owner_type text not null,
	owner_id uuid not null,
	created_by uuid,
	created_at timestamptz not null
);

-- A form carries a key made when it was shown; sending it twice answers the first result.
create table platform.form_receipts (
	key uuid primary key,
	result jsonb,
	at timestamptz not null
);

-- Gapless numbers per kind and year: the row is locked by the transaction that takes one.
create table platform.number_series (
	kind text not null,
	year int not null,
	last_number int not null,
	primary key (kind, year)
);

-- Imports: rehearsal first, then apply, undo for 30 days.
create table platform.imports (
	id uuid primary key,
	kind text not null,
	file_name text not null,
	file_sha256 text not null,
	state text not null check (state in ('reading', 'rehearsed', 'applying', 'applied', 'failed', 'undone')),
	counts jsonb not null default '{}',
	created_by uuid,
	created_at timestamptz not null,
	applied_at timestamptz,
	undone_at timestamptz
);
create table platform.import_rows (
	import_id uuid not null references platform.imports on delete cascade,
	row int not null,
	line int not null,
	outcome text not null check (outcome in ('new', 'changed', 'unchanged', 'refused', 'absent', 'skipped')),
	key text,
	label text,
	faults jsonb not null default '[]',
	changes jsonb not null default '[]',
	data jsonb,
	target_id uuid,
	primary key (import_id, row)
);

create table platform.rate_limits (
	key text primary key,
	hits int not null,
	resets_at timestamptz not null
);
