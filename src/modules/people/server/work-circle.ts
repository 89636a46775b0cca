import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { superiorsOn } from './superiors.ts';

export interface CircleMember {
	/** Officer id; key of inbox items too. */
	personId: string;
	name: string;
	post: string | null;
	unitId: string | null;
	unitName: string | null;
	rung: string | null;
	/** Works in the unit itself or below it. */
	inside: boolean;
	superiorPersonId: string | null;
	superiorName: string | null;
	/** Can sign in today. */
	hasAccount: boolean;
}

/**
 * Who works with whom around a unit: active officers of its subtree, and around it those of the unit above and the
 * heads of its sister units, each with the superior. No check of access.
 * @throws NotFound when the unit does not exist or has ended
 */
export async function workCircle(
	db: Db,
	at: Date,
	unitId: string
): Promise<{ unit: { id: string; name: string; path: string }; members: CircleMember[] }> {
	const units = isId(unitId)
		? await sql<{
				id: string;
				name: string;
				path: string;
				parent_id: string | null;
			}>`select id, name, path::text, parent_id from people.current_units
			where id = ${unitId}`.execute(db)
		: { rows: [] };
	const unit = units.rows[0];
	if (!unit) throw new NotFound('unit');
	const circle = sql`c.active and (c.unit_path <@ ${unit.path}::ltree or c.unit_id = ${unit.parent_id}
		or c.post_kind = 'structural' and c.unit_id in (select id from people.current_units where parent_id = ${unit.parent_id}))`;
	const { rows } =
		await sql<CircleMember>`select c.id as "personId", c.display_name as name, c.post_name as post, c.unit_id as "unitId", c.unit_name as "unitName",
			c.rung, c.unit_path <@ ${unit.path}::ltree as inside, coalesce(superior.officer_id, superior.account_id) as "superiorPersonId", superior.name as "superiorName",
			exists (select 1 from people.accounts a where a.officer_id = c.id and a.disabled_at is null and a.auth_user_id is not null) as "hasAccount"
		from people.officer_cards c left join ${superiorsOn(at, circle)} superior using (id) where ${circle}
		order by c.full_name, c.id`.execute(db);
	return { unit: { id: unit.id, name: unit.name, path: unit.path }, members: rows };
}
