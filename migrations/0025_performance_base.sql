-- Yearly appraisal as the national system says it (PermenPANRB 6/2022; before 2022 a number). Nothing is filled in.
create schema performance;
create table performance.appraisals (
	id uuid primary key,
	-- officer and year
	source_key text not null unique,
	officer_id uuid not null references people.officers,
	year int not null check (year between 1990 and 2100),
	-- 'above', 'meets', 'below' expectation
	result_rating text check (result_rating in ('above', 'meets', 'below')),
	behaviour_rating text check (behaviour_rating in ('above', 'meets', 'below')),
	-- as the file says it, also where the matrix says otherwise
	predicate text check (predicate in ('sangat_baik', 'baik', 'butuh_perbaikan', 'kurang', 'sangat_kurang')),
	score numeric(6,2),
	imported_by uuid references platform.imports
);
create index appraisals_officer on performance.appraisals (officer_id, year);
