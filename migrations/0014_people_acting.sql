-- Acting for the holder of a post: Plt (the post is vacant) or Plh (the holder is away). Always with a last day.
alter table people.role_grants
	add column acting text check (acting in ('plt', 'plh')),
	add constraint role_grants_acting_ends check (acting is null or valid_to is not null);
