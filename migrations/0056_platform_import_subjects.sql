-- Whom or what a row is about, where only some may bring in rows about them: asked again at applying, undoing and showing.
alter table platform.import_rows add column subject_id uuid;
