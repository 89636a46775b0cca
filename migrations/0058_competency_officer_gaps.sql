-- The gap of each officer is kept beside the figures that are added up from it, and so are the figures of each unit with
-- all units below it: a page of the persons behind a cell reads its own rows, and the map of a province one row for each
-- cell it shows. All of it follows from ratings, standards, cards and the tree, and may be thrown away at any time.
drop table competency.gap_cells;
drop table competency.gap_units;
drop function competency.gap_units_now();

-- One row: the day of the figures and the changes they were counted with (how many, and the last). Whoever counts holds it.
create table competency.gap_state (
	single boolean primary key default true check (single),
	day date,
	changes int,
	last_change bigint
);
insert into competency.gap_state default values;

-- The same for each unit: what has to be counted anew. Officers without a unit stand under the nil id, the tree of units
-- under the id of all ones: when it changes, the units below each other are added up anew.
create table competency.gap_counted (
	unit_id uuid primary key,
	changes int not null,
	last_change bigint not null
);

-- What is asked of an officer, what counts as held (null = nobody rated) and by which rating.
create table competency.officer_gaps (
	unit_id uuid not null,
	competency_id uuid not null,
	officer_id uuid not null,
	required int not null,
	actual int,
	gap int,
	rating_id uuid,
	primary key (unit_id, competency_id, officer_id) include (required, actual, gap, rating_id)
);

-- `whole` with all units below, otherwise the officers of the unit itself.
create table competency.gap_units (
	unit_id uuid not null,
	whole boolean not null,
	officers int not null,
	-- of whom anything is asked
	asked int not null,
	-- with a valid rating on a competency asked of them, and of these the ones short on at least one
	assessed int not null,
	with_gap int not null,
	primary key (unit_id, whole)
);
create table competency.gap_cells (
	unit_id uuid not null,
	whole boolean not null,
	competency_id uuid not null,
	-- officers of whom it is asked; with a valid rating; short; levels short in all
	people int not null,
	assessed int not null,
	with_gap int not null,
	levels_short int not null,
	primary key (unit_id, whole, competency_id)
);

create function competency.gap_changed_by_tree() returns trigger language plpgsql as $$
begin
	insert into competency.gap_changes (unit_id) values ('ffffffff-ffff-ffff-ffff-ffffffffffff');
	return null;
end $$;
create trigger gap_tree after insert or update or delete on people.unit_versions for each statement execute function competency.gap_changed_by_tree();
