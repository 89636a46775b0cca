create schema evaluation;
-- A plan is canonical JSON with its SHA-256 and server time; an edit is an amendment (a new row).
create table evaluation.plans (
	id uuid primary key,
	programme_version_id uuid not null references catalogue.programme_versions,
	amendment int not null default 0,
	content jsonb not null,
	canonical text not null,
	sha256 text not null,
	waiver_reason text,
	created_by uuid,
	created_at timestamptz not null,
	locked_at timestamptz,
	unique (programme_version_id, amendment)
);
-- One thing measured at one moment for one class, both arms alike.
create table evaluation.measurements (
	id uuid primary key,
	class_id uuid not null references catalogue.classes,
	level text not null check (level in ('L2', 'L3')),
	moment text not null check (moment in ('before', 'after')),
	instrument_kind text not null check (instrument_kind in ('test', 'rating')),
	instrument_id uuid not null,
	opens_at timestamptz not null,
	due_at timestamptz not null,
	unique (class_id, level, moment)
);
create table evaluation.analyses (
	id uuid primary key,
	class_id uuid not null references catalogue.classes,
	plan_id uuid not null references evaluation.plans,
	level text not null check (level in ('L2', 'L3')),
	computed_at timestamptz not null,
	result jsonb not null,
	data_sha256 text not null,
	snapshot_file_id uuid references platform.files,
	unique (class_id, level, data_sha256)
);
create table evaluation.review_cases (
	id uuid primary key,
	programme_id uuid not null references catalogue.programmes,
	analysis_id uuid not null unique references evaluation.analyses,
	opened_at timestamptz not null,
	owner_account_id uuid references people.accounts,
	due_on date not null,
	diagnosis jsonb not null default '{}',
	new_version_id uuid references catalogue.programme_versions,
	next_class_id uuid references catalogue.classes,
	next_analysis_id uuid references evaluation.analyses,
	closed_at timestamptz,
	closed_by uuid,
	closing_note text
);
create table evaluation.review_steps (
	id uuid primary key,
	case_id uuid not null references evaluation.review_cases,
	kind text not null,
	note text not null default '',
	ref uuid,
	by_account_id uuid,
	at timestamptz not null
);
