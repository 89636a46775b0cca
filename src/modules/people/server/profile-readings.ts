import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';

export interface ProfileReading {
	id: string;
	at: Date;
	/** Null when the account is gone from the trail: a process of the system. */
	name: string | null;
	post_name: string | null;
	/** Which page was opened. */
	action: 'people.officer_read' | 'competency.read_profile';
}

/** Who else opened the pages about oneself, the newest first, paged by (at, id). */
export async function readingsOfMe(db: Db, actor: Actor, before?: { at: string; id: string }, limit = 20): Promise<ProfileReading[]> {
	if (actor.officerId === null) return [];
	const { rows } = await sql<ProfileReading>`select e.id, e.at, a.name, c.post_name, e.action from platform.audit_entries e
		left join people.accounts a on a.id = e.actor_id left join people.officer_cards c on c.id = a.officer_id
		where e.object_type = 'officer' and e.object_id = ${actor.officerId} and e.action in ('people.officer_read', 'competency.read_profile')
			and e.actor_id is distinct from ${actor.accountId}
			${before ? sql`and (e.at, e.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
		order by e.at desc, e.id desc limit ${limit}`.execute(db);
	return rows;
}
