/** Writing and undoing an import of officers: a handful of set-based statements, however long the file. */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { keepUsed } from '#platform/imports/record-import.ts';
import { writtenBy } from '#platform/imports/rows.ts';
import { cardsLater, refreshCards } from './cards.ts';

const FIELDS = [
	'full_name',
	'front_title',
	'back_title',
	'birth_date',
	'sex',
	'email',
	'private_email',
	'employment_kind',
	'employment_name',
	'legal_status_id',
	'legal_status_name',
	'active',
	'joined_on',
	'confirmed_on',
	'rank_id',
	'rank_code',
	'rank_since',
	'education_level_id',
	'education_level_name',
	'education_name',
	'search_name'
];
const fieldList = (prefix: string) => sql.raw(FIELDS.map((field) => `${prefix}${field}`).join(', '));

/** Rows of the import that write, as typed columns. */
const incoming = (importId: string) => sql`
	select r.target_id as officer_id, r.outcome, t.*
	from platform.import_rows r, jsonb_to_record(r.data) as t(
		siasn_id text, number text, number_kind text, full_name text, front_title text, back_title text, birth_date date, sex text, email text,
		private_email text, employment_kind text, employment_name text, legal_status_id text, legal_status_name text, active boolean, joined_on date,
		confirmed_on date, rank_id text, rank_code text, rank_since date, education_level_id text, education_level_name text, education_name text,
		search_name text, post_kind text, post_ref text, post_name text, since date, rung text, unit_id uuid, government_id uuid)
	where r.import_id = ${importId} and r.outcome in ('new', 'changed')`;

export async function applyOfficers(db: Db, _actor: Actor, at: Date, importId: string, day: string): Promise<void> {
	await cardsLater(db);
	await sql`create temporary table incoming on commit drop as ${incoming(importId)}`.execute(db);
	await sql`create unique index on incoming (officer_id)`.execute(db);
	await sql`analyze incoming (officer_id, outcome)`.execute(db);
	await sql`update platform.import_rows r set before = to_jsonb(o) from people.officers o
		where r.import_id = ${importId} and r.outcome = 'changed' and o.id = r.target_id`.execute(db);
	// an officer who left without a unit belongs to the government that the others of the file belong to
	await sql`insert into people.officers (id, siasn_id, government_id, ${fieldList('')}, imported_by, created_at, updated_at)
		select officer_id, siasn_id, coalesce(government_id, (select government_id from incoming where government_id is not null limit 1), (select id from people.governments order by id limit 1)),
			${fieldList('')}, ${importId}, ${at}, ${at} from incoming where outcome = 'new'`.execute(db);
	await sql`update people.officers o set (${fieldList('')}) = (select ${fieldList('i.')}), government_id = coalesce(i.government_id, o.government_id),
			imported_by = ${importId}, updated_at = ${at}, left_on = case when not i.active then case when o.active then ${day}::date else o.left_on end end
		from incoming i where i.officer_id = o.id and i.outcome = 'changed'`.execute(db);
	await writeNumbers(db, importId, day);
	await writePosts(db, importId, day);
	await sql`drop table incoming`.execute(db);
	await refreshCards(db, writtenBy(importId));
	// the planner must not believe in an empty province until the database looks by itself
	await sql`analyze people.officers, people.officer_numbers, people.post_assignments, people.cards`.execute(db);
}

/** A new number begins with the appointment it came with; the one before ends the day before. All end before any begins: numbers may be swapped. */
async function writeNumbers(db: Db, importId: string, day: string): Promise<void> {
	await sql`create temporary table renumbered on commit drop as
		select i.officer_id, i.number, i.number_kind, n.id as old_id,
			case when n.id is null then coalesce(i.joined_on, ${day}::date) when i.joined_on > n.valid_from then i.joined_on else greatest(${day}::date, n.valid_from) end as begins
		from incoming i left join people.officer_numbers n on n.officer_id = i.officer_id and n.valid_to is null
		where n.number is distinct from i.number or n.kind is distinct from i.number_kind`.execute(db);
	await sql`update people.officer_numbers n set valid_to = r.begins - 1, closed_by = ${importId} from renumbered r where n.id = r.old_id`.execute(
		db
	);
	await sql`insert into people.officer_numbers (officer_id, number, kind, valid_from, opened_by) select officer_id, number, number_kind, begins, ${importId} from renumbered`.execute(
		db
	);
	await sql`drop table renumbered`.execute(db);
}

/** Another post begins with its TMT, another unit alone with the day of the import; somebody without a post or unit holds none. */
async function writePosts(db: Db, importId: string, day: string): Promise<void> {
	await sql`create temporary table moved on commit drop as
		select i.*, p.id as old_id,
			case when p.id is null then coalesce(i.since, ${day}::date) when i.since > p.valid_from then i.since else greatest(${day}::date, p.valid_from) end as begins
		from incoming i left join people.post_assignments p on p.officer_id = i.officer_id and p.valid_to is null
		where (p.unit_id, p.post_kind, p.post_ref, p.post_name, p.since) is distinct from (i.unit_id, i.post_kind, i.post_ref, i.post_name, i.since)`.execute(
		db
	);
	await sql`update people.post_assignments p set valid_to = m.begins - 1, closed_by = ${importId} from moved m where p.id = m.old_id`.execute(
		db
	);
	await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_ref, post_name, rung, since, valid_from, opened_by)
		select gen_random_uuid(), officer_id, unit_id, post_kind, post_ref, post_name, rung, since, begins, ${importId} from moved
		where unit_id is not null and post_kind is not null and post_name is not null`.execute(db);
	await sql`drop table moved`.execute(db);
}

/** New officers somebody refers to by now, and officers a later import changed again, stay as they are and are named. */
export async function undoOfficers(db: Db, _actor: Actor, at: Date, importId: string): Promise<void> {
	await keepUsed(db, 'people.officers', importId, ['people.officer_numbers.officer_id', 'people.post_assignments.officer_id']);
	await cardsLater(db);
	const touched = sql`(${writtenBy(importId)})`;
	await sql`delete from people.post_assignments where opened_by = ${importId} and officer_id in ${touched}`.execute(db);
	await sql`delete from people.officer_numbers where opened_by = ${importId} and officer_id in ${touched}`.execute(db);
	await sql`delete from people.officers where id in (select target_id from platform.import_rows where import_id = ${importId} and outcome = 'new' and kept_because is null)`.execute(
		db
	);
	await sql`update people.post_assignments set valid_to = null, closed_by = null where closed_by = ${importId} and officer_id in ${touched}`.execute(
		db
	);
	await sql`update people.officer_numbers set valid_to = null, closed_by = null where closed_by = ${importId} and officer_id in ${touched}`.execute(
		db
	);
	await sql`update people.officers o set (${fieldList('')}) = (select ${fieldList('b.')}), government_id = b.government_id, imported_by = b.imported_by, left_on = b.left_on,
			updated_at = ${at}
		from platform.import_rows r, jsonb_populate_record(null::people.officers, r.before) b
		where r.import_id = ${importId} and r.outcome = 'changed' and r.kept_because is null and o.id = r.target_id`.execute(db);
	await refreshCards(db, writtenBy(importId));
}
