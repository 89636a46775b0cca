-- The post somebody works towards: a post (post_ref) or a rung. The newest row of an officer counts, earlier ones stay.
create table competency.next_posts (
	id uuid primary key,
	officer_id uuid not null references people.officers,
	post_ref text,
	rung text,
	chosen_by uuid not null references people.accounts,
	chosen_at timestamptz not null,
	check ((post_ref is null) <> (rung is null))
);
create index next_posts_officer on competency.next_posts (officer_id, chosen_at desc, id desc);
