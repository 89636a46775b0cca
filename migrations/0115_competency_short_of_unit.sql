-- Who falls short in an office of any size, in whatever order they are shown: read unit by unit, and nobody else with them.
create index officer_gaps_short_of_unit on competency.officer_gaps (competency_id, unit_id, officer_id)
	include (gap, required, actual, rated_on, rating_id) where gap > 0;
