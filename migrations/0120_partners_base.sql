create schema partners;
create table partners.agreements (
	id uuid primary key,
	organisation_id uuid not null references people.organisations,
	kind text not null check (kind in ('kesepakatan_bersama', 'pks', 'hibah')),
	number text not null,
	title text not null,
	signed_on date not null,
	valid_until date not null,
	created_by uuid,
	created_at timestamptz not null,
	check (signed_on <= valid_until)
);
create table partners.offers (
	id uuid primary key,
	organisation_id uuid not null references people.organisations,
	agreement_id uuid references partners.agreements,
	title text not null,
	competency_id uuid not null references competency.competencies,
	target_level int not null check (target_level between 1 and 5),
	seats int not null check (seats > 0),
	hours numeric(7,2) not null,
	value_rupiah bigint not null default 0,
	description text not null,
	conflict_of_interest text not null default '',
	offered_by uuid,
	offered_at timestamptz not null
);
create table partners.offer_decisions (
	offer_id uuid primary key references partners.offers,
	decision text not null check (decision in ('accepted', 'declined')),
	note text not null default '',
	decided_by uuid,
	decided_at timestamptz not null
);
create table partners.class_backings (
	class_id uuid primary key references catalogue.classes,
	offer_id uuid not null references partners.offers,
	seats int not null,
	linked_by uuid,
	linked_at timestamptz not null
);
