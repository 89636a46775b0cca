-- Text folded for search: small letters, old spelling read as new (oe, dj, tj, sj), doubled letters once. Both sides of
-- a comparison go through here; for names of people titles are taken off before (`searchable` in people/rules.ts).
create function people.folded(text) returns text language sql immutable strict parallel safe as $$
	select trim(regexp_replace(regexp_replace(
		replace(replace(replace(replace(lower(translate($1, '''’`ʼ"', '')), 'oe', 'u'), 'dj', 'j'), 'tj', 'c'), 'sj', 'sy'),
		'[^a-z0-9]+', ' ', 'g'), '([a-z])\1+', '\1', 'g'))
$$;
-- "Badan Kepegawaian Daerah" is asked for as BKD
create function people.initials(text) returns text language sql immutable strict parallel safe as $$
	select regexp_replace(regexp_replace(regexp_replace(lower($1), '\m(dan|pada|untuk|di)\M', ' ', 'g'), '[^a-z0-9]*\m([a-z0-9])[a-z0-9]*\M[^a-z0-9]*', '\1', 'g'), '([a-z])\1+', '\1', 'g')
$$;
alter table people.unit_versions
	add column search_name text generated always as (people.folded(name)) stored,
	add column initials text generated always as (people.initials(name)) stored;
create index unit_versions_search on people.unit_versions using gin (search_name gin_trgm_ops) where valid_to is null;
create index unit_versions_initials on people.unit_versions (initials) where valid_to is null;
create or replace view people.current_units as
	select u.id, u.siasn_id, u.government_id, v.parent_id, v.path, v.name, v.head_post_name, v.echelon_id, v.opd_id,
		opd.name as opd_name, v.leader_siasn_id, v.search_name, v.initials
	from people.units u
	join people.unit_versions v on v.unit_id = u.id and v.valid_to is null
	left join people.unit_versions opd on opd.unit_id = v.opd_id and opd.valid_to is null;
