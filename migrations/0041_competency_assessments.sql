-- Results of an assessment centre as they came, whole; each level that can be read becomes a rating of its own.
create table competency.assessments (
	id uuid primary key,
	-- officer and day
	source_key text not null unique,
	officer_id uuid not null references people.officers,
	assessed_on date not null,
	valid_until date,
	provider text,
	-- sederhana, sedang, kompleks
	method text,
	purpose text not null check (purpose in ('pengisian_jabatan', 'pemetaan')),
	-- level by code of the competency; a level that was missing or impossible is not there
	levels jsonb not null,
	imported_by uuid references platform.imports
);
create index assessments_officer on competency.assessments (officer_id, assessed_on desc);
alter table competency.ratings add column assessment_id uuid references competency.assessments;
create index ratings_assessment on competency.ratings (assessment_id) where assessment_id is not null;
