/** The unit whose parts a map, a trend or a comparison shows. */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { countScopes, mayReadCounts, mayReadGaps } from './access.ts';

export interface UnitRow {
	id: string;
	name: string;
	path: string;
	parent_id: string | null;
	parent_name: string | null;
	parent_path: string | null;
}

/** The unit asked for, or the top of what the actor's roles cover, a single one opened at once. @throws NotFound outside the subtrees */
export async function openedUnit(
	db: Db,
	actor: Actor,
	unitId: string | undefined
): Promise<{ unit: UnitRow | undefined; parts: UnitRow[] }> {
	if (!mayReadGaps(actor)) throw new NotFound('gaps');
	let unit = unitId !== undefined && isId(unitId) ? await unitById(db, unitId) : undefined;
	if (unitId !== undefined && (!unit || !mayReadCounts(actor, unit.path))) throw new NotFound('unit');
	let parts = unit ? await partsOf(db, unit.id) : await topUnits(db, actor);
	while (!unit && parts.length === 1) {
		unit = parts[0]!;
		parts = await partsOf(db, unit.id);
	}
	return { unit, parts };
}

/** A unit as a page names it, with the one above where the actor may know its counts. */
export const shownUnit = (actor: Actor, unit: UnitRow) => ({
	id: unit.id,
	name: unit.name,
	parent: unit.parent_id && mayReadCounts(actor, unit.parent_path) ? { id: unit.parent_id, name: unit.parent_name! } : null
});

const unitColumns = sql`u.id, u.name, u.path::text, u.parent_id, p.name as parent_name, p.path::text as parent_path`;

export async function unitById(db: Db, id: string): Promise<UnitRow | undefined> {
	const { rows } =
		await sql<UnitRow>`select ${unitColumns} from people.current_units u left join people.current_units p on p.id = u.parent_id where u.id = ${id}`.execute(
			db
		);
	return rows[0];
}

export async function partsOf(db: Db, id: string): Promise<UnitRow[]> {
	const { rows } =
		await sql<UnitRow>`select ${unitColumns} from people.current_units u join people.current_units p on p.id = u.parent_id where u.parent_id = ${id} order by u.name`.execute(
			db
		);
	return rows;
}

/** The highest units of the actor's scopes: those no other scope contains. */
export async function topUnits(db: Db, actor: Actor): Promise<UnitRow[]> {
	const scopes = countScopes(actor);
	const condition = scopes.includes(null)
		? sql`u.parent_id is null`
		: sql`u.path = any(${scopes}::ltree[]) and not exists (select 1 from unnest(${scopes}::ltree[]) s(path) where u.path <@ s.path and u.path <> s.path)`;
	const { rows } =
		await sql<UnitRow>`select ${unitColumns} from people.current_units u left join people.current_units p on p.id = u.parent_id where ${condition} order by u.name`.execute(
			db
		);
	return rows;
}
