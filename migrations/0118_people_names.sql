-- What a search looks at and what most lists order it by: a name that thousands bear is read from a third of the pages that
-- their cards fill. Follows the cards, which follow the facts (decision 0006).
create table people.names (
	id uuid primary key,
	full_name text not null,
	search_name text not null,
	active boolean not null,
	employment_kind text not null,
	post_kind text,
	post_name text,
	rank_code text,
	joined_on date,
	unit_id uuid,
	unit_path ltree
);

create function people.names_follow() returns trigger language plpgsql as $$
begin
	if tg_op = 'DELETE' then
		delete from people.names where id in (select id from before);
	else
		insert into people.names as n select id, full_name, search_name, active, employment_kind, post_kind, post_name, rank_code, joined_on, unit_id, unit_path from after
		on conflict (id) do update set (full_name, search_name, active, employment_kind, post_kind, post_name, rank_code, joined_on, unit_id, unit_path)
			= (excluded.full_name, excluded.search_name, excluded.active, excluded.employment_kind, excluded.post_kind, excluded.post_name, excluded.rank_code, excluded.joined_on, excluded.unit_id, excluded.unit_path)
			where n is distinct from excluded;
	end if;
	return null;
end $$;
create trigger names_insert after insert on people.cards referencing new table as after for each statement execute function people.names_follow();
create trigger names_update after update on people.cards referencing new table as after for each statement execute function people.names_follow();
create trigger names_delete after delete on people.cards referencing old table as before for each statement execute function people.names_follow();

insert into people.names select id, full_name, search_name, active, employment_kind, post_kind, post_name, rank_code, joined_on, unit_id, unit_path from people.cards;
create index names_search on people.names using gin (search_name gin_trgm_ops);
-- names that begin as was written, in their order
create index names_beginning on people.names (search_name collate "C", id) where active;
drop index people.cards_search;
drop index people.cards_beginning;
analyze people.names;
