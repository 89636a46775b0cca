-- The next post against whose standard a goal was set, and what it asked that day; without it the present post's.
alter table planning.goals
	add column aim_post_ref text,
	add column aim_rung text,
	add column aim_name text,
	add column aim_level int check (aim_level between 1 and 5),
	add constraint goals_aim check (num_nonnulls(aim_post_ref, aim_rung) = num_nonnulls(aim_level));
