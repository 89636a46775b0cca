-- What a person says is wrong in the data about them, and what was done. One answer a request.
create table people.correction_requests (
	id uuid primary key,
	account_id uuid not null references people.accounts,
	-- key of the category in reference/processing-register.json
	category text not null,
	wrong text not null,
	asked_at timestamptz not null,
	-- UU 27/2022: within 3 x 24 hours
	due_at timestamptz not null
);
create index correction_requests_account on people.correction_requests (account_id, asked_at desc, id desc);
create table people.correction_answers (
	request_id uuid primary key references people.correction_requests,
	-- mended here; passed on to the source (the national system); not wrong
	outcome text not null check (outcome in ('corrected', 'passed_on', 'not_wrong')),
	text text not null,
	answered_by uuid not null references people.accounts,
	answered_at timestamptz not null
);
-- who read a person's profile, the newest first, is asked for on every visit of "Data tentang saya"
create index audit_entries_readings on platform.audit_entries (object_id, at desc, id desc)
	where object_type = 'officer' and action in ('people.officer_read', 'competency.read_profile');
