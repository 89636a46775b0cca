create schema learning;
create table learning.courses (
	id uuid primary key,
	programme_version_id uuid not null unique references catalogue.programme_versions,
	title text not null,
	created_by uuid,
	created_at timestamptz not null
);
create table learning.lessons (
	id uuid primary key,
	course_id uuid not null references learning.courses,
	position int not null,
	title text not null,
	minutes int not null check (minutes between 1 and 60),
	body_markdown text not null,
	-- questions asked inside the lesson, explained at once
	practice_test_id uuid references assessment.tests,
	created_by uuid,
	created_at timestamptz not null,
	published_at timestamptz,
	unique (course_id, position)
);
-- Derived from statements; replay is harmless.
create table learning.lesson_progress (
	enrolment_id uuid not null references catalogue.enrolments,
	lesson_id uuid not null references learning.lessons,
	opened_at timestamptz not null,
	finished_at timestamptz,
	primary key (enrolment_id, lesson_id)
);
create table learning.practice_answers (
	id uuid primary key,
	enrolment_id uuid not null references catalogue.enrolments,
	question_id uuid not null references assessment.questions,
	option_ids uuid[] not null,
	correct boolean not null,
	answered_at timestamptz not null
);
create index practice_answers_enrolment on learning.practice_answers (enrolment_id, question_id, answered_at desc);
