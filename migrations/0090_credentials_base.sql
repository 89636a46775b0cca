create schema credentials;
create table credentials.jp_rules (
	id uuid primary key,
	form_code text not null,
	name_id text not null,
	name_en text not null,
	basis text not null check (basis in ('program', 'per_day', 'per_activity', 'not_jp', 'local')),
	national_jp numeric(7,2),
	international_jp numeric(7,2),
	international_multiplier numeric(5,2),
	cap jsonb,
	legal_basis text not null,
	confidence text not null,
	valid_from date not null,
	valid_to date
);
create unique index jp_rules_form on credentials.jp_rules (form_code, valid_from);
create table credentials.jp_targets (
	id uuid primary key,
	employment_kind text not null,
	rule text check (rule in ('min', 'max')),
	jp numeric(7,2),
	legal_basis text,
	confidence text not null,
	note text,
	valid_from date not null,
	valid_to date
);
create unique index jp_targets_kind on credentials.jp_targets (employment_kind, valid_from);
create table credentials.jp_entries (
	id uuid primary key,
	officer_id uuid not null references people.officers,
	completion_id uuid not null unique references catalogue.completions,
	rule_id uuid not null references credentials.jp_rules,
	quantity numeric(7,2) not null,
	jp numeric(7,2) not null,
	earned_on date not null,
	credited_at timestamptz not null,
	reason jsonb not null
);
create index jp_entries_officer on credentials.jp_entries (officer_id, earned_on);
create table credentials.certificates (
	id uuid primary key,
	completion_id uuid not null unique references catalogue.completions,
	officer_id uuid not null references people.officers,
	number text not null unique,
	code text not null unique,
	issued_at timestamptz not null,
	-- what is printed, frozen at issue
	content jsonb not null
);
create table credentials.certificate_revocations (
	certificate_id uuid primary key references credentials.certificates,
	reason text not null,
	revoked_by uuid,
	revoked_at timestamptz not null
);
