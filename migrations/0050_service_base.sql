create schema service;
create table service.service_units (
	id uuid primary key,
	unit_id uuid not null references people.units,
	name text not null,
	service_name text not null,
	-- short public code, in the QR
	code text not null unique,
	created_by uuid,
	created_at timestamptz not null,
	closed_at timestamptz
);
create table service.skm_responses (
	id uuid primary key,
	service_unit_id uuid not null references service.service_units,
	answered_at timestamptz not null,
	answered_on date not null,
	sex text check (sex in ('L', 'P')),
	age_band text,
	education text,
	occupation text,
	u1 smallint check (u1 between 1 and 4), u2 smallint check (u2 between 1 and 4), u3 smallint check (u3 between 1 and 4),
	u4 smallint check (u4 between 1 and 4), u5 smallint check (u5 between 1 and 4), u6 smallint check (u6 between 1 and 4),
	u7 smallint check (u7 between 1 and 4), u8 smallint check (u8 between 1 and 4), u9 smallint check (u9 between 1 and 4),
	comment text
);
create index skm_responses_unit on service.skm_responses (service_unit_id, answered_on);
-- Elements and bands of the survey, dated: a changed regulation adds rows.
create table service.skm_elements (
	code text not null,
	position int not null,
	name_id text not null,
	name_en text not null,
	basis text not null,
	confidence text not null,
	valid_from date not null,
	valid_to date,
	primary key (code, valid_from)
);
create table service.skm_bands (
	grade text not null,
	label_id text not null,
	-- lowest index of the band, after rounding to two decimals
	index_min numeric(5,2) not null,
	basis text not null,
	confidence text not null,
	valid_from date not null,
	valid_to date,
	primary key (grade, valid_from)
);
