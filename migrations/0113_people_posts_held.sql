-- How many active officers hold which post: the list of standards adds up some thousand numbers and does not count 80,000
-- cards. Kept like `officer_counts`, as differences that a statement adds and the daily job makes one row of.
create table people.post_counts (
	post_ref text,
	post_name text,
	rung text,
	officers integer not null
);

create or replace function people.counts_follow() returns trigger language plpgsql as $$
begin
	if tg_op = 'INSERT' then
		insert into people.officer_counts select unit_id, active, employment_kind, post_kind, count(*) from after group by 1, 2, 3, 4;
		insert into people.post_counts select post_ref, post_name, rung, count(*) from after where active group by 1, 2, 3;
	elsif tg_op = 'DELETE' then
		insert into people.officer_counts select unit_id, active, employment_kind, post_kind, -count(*) from before group by 1, 2, 3, 4;
		insert into people.post_counts select post_ref, post_name, rung, -count(*) from before where active group by 1, 2, 3;
	else
		insert into people.officer_counts
			select unit_id, active, employment_kind, post_kind, sum(one) from (
				select unit_id, active, employment_kind, post_kind, -1 as one from before
				union all select unit_id, active, employment_kind, post_kind, 1 from after) both_
			group by 1, 2, 3, 4 having sum(one) <> 0;
		insert into people.post_counts
			select post_ref, post_name, rung, sum(one) from (
				select post_ref, post_name, rung, -1 as one from before where active
				union all select post_ref, post_name, rung, 1 from after where active) both_
			group by 1, 2, 3 having sum(one) <> 0;
	end if;
	return null;
end $$;

create or replace function people.fold_officer_counts() returns void language sql as $$
	with gone as (delete from people.officer_counts returning *)
	insert into people.officer_counts select unit_id, active, employment_kind, post_kind, sum(officers) from gone group by 1, 2, 3, 4 having sum(officers) <> 0;
	with gone as (delete from people.post_counts returning *)
	insert into people.post_counts select post_ref, post_name, rung, sum(officers) from gone group by 1, 2, 3 having sum(officers) <> 0;
$$;

insert into people.post_counts select post_ref, post_name, rung, count(*) from people.cards where active group by 1, 2, 3;
analyze people.post_counts;

-- A leader's post is named by the unit led.
create index cards_led on people.cards (post_ref) where active and post_kind = 'structural';

-- Posts that active officers hold; who has none stands under null.
create view people.posts_held as
	select post_ref, post_name, rung, sum(officers)::int as officers from people.post_counts group by 1, 2, 3 having sum(officers) <> 0;
