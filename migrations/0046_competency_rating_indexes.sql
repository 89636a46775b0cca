-- The counted rating of every officer and competency is read from an index alone, in its order: no sort, no heap.
drop index competency.ratings_officer;
create index ratings_officer on competency.ratings (officer_id, competency_id, strength desc, rated_at desc, id desc) include (level, valid_until);
-- the same of one competency
create index ratings_competency on competency.ratings (competency_id, officer_id, strength desc, rated_at desc, id desc) include (level, valid_until);
