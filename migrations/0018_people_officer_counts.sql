-- How many officers there are of each kind in each unit, so that the head of a list and the tree of units add up some
-- thousand numbers rather than count 80,000 cards. Rows are only added: a statement that changes cards adds the
-- differences (two writers never wait for each other), and `fold_officer_counts` makes one row of many once a day.
create table people.officer_counts (
	unit_id uuid,
	active boolean not null,
	employment_kind text not null,
	post_kind text,
	officers integer not null
);

create function people.counts_follow() returns trigger language plpgsql as $$
begin
	if tg_op = 'INSERT' then
		insert into people.officer_counts select unit_id, active, employment_kind, post_kind, count(*) from after group by 1, 2, 3, 4;
	elsif tg_op = 'DELETE' then
		insert into people.officer_counts select unit_id, active, employment_kind, post_kind, -count(*) from before group by 1, 2, 3, 4;
	else
		insert into people.officer_counts
			select unit_id, active, employment_kind, post_kind, sum(one) from (
				select unit_id, active, employment_kind, post_kind, -1 as one from before
				union all select unit_id, active, employment_kind, post_kind, 1 from after) both_
			group by 1, 2, 3, 4 having sum(one) <> 0;
	end if;
	return null;
end $$;
create trigger counts_insert after insert on people.cards referencing new table as after for each statement execute function people.counts_follow();
create trigger counts_update after update on people.cards referencing old table as before new table as after for each statement execute function people.counts_follow();
create trigger counts_delete after delete on people.cards referencing old table as before for each statement execute function people.counts_follow();

create function people.fold_officer_counts() returns void language sql as $$
	with gone as (delete from people.officer_counts returning *)
	insert into people.officer_counts select unit_id, active, employment_kind, post_kind, sum(officers) from gone group by 1, 2, 3, 4 having sum(officers) <> 0;
$$;

insert into people.officer_counts select unit_id, active, employment_kind, post_kind, count(*) from people.cards group by 1, 2, 3, 4;
analyze people.officer_counts;
