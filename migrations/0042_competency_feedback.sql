-- A rating that came out of a 360° round: a group's mean beside its level. The round gives each only once.
alter table competency.ratings
	add column round_id uuid references surveys.feedback_rounds,
	add column mean numeric(2, 1) check (mean between 1 and 5),
	add column raters int check (raters > 0),
	add constraint ratings_anonymous check (round_id is null or source not in ('peer', 'subordinate') or raters >= 3);
create unique index ratings_round on competency.ratings (round_id, officer_id, competency_id, source) where round_id is not null;
-- How much a source counts in the combined figure. The figure stands beside the strongest rating, never instead of it.
create table competency.source_weights (
	source text not null check (source in ('assessment_centre', 'test', 'superior', 'peer', 'subordinate', 'self')),
	valid_from date not null,
	weight int not null check (weight >= 0),
	basis text not null,
	confidence text not null,
	primary key (source, valid_from)
);
