create schema competency;
create table competency.competencies (
	id uuid primary key,
	code text not null unique,
	category text not null check (category in ('manajerial', 'sosial_kultural', 'teknis', 'pemerintahan')),
	position int not null,
	name_id text not null,
	name_en text not null,
	-- heads the column of a table
	short_id text not null default '',
	short_en text not null default '',
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
-- Standard of a post (post_ref) or, as fallback marked "standar umum", of a rung. A new version begins later and
-- leaves the old rows as they are; a post's version may also end, and the rung's level counts again.
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
	set_by uuid references people.accounts,
	set_at timestamptz,
	check ((post_ref is null) <> (rung is null)),
	check (valid_to >= valid_from)
);
create unique index standards_post on competency.standards (post_ref, competency_id, valid_from) where post_ref is not null;
create unique index standards_rung on competency.standards (rung, competency_id, valid_from) where rung is not null;
-- How long a rating of a source counts, in months. The rule in force when a rating is made fixes its last day.
create table competency.validity_rules (
	source text not null check (source in ('assessment_centre', 'test', 'superior', 'peer', 'subordinate', 'self')),
	valid_from date not null,
	months int not null check (months > 0),
	basis text not null,
	confidence text not null,
	set_by uuid references people.accounts,
	primary key (source, valid_from)
);
-- Every rating of every source is kept; none overwrites another.
create table competency.ratings (
	id uuid primary key,
	officer_id uuid not null references people.officers,
	competency_id uuid not null references competency.competencies,
	level int not null check (level between 1 and 5),
	source text not null check (source in ('assessment_centre', 'test', 'superior', 'peer', 'subordinate', 'self')),
	-- the order of src/modules/competency/rules.ts; a property test holds the two equal
	strength int not null generated always as (case source
		when 'assessment_centre' then 6 when 'test' then 5 when 'superior' then 4
		when 'peer' then 3 when 'subordinate' then 2 else 1 end) stored,
	-- account of the rater; null when a machine counted (a test) or a provider outside wrote
	rated_by uuid references people.accounts,
	rated_at timestamptz not null,
	-- last day on which it counts; null = without end
	valid_until date,
	note text
);
create index ratings_officer on competency.ratings (officer_id, competency_id, strength desc, rated_at desc, id desc);
-- Job-person match: two category sets, chosen by purpose.
create table competency.jpm_categories (
	purpose text not null check (purpose in ('pengisian_jabatan', 'pemetaan')),
	code text not null,
	label_id text not null,
	minimum int not null,
	basis text not null,
	confidence text not null,
	valid_from date not null,
	valid_to date,
	primary key (purpose, code, valid_from)
);
