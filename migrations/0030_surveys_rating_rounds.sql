-- Behaviour rating in rounds: a rater scores several persons in one form and is not told which arm each belongs to.
create schema surveys;
-- A questionnaire is never edited: what was asked stays what was asked. A change is a new version.
create table surveys.questionnaires (
	id uuid primary key,
	title_id text not null,
	title_en text not null,
	version int not null,
	supersedes_id uuid references surveys.questionnaires,
	created_by uuid,
	created_at timestamptz not null
);
create unique index questionnaires_successor on surveys.questionnaires (supersedes_id);
create table surveys.questionnaire_items (
	id uuid primary key,
	questionnaire_id uuid not null references surveys.questionnaires,
	position int not null,
	text_id text not null,
	text_en text not null,
	-- items are behaviours on a frequency scale, scale_min..scale_max
	scale_min int not null default 1,
	scale_max int not null default 5,
	unique (questionnaire_id, position)
);
create table surveys.rating_rounds (
	id uuid primary key,
	questionnaire_id uuid not null references surveys.questionnaires,
	-- the measurement that asked for the round; one round each
	ref uuid not null unique,
	title text not null,
	opens_at timestamptz not null,
	due_at timestamptz not null check (due_at > opens_at)
);
create table surveys.rating_assignments (
	id uuid primary key,
	round_id uuid not null references surveys.rating_rounds,
	subject_officer_id uuid not null references people.officers,
	rater_person_id uuid not null,
	submitted_at timestamptz,
	cannot_rate_reason text,
	unique (round_id, subject_officer_id, rater_person_id)
);
create index rating_assignments_rater on surveys.rating_assignments (rater_person_id, round_id);
-- Answers are saved as the rater goes; they count once the assignment is submitted.
create table surveys.rating_answers (
	assignment_id uuid not null references surveys.rating_assignments,
	item_id uuid not null references surveys.questionnaire_items,
	value int not null,
	primary key (assignment_id, item_id)
);
