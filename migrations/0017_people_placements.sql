-- Who stood where on a day, by the tree of that day: reports about a past year do not move with a reorganisation.
-- A unit's place on a day before its first recorded version is that of the first version (`assumed`): the tree before
-- it was brought in is not known.
create function people.units_on(day date)
returns table (unit_id uuid, government_id uuid, parent_id uuid, path ltree, name text, opd_id uuid, assumed boolean)
language sql stable as $$
	select distinct on (v.unit_id) v.unit_id, u.government_id, v.parent_id, v.path, v.name, v.opd_id, v.valid_from > day
	from people.unit_versions v join people.units u on u.id = v.unit_id
	where v.valid_to is null or v.valid_to >= v.valid_from
	order by v.unit_id, v.valid_from > day, abs(v.valid_from - day)
$$;

-- One row an officer. `number_kind` says what the officer was: a person may have been PPPK then and be PNS now.
create function people.placements_on(day date)
returns table (officer_id uuid, unit_id uuid, unit_name text, unit_path ltree, opd_id uuid, opd_name text,
	government_id uuid, number_kind text, post_name text, assumed boolean)
language sql stable as $$
	with places as materialized (select * from people.units_on(day))
	select distinct on (p.officer_id) p.officer_id, p.unit_id, t.name, t.path, t.opd_id, opd.name, t.government_id, n.kind, p.post_name, t.assumed
	from people.post_assignments p
	join places t on t.unit_id = p.unit_id
	left join places opd on opd.unit_id = t.opd_id
	left join people.officer_numbers n on n.officer_id = p.officer_id and n.valid_from <= day and (n.valid_to is null or n.valid_to >= day)
	where p.valid_from <= day and (p.valid_to is null or p.valid_to >= day)
	order by p.officer_id, p.valid_from desc, n.valid_from desc
$$;
