-- Training history as the national system holds it (rw-kursus, rw-diklat). It stands beside our own JP and is not added
-- to them: the same training may be recorded in both.
create table credentials.external_trainings (
	id uuid primary key,
	-- id in the national system
	source_key text not null unique,
	officer_id uuid not null references people.officers,
	kind text not null check (kind in ('course', 'structural')),
	name text not null,
	-- kind of training by the national list, as it came
	type_id text,
	type_name text,
	institution text,
	number text,
	hours int check (hours > 0),
	-- year as it was entered; it may contradict the day
	year int,
	starts_on date,
	ends_on date,
	-- the same training entered twice has the same officer, folded name and number, first day and hours
	sameness text not null,
	imported_by uuid references platform.imports
);
create index external_trainings_officer on credentials.external_trainings (officer_id, starts_on);
-- Each training once, by whichever entry has the smallest id: the order of entry decides nothing.
create view credentials.external_trainings_once as
	select distinct on (officer_id, kind, sameness) * from credentials.external_trainings order by officer_id, kind, sameness, source_key;
