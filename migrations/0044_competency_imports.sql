-- Catalogues of technical competencies and standards of posts come in as sheets: each row has a key of its own.
alter table competency.competencies
	add column source_key text unique,
	add column imported_by uuid references platform.imports,
	-- the government affair (urusan) whose ministry keeps the catalogue
	add column field text,
	-- the five levels as the row brought them; competency.levels follows from it
	add column brought_levels jsonb;
alter table competency.levels add column indicators text[] not null default '{}';
alter table competency.standards
	-- post, competency and first day; null where the editor set it
	add column source_key text unique,
	add column imported_by uuid references platform.imports,
	-- as the sheet names the post, which nobody may hold yet
	add column post_name text,
	-- the day on which somebody ended it; valid_to is the earlier of this and the day before the next version
	add column ended_on date;
update competency.standards s set ended_on = s.valid_to
	where s.valid_to is not null and s.valid_to is distinct from (select min(n.valid_from) - 1 from competency.standards n
		where n.post_ref is not distinct from s.post_ref and n.rung is not distinct from s.rung and n.valid_from > s.valid_from);
