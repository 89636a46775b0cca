-- Officers and units are found by the national system's id whenever a further sheet is brought in; both are unique
-- already. What further imports write carries the import that wrote it last, so that undo knows what is its own.
create index imports_kind on platform.imports (kind, created_at desc, id desc);
