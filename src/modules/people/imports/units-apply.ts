/** Writing and undoing an import of the unit tree: versions open and close, ids stay. */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { referencesTo } from '#platform/imports/references.ts';
import { Refusal } from '#platform/refusal.ts';
import { cardsLater, refreshCards } from './cards.ts';

export async function applyUnits(db: Db, _actor: Actor, _at: Date, importId: string, day: string): Promise<void> {
	await ensureGovernments(db, importId);
	await cardsLater(db);
	await sql`create temporary table incoming on commit drop as
		select r.target_id as unit_id, r.outcome, t.* from platform.import_rows r, jsonb_to_record(r.data) as t(
			siasn_id text, government text, parent text, echelon_id text, name text, head_post_name text, opd text, leader text)
		where r.import_id = ${importId} and r.outcome in ('new', 'changed', 'unchanged')`.execute(db);
	await sql`create unique index on incoming (siasn_id)`.execute(db);
	await sql`create index on incoming (parent)`.execute(db);
	await sql`analyze incoming`.execute(db);
	await sql`insert into people.units (id, siasn_id, government_id)
		select i.unit_id, i.siasn_id, g.id from incoming i join people.governments g on g.siasn_id = i.government
		where i.outcome = 'new' on conflict (siasn_id) do nothing`.execute(db);
	// a unit that stayed as it was has another path all the same when one above it moved: what is compared is the version
	await sql`create temporary table wanted on commit drop as
		with recursive tree as (
			select i.siasn_id, u.id, null::uuid as parent_id, u.label::text::ltree as path from incoming i join people.units u on u.siasn_id = i.siasn_id where i.parent is null
			union all
			select i.siasn_id, u.id, t.id, t.path || u.label::text from tree t join incoming i on i.parent = t.siasn_id join people.units u on u.siasn_id = i.siasn_id
		)
		select t.id as unit_id, t.parent_id, t.path, i.name, i.head_post_name, i.echelon_id, i.leader, o.id as opd_id
		from tree t join incoming i on i.siasn_id = t.siasn_id left join people.units o on o.siasn_id = i.opd`.execute(db);
	await sql`create temporary table renewed on commit drop as
		select w.*, v.id as old_id, greatest(coalesce(v.valid_from, ${day}::date), ${day}::date) as begins from wanted w
		left join people.unit_versions v on v.unit_id = w.unit_id and v.valid_to is null
		where v.id is null or (v.parent_id, v.path, v.name, v.head_post_name, v.echelon_id, v.leader_siasn_id, v.opd_id)
			is distinct from (w.parent_id, w.path, w.name, w.head_post_name, w.echelon_id, w.leader, w.opd_id)`.execute(db);
	await sql`update people.unit_versions v set valid_to = r.begins - 1, closed_by = ${importId} from renewed r where v.id = r.old_id`.execute(
		db
	);
	await sql`insert into people.unit_versions (id, unit_id, parent_id, path, name, head_post_name, echelon_id, leader_siasn_id, opd_id, valid_from, opened_by)
		select gen_random_uuid(), unit_id, parent_id, path, name, head_post_name, echelon_id, leader, opd_id, begins, ${importId} from renewed`.execute(
		db
	);
	await sql`update people.unit_versions v set valid_to = greatest(${day}::date, v.valid_from) - 1, closed_by = ${importId}
		from platform.import_rows r where r.import_id = ${importId} and r.outcome = 'absent' and v.unit_id = r.target_id and v.valid_to is null`.execute(
		db
	);
	await sql`drop table incoming, wanted, renewed`.execute(db);
	await refreshCards(db);
	// small tables are not analysed by the database itself, and a plan for an empty tree takes minutes on a full one
	await sql`analyze people.units, people.unit_versions`.execute(db);
}

/**
 * The government that a tree belongs to: known by its id, else the one of the set-up that has none yet, else made from
 * the root's own name.
 */
async function ensureGovernments(db: Db, importId: string): Promise<void> {
	const { rows } = await sql<{ siasn_id: string; name: string }>`
		select distinct on (r.data->>'government') r.data->>'government' as siasn_id, r.data->>'name' as name from platform.import_rows r
		where r.import_id = ${importId} and r.data->>'parent' is null and r.data is not null
			and not exists (select 1 from people.governments g where g.siasn_id = r.data->>'government') order by 1, r.row`.execute(db);
	for (const { siasn_id, name } of rows) {
		const adopted = await sql`update people.governments set siasn_id = ${siasn_id} where id = (
			select id from people.governments where siasn_id is null and (lower(name) = lower(${name}) or (select count(*) from people.governments) = 1) limit 1) returning id`.execute(
			db
		);
		if (adopted.rows.length > 0) continue;
		const kind = /kabupaten/i.test(name) ? 'kabupaten' : /kota/i.test(name) ? 'kota' : 'provinsi';
		await sql`insert into people.governments (id, siasn_id, name, kind) values (${newId()}, ${siasn_id}, ${name}, ${kind})`.execute(db);
	}
}

/**
 * A tree cannot be half undone: when a unit that this import brought is used (an officer placed, a role granted, a
 * service unit opened) or a later tree stands on it, nothing is undone and the units are named.
 */
export async function undoUnits(db: Db, _actor: Actor, _at: Date, importId: string): Promise<void> {
	const later =
		await sql`select 1 from platform.imports l, platform.imports i where i.id = ${importId} and l.kind = i.kind and l.state = 'applied' and l.turn > i.turn limit 1`.execute(
			db
		);
	if (later.rows.length > 0) throw new Refusal('people_refusal_undo_newer_tree');
	const made = await sql<{ id: string; name: string }>`
		select u.id, v.name from people.units u join people.unit_versions v on v.unit_id = u.id and v.opened_by = ${importId}
		where not exists (select 1 from people.unit_versions w where w.unit_id = u.id and w.opened_by is distinct from ${importId})`.execute(db);
	const own = ['people.unit_versions.unit_id', 'people.unit_versions.parent_id', 'people.unit_versions.opd_id'];
	const used = await referencesTo(
		db,
		'people.units',
		made.rows.map((unit) => unit.id),
		own
	);
	if (used.size > 0) {
		const names = made.rows.filter((unit) => used.has(unit.id)).map((unit) => unit.name);
		throw new Refusal('people_refusal_undo_units_used', {
			params: { count: used.size, names: names.slice(0, 5).join('; ') + (names.length > 5 ? ' …' : '') }
		});
	}
	await cardsLater(db);
	await sql`delete from people.unit_versions where opened_by = ${importId}`.execute(db);
	await sql`update people.unit_versions set valid_to = null, closed_by = null where closed_by = ${importId}`.execute(db);
	await sql`delete from people.units where id = any(${made.rows.map((unit) => unit.id)}::uuid[])`.execute(db);
	await refreshCards(db);
}
