-- The office sets the weights: all sources at once, from a day on, on any scale. Sets are only added: of two for the
-- same day the later counts, and the earlier stays in the history.
alter table competency.source_weights
	alter column weight type numeric(9, 2),
	add column set_by uuid references people.accounts,
	add column set_at timestamptz,
	drop constraint source_weights_pkey;
create unique index source_weights_set on competency.source_weights (valid_from, set_at, source) nulls not distinct;
