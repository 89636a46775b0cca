-- Who asked for an import to be applied: the second person who asks is told that somebody else did.
alter table platform.imports add column apply_requested_by uuid;
