import { sql } from 'kysely';
import type { Db } from './database/connection.ts';
import { inTransaction } from './database/connection.ts';
import { newId } from './ids.ts';
import { enqueue, type JobHandler } from './jobs.ts';

/**
 * News from a lower module to higher ones: `type` is `module.past_tense`, the payload holds ids only. Inserted by the
 * publisher in its own transaction, with one job per listener.
 */
export interface SiginjaiEvent {
	id: string;
	type: string;
	payload: Record<string, string>;
	at: Date;
}

export interface Listener {
	/** Unique name; with the event's id it makes the delivery idempotent. */
	name: string;
	type: string;
	handle(db: Db, event: SiginjaiEvent): Promise<void>;
}

/** Writes the event and one job `event` that fans out to the listeners known to the worker. */
export async function publish(db: Db, at: Date, type: string, payload: Record<string, string>): Promise<void> {
	const id = newId();
	await sql`insert into platform.events (id, type, payload, at) values (${id}, ${type}, ${JSON.stringify(payload)}::jsonb, ${at})`.execute(
		db
	);
	await enqueue(db, 'event', { eventId: id });
}

/** The handler of the `event` queue: each listener in its own transaction, once. */
export function deliverEvents(db: Db, listeners: Listener[]): JobHandler {
	return async ({ eventId }) => {
		const found = await sql<SiginjaiEvent>`select id, type, payload, at from platform.events where id = ${eventId as string}`.execute(db);
		const event = found.rows[0];
		if (!event) return;
		for (const listener of listeners.filter((candidate) => candidate.type === event.type)) {
			await inTransaction(db, async (transaction) => {
				const first = await sql`insert into platform.event_deliveries (event_id, listener) values (${event.id}, ${listener.name})
					on conflict do nothing returning event_id`.execute(transaction);
				if (first.rows.length > 0) await listener.handle(transaction, event);
			});
		}
	};
}
