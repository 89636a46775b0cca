-- The directory of a province of 80,000 officers is asked for by every list. What the view `officer_cards` computed of
-- four tables on each question is kept in a table now, one row an officer, so that each order and filter of the lists
-- has an index. It follows from those tables alone: `refresh_cards` may be called at any time and comes to the same.
alter view people.officer_cards rename to computed_cards;

create table people.cards (
	id uuid primary key,
	full_name text not null,
	display_name text not null,
	nip text,
	employment_kind text not null,
	active boolean not null,
	sex text,
	birth_date date,
	joined_on date,
	email text,
	government_id uuid not null,
	rank_code text,
	post_name text,
	post_ref text,
	post_kind text,
	rung text,
	unit_id uuid,
	unit_name text,
	unit_path ltree,
	opd_id uuid,
	opd_name text
);
create unique index officer_numbers_of_officer on people.officer_numbers (officer_id) where valid_to is null;

-- Cards of these officers, or of all where null, as the tables say now; what is right already is left alone.
create function people.refresh_cards(only_ids uuid[]) returns void language plpgsql as $$
begin
	if only_ids is null then
		only_ids := array(select id from people.officers union select id from people.cards);
	end if;
	delete from people.cards c where c.id = any(only_ids) and not exists (select 1 from people.officers o where o.id = c.id);
	insert into people.cards as c select * from people.computed_cards where id in (select unnest(only_ids))
	on conflict (id) do update set (full_name, display_name, nip, employment_kind, active, sex, birth_date, joined_on, email, government_id, rank_code,
			post_name, post_ref, post_kind, rung, unit_id, unit_name, unit_path, opd_id, opd_name)
		= (excluded.full_name, excluded.display_name, excluded.nip, excluded.employment_kind, excluded.active, excluded.sex, excluded.birth_date,
			excluded.joined_on, excluded.email, excluded.government_id, excluded.rank_code, excluded.post_name, excluded.post_ref, excluded.post_kind,
			excluded.rung, excluded.unit_id, excluded.unit_name, excluded.unit_path, excluded.opd_id, excluded.opd_name)
		where c is distinct from excluded;
end $$;

-- Whoever writes many rows in several statements says `set local people.cards = 'later'` and refreshes once at the end.
create function people.cards_follow() returns trigger language plpgsql as $$
declare ids uuid[];
begin
	if current_setting('people.cards', true) = 'later' then return null; end if;
	if tg_table_name = 'officers' then select array_agg(id) into ids from touched;
	elsif tg_table_name = 'unit_versions' then
		select array_agg(distinct p.officer_id) into ids from people.post_assignments p
		where p.valid_to is null and (p.unit_id in (select unit_id from touched)
			or p.unit_id in (select v.unit_id from people.unit_versions v where v.valid_to is null and v.opd_id in (select unit_id from touched)));
	else select array_agg(distinct officer_id) into ids from touched;
	end if;
	if ids is not null then perform people.refresh_cards(ids); end if;
	return null;
end $$;

do $$
declare place text;
begin
	foreach place in array array['officers', 'officer_numbers', 'post_assignments', 'unit_versions'] loop
		execute format('create trigger cards_insert after insert on people.%I referencing new table as touched for each statement execute function people.cards_follow()', place);
		execute format('create trigger cards_update after update on people.%I referencing new table as touched for each statement execute function people.cards_follow()', place);
		execute format('create trigger cards_delete after delete on people.%I referencing old table as touched for each statement execute function people.cards_follow()', place);
	end loop;
end $$;

select people.refresh_cards(null);

create view people.officer_cards as
	select id, full_name, display_name, nip, employment_kind, active, sex, birth_date, joined_on, email, government_id,
		rank_code, post_name, post_ref, post_kind, rung, unit_id, unit_name, unit_path, opd_id, opd_name
	from people.cards;

-- one for each order of the directory, the expressions of people/server/officer-list.ts
create index cards_name on people.cards (active, full_name, id);
create index cards_post on people.cards (active, coalesce(post_name, ''), id);
create index cards_unit on people.cards (active, coalesce(unit_name, ''), id);
create index cards_opd on people.cards (active, coalesce(opd_name, ''), id);
create index cards_kind on people.cards (active, employment_kind, id);
create index cards_rank on people.cards (active, coalesce(rank_code, ''), id);
create index cards_joined on people.cards (active, coalesce(joined_on, '0001-01-01'::date), id);
-- and for the subtrees that filters and scopes ask for
create index cards_path on people.cards using gist (unit_path) where active;
create index cards_of_unit on people.cards (unit_id) where active;
-- a number is looked up by its beginning, also one that somebody had before
create index officer_numbers_beginning on people.officer_numbers (number text_pattern_ops);
analyze people.cards;
