import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { Verb } from '../rules.ts';

export interface Statement {
	/** Client-made where there is a client; makes replay harmless. */
	id: string;
	personId: string;
	verb: Verb;
	objectType: 'test' | 'lesson' | 'question';
	objectId: string;
	context?: Record<string, unknown>;
	result?: Record<string, unknown>;
}

/** Appends the statement; answers false when it was there already. */
export async function store(db: Db, at: Date, statement: Statement): Promise<boolean> {
	const { rows } = await sql`insert into records.statements (id, person_id, verb, object_type, object_id, context, result, stored_at)
		values (${statement.id}, ${statement.personId}, ${statement.verb}, ${statement.objectType}, ${statement.objectId},
			${JSON.stringify(statement.context ?? {})}::jsonb, ${JSON.stringify(statement.result ?? {})}::jsonb, ${at})
		on conflict (id) do nothing returning id`.execute(db);
	return rows.length > 0;
}
