-- The key of a training is that of its officer: whoever brings in the training of some officers learns nothing of the
-- keys of others. An empty installation makes the table later (0091); what was rehearsed by old keys is rehearsed again.
do $$
begin
	if to_regclass('credentials.external_trainings') is null then return; end if;
	update credentials.external_trainings
		set source_key = kind || ':' || officer_id || '|' || substr(source_key, length(kind) + 2);
	update platform.imports set state = 'reading'
		where state in ('rehearsed', 'applying') and kind in ('credentials.courses', 'credentials.structural_trainings');
end $$;
