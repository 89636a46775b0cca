create schema assessment;
create table assessment.tests (
	id uuid primary key,
	title text not null,
	competency_id uuid not null references competency.competencies,
	target_level int not null check (target_level between 1 and 5),
	-- 'test' measures (before and after); 'practice' belongs to a lesson and explains at once
	kind text not null check (kind in ('test', 'practice')),
	version int not null default 1,
	pass_percent numeric(5,2),
	created_by uuid,
	created_at timestamptz not null,
	-- a published test is frozen: a change is a new version
	published_at timestamptz,
	supersedes_id uuid references assessment.tests
);
create table assessment.questions (
	id uuid primary key,
	test_id uuid not null references assessment.tests on delete cascade,
	position int not null,
	kind text not null check (kind in ('single_choice', 'multiple_choice')),
	stem text not null,
	explanation text not null default '',
	unique (test_id, position)
);
create table assessment.options (
	id uuid primary key,
	question_id uuid not null references assessment.questions on delete cascade,
	position int not null,
	text text not null,
	correct boolean not null,
	unique (question_id, position)
);
-- A person is asked to take a test once, in a window. `ref` is who asked (a measurement); unique per person.
create table assessment.sittings (
	id uuid primary key,
	test_id uuid not null references assessment.tests,
	officer_id uuid not null references people.officers,
	ref uuid not null,
	opens_at timestamptz not null,
	due_at timestamptz not null,
	created_at timestamptz not null,
	unique (ref, officer_id)
);
create table assessment.attempts (
	id uuid primary key,
	sitting_id uuid not null unique references assessment.sittings,
	started_at timestamptz not null,
	submitted_at timestamptz,
	score_percent numeric(7,4)
);
create table assessment.answers (
	attempt_id uuid not null references assessment.attempts,
	question_id uuid not null references assessment.questions,
	option_ids uuid[] not null,
	answered_at timestamptz not null,
	points numeric(7,4),
	primary key (attempt_id, question_id)
);
