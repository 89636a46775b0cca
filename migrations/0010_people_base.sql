create schema people;

create table people.governments (
	id uuid primary key,
	bkn_code text unique,
	siasn_id text unique,
	name text not null,
	kind text not null check (kind in ('provinsi', 'kabupaten', 'kota')),
	time_zone text not null default 'Asia/Jakarta'
);

-- Organisations outside government that give training.
create table people.organisations (
	id uuid primary key,
	kind text not null check (kind in ('university', 'company', 'ngo')),
	name text not null,
	city text,
	contact_email text,
	created_at timestamptz not null
);

-- A unit keeps its id through renaming and moving; the dated version holds name and place in the tree.
create table people.units (
	id uuid primary key,
	label int generated always as identity unique,
	siasn_id text unique,
	government_id uuid not null references people.governments
);
create table people.unit_versions (
	id uuid primary key,
	unit_id uuid not null references people.units,
	parent_id uuid references people.units,
	path ltree not null,
	name text not null,
	head_post_name text,
	echelon_id text,
	-- the head as the national system names them; not a right to anything
	leader_siasn_id text,
	opd_id uuid references people.units,
	valid_from date not null,
	valid_to date,
	-- a version opened and closed on one day ends the day before it began: it was never in force
	opened_by uuid references platform.imports,
	closed_by uuid references platform.imports
);
create unique index unit_versions_current on people.unit_versions (unit_id) where valid_to is null;
create index unit_versions_path on people.unit_versions using gist (path) where valid_to is null;
create index unit_versions_unit on people.unit_versions (unit_id, valid_from);

create table people.officers (
	id uuid primary key,
	siasn_id text not null unique,
	government_id uuid not null references people.governments,
	full_name text not null,
	front_title text,
	back_title text,
	birth_date date,
	sex text check (sex in ('M', 'F')),
	email text,
	-- kept only where no official address exists: an invitation must reach the person
	private_email text,
	employment_kind text not null check (employment_kind in ('PNS', 'CPNS', 'PPPK', 'PPPK_PW')),
	employment_name text,
	legal_status_id text,
	legal_status_name text,
	active boolean not null,
	joined_on date,
	confirmed_on date,
	rank_id text,
	rank_code text,
	rank_since date,
	education_level_id text,
	education_level_name text,
	education_name text,
	-- name without titles, small letters, folded spelling: see `searchable` in people/rules.ts
	search_name text not null default '',
	imported_by uuid references platform.imports,
	created_at timestamptz not null,
	updated_at timestamptz not null
);
create index officers_name on people.officers (full_name, id);
create index officers_search on people.officers using gin (search_name gin_trgm_ops);

-- NIP and NI PPPK are dated attributes, never keys; stored as text.
create table people.officer_numbers (
	id uuid primary key default gen_random_uuid(),
	officer_id uuid not null references people.officers,
	number text not null,
	kind text not null check (kind in ('NIP', 'NI_PPPK')),
	valid_from date not null,
	valid_to date,
	opened_by uuid references platform.imports,
	closed_by uuid references platform.imports
);
create index officer_numbers_officer on people.officer_numbers (officer_id, valid_from);
create unique index officer_numbers_current on people.officer_numbers (number) where valid_to is null;

create table people.post_assignments (
	id uuid primary key,
	officer_id uuid not null references people.officers,
	unit_id uuid not null references people.units,
	post_kind text not null check (post_kind in ('structural', 'functional', 'dual', 'general')),
	post_ref text,
	post_name text not null,
	-- rung of the common standard: jpt_utama, jpt_madya, jpt_pratama, administrator, pengawas, pelaksana,
	-- pemula, terampil, mahir, penyelia, ahli_pertama, ahli_muda, ahli_madya, ahli_utama
	rung text not null,
	-- TMT jabatan; the assignment itself may begin later, when only the unit changed
	since date,
	valid_from date not null,
	valid_to date,
	opened_by uuid references platform.imports,
	closed_by uuid references platform.imports
);
create index post_assignments_officer on people.post_assignments (officer_id, valid_from);
create unique index post_assignments_current on people.post_assignments (officer_id) where valid_to is null;
create index post_assignments_unit on people.post_assignments (unit_id) where valid_to is null;

create table people.accounts (
	id uuid primary key,
	auth_user_id text unique,
	officer_id uuid unique references people.officers,
	organisation_id uuid references people.organisations,
	name text not null,
	email text not null,
	locale text not null default 'id' check (locale in ('id', 'en')),
	theme text check (theme in ('light', 'dark')),
	created_at timestamptz not null,
	disabled_at timestamptz
);
create unique index accounts_email on people.accounts (lower(email));

create table people.invitations (
	id uuid primary key,
	account_id uuid not null references people.accounts,
	token_sha256 text not null unique,
	purpose text not null check (purpose in ('invitation', 'reset')),
	created_by uuid,
	created_at timestamptz not null,
	expires_at timestamptz not null,
	used_at timestamptz
);

create table people.role_grants (
	id uuid primary key,
	account_id uuid not null references people.accounts,
	role text not null check (role in ('administrator', 'programme_manager', 'trainer', 'training_officer', 'superior', 'leadership', 'partner')),
	unit_id uuid references people.units,
	organisation_id uuid references people.organisations,
	granted_by uuid references people.accounts,
	granted_at timestamptz not null,
	valid_from date not null,
	valid_to date
);
create index role_grants_account on people.role_grants (account_id);

-- The door for joins from later modules: one current row an officer.
create view people.officer_cards as
	select o.id, o.full_name, concat_ws(', ', concat_ws(' ', o.front_title, o.full_name), o.back_title) as display_name,
		n.number as nip, o.employment_kind, o.active, o.sex, o.birth_date, o.joined_on, coalesce(o.email, o.private_email) as email, o.government_id,
		o.rank_code, p.post_name, p.post_ref, p.post_kind, p.rung, p.unit_id,
		v.name as unit_name, v.path as unit_path, v.opd_id, opd.name as opd_name
	from people.officers o
	left join people.officer_numbers n on n.officer_id = o.id and n.valid_to is null
	left join people.post_assignments p on p.officer_id = o.id and p.valid_to is null
	left join people.unit_versions v on v.unit_id = p.unit_id and v.valid_to is null
	left join people.unit_versions opd on opd.unit_id = v.opd_id and opd.valid_to is null;
create view people.current_units as
	select u.id, u.siasn_id, u.government_id, v.parent_id, v.path, v.name, v.head_post_name, v.echelon_id, v.opd_id,
		opd.name as opd_name, v.leader_siasn_id
	from people.units u
	join people.unit_versions v on v.unit_id = u.id and v.valid_to is null
	left join people.unit_versions opd on opd.unit_id = v.opd_id and opd.valid_to is null;
