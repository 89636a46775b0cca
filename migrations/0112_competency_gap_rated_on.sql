-- The day of the rating stands with the gap that is kept of it: a list in that order reads no rating but those it shows.
-- The rows follow from the facts; whoever asks next counts them anew.
truncate competency.officer_gaps, competency.gap_counted;
update competency.gap_state set day = null;
alter table competency.officer_gaps add column rated_on date, drop constraint officer_gaps_pkey,
	add primary key (unit_id, competency_id, officer_id) include (required, actual, gap, rated_on, rating_id);
drop index competency.officer_gaps_short;
create index officer_gaps_short on competency.officer_gaps (competency_id, gap desc, officer_id desc)
	include (unit_id, required, actual, rated_on, rating_id) where gap > 0;
