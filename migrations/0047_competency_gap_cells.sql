-- Figures of gaps by unit, kept: the map and the board of a province of 80,000 add up some thousand rows instead of
-- reading every rating. They follow from ratings, standards and cards alone and may be thrown away at any time.
--
-- A change of what a unit's figures rest on is one row here, appended, so that nobody waits for another. The figures of a
-- unit hold while its changes are the ones they were counted with (how many, and the last), and on the day they are of:
-- validity ends by day. A row of no unit is a change that concerns all.
create table competency.gap_changes (
	id bigint generated always as identity primary key,
	unit_id uuid
);
create index gap_changes_unit on competency.gap_changes (unit_id, id);

-- Officers without a unit have the row of the nil id.
create table competency.gap_units (
	unit_id uuid primary key,
	run uuid not null,
	day date not null,
	counted_at timestamptz not null,
	changes int not null,
	last_change bigint not null,
	officers int not null,
	-- of whom anything is asked
	asked int not null,
	-- with a valid rating on a competency asked of them, and of these the ones short on at least one
	assessed int not null,
	with_gap int not null
);
create table competency.gap_cells (
	run uuid not null,
	unit_id uuid not null,
	competency_id uuid not null,
	-- officers of whom it is asked; with a valid rating; short; levels short in all
	people int not null,
	assessed int not null,
	with_gap int not null,
	levels_short int not null,
	primary key (unit_id, run, competency_id)
);

create function competency.gap_units_now() returns table (unit_id uuid, changes int, last_change bigint) language sql stable as $$
	with every as (select count(*)::int as changes, coalesce(max(id), 0) as last_change from competency.gap_changes where unit_id is null),
		own as (select c.unit_id, count(*)::int as changes, max(id) as last_change from competency.gap_changes c where c.unit_id is not null group by c.unit_id),
		places as (select id from people.units union all select '00000000-0000-0000-0000-000000000000')
	select p.id, every.changes + coalesce(own.changes, 0), greatest(every.last_change, coalesce(own.last_change, 0))
	from places p cross join every left join own on own.unit_id = p.id
$$;

create function competency.gap_changed_by_rating() returns trigger language plpgsql as $$
begin
	insert into competency.gap_changes (unit_id)
	select distinct coalesce(c.unit_id, '00000000-0000-0000-0000-000000000000') from touched t join people.cards c on c.id = t.officer_id;
	return null;
end $$;
create function competency.gap_changed_by_standard() returns trigger language plpgsql as $$
begin
	if exists (select 1 from touched) then insert into competency.gap_changes (unit_id) values (null); end if;
	return null;
end $$;
create function competency.gap_changed_by_card() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' then
		insert into competency.gap_changes (unit_id)
		select distinct coalesce(place, '00000000-0000-0000-0000-000000000000') from earlier e join touched t on t.id = e.id
		cross join lateral (values (e.unit_id), (t.unit_id)) both_(place)
		where (e.active, e.unit_id, e.post_ref, e.rung) is distinct from (t.active, t.unit_id, t.post_ref, t.rung);
	else
		insert into competency.gap_changes (unit_id)
		select distinct coalesce(unit_id, '00000000-0000-0000-0000-000000000000') from touched;
	end if;
	return null;
end $$;

create trigger gap_insert after insert on competency.ratings referencing new table as touched for each statement execute function competency.gap_changed_by_rating();
create trigger gap_update after update on competency.ratings referencing new table as touched for each statement execute function competency.gap_changed_by_rating();
create trigger gap_delete after delete on competency.ratings referencing old table as touched for each statement execute function competency.gap_changed_by_rating();
create trigger gap_insert after insert on competency.standards referencing new table as touched for each statement execute function competency.gap_changed_by_standard();
create trigger gap_update after update on competency.standards referencing new table as touched for each statement execute function competency.gap_changed_by_standard();
create trigger gap_delete after delete on competency.standards referencing old table as touched for each statement execute function competency.gap_changed_by_standard();
create trigger gap_insert after insert on people.cards referencing new table as touched for each statement execute function competency.gap_changed_by_card();
create trigger gap_update after update on people.cards referencing old table as earlier new table as touched for each statement execute function competency.gap_changed_by_card();
create trigger gap_delete after delete on people.cards referencing old table as touched for each statement execute function competency.gap_changed_by_card();
