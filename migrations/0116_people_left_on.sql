-- Since when an officer is not active any more, as far as an import has seen it happen: a past quarter keeps who served in it.
-- The register says who is active, not since when, and leaves the last post open. Null of somebody inactive: nobody knows.
alter table people.officers add column left_on date check (left_on is null or not active);
