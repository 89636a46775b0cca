-- The persons of a large office who fall short, the furthest first: read in that order until a page is full, not put in
-- order for each page. Of a small unit the rows of its units are fewer than those of the province.
create index officer_gaps_short on competency.officer_gaps (competency_id, gap desc, officer_id desc) include (unit_id, required, actual, rating_id) where gap > 0;
