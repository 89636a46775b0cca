-- 360° rounds: several raters about one officer, by source. Answers stay here; only figures of a closed round leave.
create table surveys.feedback_rounds (
	id uuid primary key,
	title text not null,
	-- whose round it is: who works with the persons of this subtree may organise it
	unit_id uuid not null references people.units,
	opens_at timestamptz not null,
	due_at timestamptz not null check (due_at > opens_at),
	created_by uuid references people.accounts,
	created_at timestamptz not null,
	-- null while the organiser still chooses the raters
	sent_at timestamptz,
	sent_by uuid references people.accounts,
	-- by the clock, once; nobody closes a round early, which would let somebody watch the answers come in
	closed_at timestamptz check (closed_at > due_at)
);
create index feedback_rounds_open on surveys.feedback_rounds (due_at) where closed_at is null;
-- What is asked, as it was worded then: `ref` is the competency, `choices` the five levels with what each looks like.
create table surveys.feedback_topics (
	round_id uuid not null references surveys.feedback_rounds on delete cascade,
	position int not null,
	ref uuid not null,
	name_id text not null,
	name_en text not null,
	choices jsonb not null,
	primary key (round_id, ref)
);
create table surveys.feedback_requests (
	id uuid primary key,
	round_id uuid not null references surveys.feedback_rounds on delete cascade,
	subject_officer_id uuid not null references people.officers,
	rater_person_id uuid not null,
	source text not null check (source in ('superior', 'self', 'peer', 'subordinate')),
	submitted_at timestamptz,
	unique (round_id, subject_officer_id, rater_person_id)
);
create index feedback_requests_rater on surveys.feedback_requests (rater_person_id, round_id);
create index feedback_requests_subject on surveys.feedback_requests (subject_officer_id, round_id);
-- Saved as the rater goes; null = does not know enough. Counts once the request is submitted.
create table surveys.feedback_answers (
	request_id uuid not null references surveys.feedback_requests on delete cascade,
	topic_ref uuid not null,
	level int check (level between 1 and 5),
	primary key (request_id, topic_ref)
);
-- Moments at which somebody is reminded of an item; the general rule (once, three days before) where there are none.
alter table platform.inbox_items add column reminders timestamptz[];
