create schema evaluation;
-- A plan is canonical JSON with its SHA-256 and server time; an edit is an amendment (a new row), and one made after
-- the version's first class began is exploratory: what follows from it carries that word.
create table evaluation.plans (
	id uuid primary key,
	programme_version_id uuid not null references catalogue.programme_versions,
	amendment int not null default 0,
	-- A1 lottery of persons; E before and after, F after only: description; none: monitoring only
	design text not null check (design in ('A1', 'E', 'F', 'none')),
	exploratory boolean not null default false,
	content jsonb not null,
	canonical text not null,
	sha256 text not null,
	waiver_reason text check (design = 'A1' or waiver_reason is not null),
	-- who answers for the correction when the effect is too small
	owner_account_id uuid not null references people.accounts,
	created_by uuid,
	created_at timestamptz not null,
	unique (programme_version_id, amendment)
);
-- Everybody the draw assigned, as they were on that day: later transfers change neither arm nor covariates.
create table evaluation.subjects (
	class_id uuid not null references catalogue.classes,
	officer_id uuid not null references people.officers,
	arm text not null check (arm in ('programme', 'comparison')),
	unit_id uuid,
	age_years numeric(5,2),
	service_years numeric(5,2),
	primary key (class_id, officer_id)
);
-- One thing measured at one moment for one class, both arms alike.
create table evaluation.measurements (
	id uuid primary key,
	class_id uuid not null references catalogue.classes,
	plan_id uuid not null references evaluation.plans,
	level text not null check (level in ('L2', 'L3')),
	moment text not null check (moment in ('before', 'after')),
	instrument_kind text not null check (instrument_kind in ('test', 'rating')),
	instrument_id uuid not null,
	opens_at timestamptz not null,
	due_at timestamptz not null check (due_at > opens_at),
	-- the planned look was taken (on after measurements)
	analysed_at timestamptz,
	unique (class_id, level, moment)
);
create index measurements_open on evaluation.measurements (due_at);
-- Analyses name persons by an HMAC under this key; without it a snapshot leads back to nobody.
create table evaluation.pseudonym_keys (
	class_id uuid not null references catalogue.classes,
	level text not null,
	key text not null,
	primary key (class_id, level)
);
-- Snapshot and engine plan stand beside the result, so that anybody can compute it again.
create table evaluation.analyses (
	id uuid primary key,
	class_id uuid not null references catalogue.classes,
	plan_id uuid not null references evaluation.plans,
	level text not null check (level in ('L2', 'L3')),
	computed_at timestamptz not null,
	exploratory boolean not null,
	engine_version text not null,
	engine_plan jsonb not null,
	snapshot jsonb not null,
	data_sha256 text not null,
	verdict text not null,
	result jsonb not null,
	unique (class_id, level, plan_id, data_sha256, engine_version)
);
create index analyses_class on evaluation.analyses (class_id, level, computed_at desc);
create table evaluation.review_cases (
	id uuid primary key,
	number int not null,
	year int not null,
	programme_id uuid not null references catalogue.programmes,
	programme_version_id uuid not null references catalogue.programme_versions,
	-- the finding it opened with; later ones of the same version are steps
	analysis_id uuid not null unique references evaluation.analyses,
	level text not null check (level in ('L2', 'L3')),
	opened_at timestamptz not null,
	owner_account_id uuid not null references people.accounts,
	due_on date not null,
	diagnosis jsonb not null default '{}',
	new_version_id uuid references catalogue.programme_versions,
	next_class_id uuid references catalogue.classes,
	next_analysis_id uuid references evaluation.analyses,
	closed_at timestamptz,
	closed_by uuid references people.accounts,
	closing_note text,
	unique (year, number),
	check ((closed_at is null) = (closing_note is null)),
	-- measured again, or still open
	check (closed_at is null or next_analysis_id is not null)
);
create unique index review_cases_open on evaluation.review_cases (programme_version_id) where closed_at is null;
create index review_cases_new_version on evaluation.review_cases (new_version_id) where closed_at is null;
-- What happened to a case: a noun with who and when each.
create table evaluation.review_steps (
	id uuid primary key,
	case_id uuid not null references evaluation.review_cases,
	kind text not null check (kind in ('opening', 'finding', 'diagnosis', 'handover', 'new_version', 'next_class', 'measurement', 'closing')),
	note text not null default '',
	ref uuid,
	by_account_id uuid,
	at timestamptz not null
);
create index review_steps_case on evaluation.review_steps (case_id, at, id);
