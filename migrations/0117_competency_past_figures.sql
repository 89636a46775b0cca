-- How the officers of a unit and of all below it stood at the end of a past quarter changes only when something is said
-- later about a day before it. The figures are kept until then (decision 0006).

-- The first day of which something has been said anew; nothing but this is needed to know which figures still hold.
create table competency.past_changes (
	id bigint generated always as identity primary key,
	first_day date not null
);
create index past_changes_day on competency.past_changes (first_day);

-- A day that is counted, and the changes up to it that it was counted with (how many, and the last).
create table competency.past_days (
	day date primary key,
	changes int not null,
	last_change bigint not null
);

-- Officers of whom the competency is asked; of these, with a rating valid on the day; of these, below what was asked then.
create table competency.past_figures (
	day date not null references competency.past_days on delete cascade,
	unit_id uuid not null,
	-- the nil id: any competency
	competency_id uuid not null,
	people int not null,
	assessed int not null,
	with_gap int not null,
	primary key (unit_id, competency_id, day)
);
create index past_figures_day on competency.past_figures (day);

-- Arguments: the day a row begins, the day it ends, and the columns that say what it says. A row that only ends earlier or
-- later says something new about the days between.
create function competency.past_changed() returns trigger language plpgsql as $$
declare
	first date;
	line text := format('id, %s as begins, coalesce(%s, ''infinity'') as ends, row(%s) as what', tg_argv[0], tg_argv[1], tg_argv[2]);
begin
	if tg_op = 'UPDATE' then
		execute format('
			select min(case when e.begins <> t.begins or e.what is distinct from t.what then least(e.begins, t.begins)
				when e.ends <> t.ends then least(e.ends, t.ends) + 1 end)
			from (select %1$s from earlier) e join (select %1$s from touched) t using (id)', line) into first;
	else
		execute format('select min(%s) from touched', tg_argv[0]) into first;
	end if;
	if isfinite(first) then insert into competency.past_changes (first_day) values (first); end if;
	return null;
end $$;

do $$
declare said record;
begin
	for said in select * from (values
		('competency.ratings', '(rated_at at time zone ''Asia/Jakarta'')::date', 'valid_until', 'officer_id, competency_id, level, strength, rated_at'),
		('competency.standards', 'valid_from', 'valid_to', 'post_ref, rung, competency_id, level'),
		('people.post_assignments', 'valid_from', 'valid_to', 'officer_id, unit_id, post_ref, rung'),
		('people.unit_versions', 'valid_from', 'valid_to', 'unit_id, path')) as t(place, begins, ends, what)
	loop
		execute format('create trigger past_insert after insert on %s referencing new table as touched for each statement execute function competency.past_changed(%L, %L, %L)',
			said.place, said.begins, said.ends, said.what);
		execute format('create trigger past_update after update on %s referencing old table as earlier new table as touched for each statement execute function competency.past_changed(%L, %L, %L)',
			said.place, said.begins, said.ends, said.what);
		execute format('create trigger past_delete after delete on %s referencing old table as touched for each statement execute function competency.past_changed(%L, %L, %L)',
			said.place, said.begins, said.ends, said.what);
	end loop;
end $$;

-- A post without an end lasts until its holder left; nobody knows since when somebody holds none who left on an unknown day.
create function competency.past_changed_by_officer() returns trigger language plpgsql as $$
begin
	insert into competency.past_changes (first_day)
	select min(greatest(p.valid_from, least(e.ends, t.ends)))
	from (select id, case when active then 'infinity' else coalesce(left_on, '-infinity') end as ends from earlier) e
	join (select id, case when active then 'infinity' else coalesce(left_on, '-infinity') end as ends from touched) t using (id)
	join people.post_assignments p on p.officer_id = t.id and p.valid_to is null
	where e.ends <> t.ends having min(p.valid_from) is not null;
	return null;
end $$;
create trigger past_update after update on people.officers referencing old table as earlier new table as touched for each statement
	execute function competency.past_changed_by_officer();
create function competency.past_changed_by_post_of_one_who_left() returns trigger language plpgsql as $$
begin
	insert into competency.past_changes (first_day)
	select min(coalesce(o.left_on, least(e.valid_from, t.valid_from))) from earlier e join touched t using (id)
	join people.officers o on o.id = t.officer_id and not o.active
	where e.valid_to is distinct from t.valid_to having min(t.valid_from) is not null;
	return null;
end $$;
create trigger past_update_of_one_who_left after update on people.post_assignments referencing old table as earlier new table as touched
	for each statement execute function competency.past_changed_by_post_of_one_who_left();
