create schema catalogue;
create table catalogue.programmes (
	id uuid primary key,
	title text not null,
	competency_id uuid not null references competency.competencies,
	target_level int not null check (target_level between 1 and 5),
	created_by uuid,
	created_at timestamptz not null
);
create table catalogue.programme_versions (
	id uuid primary key,
	programme_id uuid not null references catalogue.programmes,
	number int not null,
	summary text not null,
	method text not null,
	-- form of development, a code of the dated JP rules (KL.., NKL..)
	form_code text not null,
	programme_jp numeric(7,2) check (programme_jp > 0),
	days int check (days > 0),
	-- held by or with a foreign institution: the international value of the JP rule
	international boolean not null default false,
	change_reason text,
	created_by uuid,
	created_at timestamptz not null,
	published_at timestamptz,
	published_by uuid,
	unique (programme_id, number)
);
-- What must be there before a version may be published; the higher module that owns it fulfils it.
create table catalogue.publication_requirements (
	programme_version_id uuid not null references catalogue.programme_versions,
	kind text not null,
	fulfilled_at timestamptz,
	fulfilled_by uuid,
	primary key (programme_version_id, kind)
);
-- What a published version waits for before another class of it may be opened, such as the end of a review.
create table catalogue.opening_requirements (
	programme_version_id uuid not null references catalogue.programme_versions,
	kind text not null,
	fulfilled_at timestamptz,
	fulfilled_by uuid,
	primary key (programme_version_id, kind)
);
create table catalogue.classes (
	id uuid primary key,
	programme_version_id uuid not null references catalogue.programme_versions,
	name text not null,
	seats int not null check (seats > 0),
	place text not null default '',
	applications_open_at timestamptz not null,
	applications_close_at timestamptz not null,
	starts_on date not null,
	ends_on date not null,
	-- SHA-256 of the seed, published when applications open; the seed itself at the draw
	seed_sha256 text not null,
	created_by uuid,
	created_at timestamptz not null,
	check (starts_on <= ends_on),
	check (applications_open_at < applications_close_at)
);
create index classes_version on catalogue.classes (programme_version_id);
create index classes_starts on catalogue.classes (starts_on desc, id);
-- The secret half of the published seed, until the draw.
create table catalogue.draw_seeds (
	class_id uuid primary key references catalogue.classes,
	seed text not null
);
create table catalogue.applications (
	id uuid primary key,
	class_id uuid not null references catalogue.classes,
	officer_id uuid not null references people.officers,
	applied_at timestamptz not null,
	nominated_by uuid,
	withdrawn_at timestamptz
);
-- somebody who withdrew may apply again while applications are open
create unique index applications_current on catalogue.applications (class_id, officer_id) where withdrawn_at is null;
create index applications_officer on catalogue.applications (officer_id, class_id);
create table catalogue.draws (
	class_id uuid primary key references catalogue.classes,
	seed text not null,
	applicants_sha256 text not null,
	-- seats the lots were drawn for: those of the class without the ones promised to people who waited before
	seats_drawn int not null,
	drawn_at timestamptz not null,
	drawn_by uuid
);
create table catalogue.draw_results (
	class_id uuid not null references catalogue.draws,
	officer_id uuid not null references people.officers,
	position int not null,
	arm text not null check (arm in ('programme', 'comparison')),
	primary key (class_id, officer_id)
);
create index draw_results_officer on catalogue.draw_results (officer_id, class_id);
create table catalogue.enrolments (
	id uuid primary key,
	class_id uuid not null references catalogue.classes,
	officer_id uuid not null references people.officers,
	enrolled_at timestamptz not null,
	withdrawn_at timestamptz,
	unique (class_id, officer_id)
);
create index enrolments_officer on catalogue.enrolments (officer_id);
create table catalogue.class_sessions (
	id uuid primary key,
	class_id uuid not null references catalogue.classes,
	day date not null,
	title text not null,
	unique (class_id, day)
);
-- The newest mark counts; earlier ones stay.
create table catalogue.attendance_marks (
	id uuid primary key,
	session_id uuid not null references catalogue.class_sessions,
	enrolment_id uuid not null references catalogue.enrolments,
	present boolean not null,
	marked_by uuid,
	marked_at timestamptz not null
);
create index attendance_marks_session on catalogue.attendance_marks (session_id, enrolment_id, marked_at desc);
create table catalogue.completions (
	id uuid primary key,
	enrolment_id uuid not null unique references catalogue.enrolments,
	completed_at timestamptz not null,
	days_attended int not null,
	reasons jsonb not null,
	decided_by uuid
);
-- What an enrolment still needs, beside attendance, before it may be completed; the higher module fulfils it.
create table catalogue.completion_requirements (
	enrolment_id uuid not null references catalogue.enrolments,
	kind text not null,
	fulfilled_at timestamptz,
	primary key (enrolment_id, kind)
);
