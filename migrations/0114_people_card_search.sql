-- A search reads the cards of those it finds and nothing else: their names as it looks for them are kept with them.
alter table people.cards add column search_name text not null default '';

create or replace view people.computed_cards as
	select o.id, o.full_name, concat_ws(', ', concat_ws(' ', o.front_title, o.full_name), o.back_title) as display_name,
		n.number as nip, o.employment_kind, o.active, o.sex, o.birth_date, o.joined_on, coalesce(o.email, o.private_email) as email, o.government_id,
		o.rank_code, p.post_name, p.post_ref, p.post_kind, p.rung, p.unit_id,
		v.name as unit_name, v.path as unit_path, v.opd_id, opd.name as opd_name, o.search_name
	from people.officers o
	left join people.officer_numbers n on n.officer_id = o.id and n.valid_to is null
	left join people.post_assignments p on p.officer_id = o.id and p.valid_to is null
	left join people.unit_versions v on v.unit_id = p.unit_id and v.valid_to is null
	left join people.unit_versions opd on opd.unit_id = v.opd_id and opd.valid_to is null;

create or replace view people.officer_cards as
	select id, full_name, display_name, nip, employment_kind, active, sex, birth_date, joined_on, email, government_id,
		rank_code, post_name, post_ref, post_kind, rung, unit_id, unit_name, unit_path, opd_id, opd_name, search_name
	from people.cards;

create or replace function people.refresh_cards(only_ids uuid[]) returns void language plpgsql as $$
begin
	if only_ids is null then
		only_ids := array(select id from people.officers union select id from people.cards);
	end if;
	delete from people.cards c where c.id = any(only_ids) and not exists (select 1 from people.officers o where o.id = c.id);
	insert into people.cards as c select * from people.computed_cards where id in (select unnest(only_ids))
	on conflict (id) do update set (full_name, display_name, nip, employment_kind, active, sex, birth_date, joined_on, email, government_id, rank_code,
			post_name, post_ref, post_kind, rung, unit_id, unit_name, unit_path, opd_id, opd_name, search_name)
		= (excluded.full_name, excluded.display_name, excluded.nip, excluded.employment_kind, excluded.active, excluded.sex, excluded.birth_date,
			excluded.joined_on, excluded.email, excluded.government_id, excluded.rank_code, excluded.post_name, excluded.post_ref, excluded.post_kind,
			excluded.rung, excluded.unit_id, excluded.unit_name, excluded.unit_path, excluded.opd_id, excluded.opd_name, excluded.search_name)
		where c is distinct from excluded;
end $$;

select people.refresh_cards(null);
create index cards_search on people.cards using gin (search_name gin_trgm_ops);
-- names that begin as was written, in their order
create index cards_beginning on people.cards (search_name collate "C", id) where active;
drop index people.officers_search;
analyze people.cards;
