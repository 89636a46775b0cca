create schema competency;
create table competency.competencies (
	id uuid primary key,
	code text not null unique,
	category text not null check (category in ('manajerial', 'sosial_kultural', 'teknis', 'pemerintahan')),
	name_id text not null,
	name_en text not null,
	description_id text not null,
	description_en text not null default '',
	basis text not null,
	confidence text not null,
	valid_from date not null,
	valid_to date
);
create table competency.levels (
	competency_id uuid not null references competency.competencies,
	level int not null check (level between 1 and 5),
	label_id text not null,
	label_en text not null,
	summary_id text not null,
	summary_en text not null default '',
	primary key (competency_id, level)
);
-- Standard of a post (post_ref) or, as fallback marked "standar umum", of a rung.
create table competency.standards (
	id uuid primary key,
	post_ref text,
	rung text,
	competency_id uuid not null references competency.competencies,
	level int not null check (level between 1 and 5),
	basis text not null,
	confidence text not null,
	valid_from date not null,
	valid_to date,
	check ((post_ref is null) <> (rung is null))
);
create index standards_post on competency.standards (post_ref, competency_id);
create index standards_rung on competency.standards (rung, competency_id);
-- Every rating of every source is kept; none overwrites another.
create table competency.ratings (
	id uuid primary key,
	officer_id uuid not null references people.officers,
	competency_id uuid not null references competency.competencies,
	level int not null check (level between 1 and 5),
	source text not null check (source in ('assessment_centre', 'test', 'superior', 'peer', 'subordinate', 'self')),
	rated_by uuid,
	rated_at timestamptz not null,
	valid_until date,
	note text
);
create index ratings_officer on competency.ratings (officer_id, competency_id, rated_at desc);
