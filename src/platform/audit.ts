import { sql } from 'kysely';
import type { Actor } from './actor.ts';
import type { Db } from './database/connection.ts';
import { newId } from './ids.ts';

/** One line of the trail: who did what to what. Written in the transaction of the deed. */
export async function audit(
	db: Db,
	actor: Actor,
	at: Date,
	action: string,
	object: { type: string; id: string },
	detail: Record<string, unknown> = {}
): Promise<void> {
	await sql`insert into platform.audit_entries (id, at, actor_id, action, object_type, object_id, detail)
		values (${newId()}, ${at}, ${actor.accountId}, ${action}, ${object.type}, ${object.id}, ${JSON.stringify(detail)}::jsonb)`.execute(db);
}
