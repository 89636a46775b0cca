/** The cards of the directory (`people.cards`) follow officers, numbers, posts and units by triggers; a bulk write refreshes them once. */
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

/** From here to `refreshCards`, in this transaction, no statement refreshes by itself. */
export const cardsLater = async (db: Db): Promise<void> => void (await sql`select set_config('people.cards', 'later', true)`.execute(db));

/** @param ids a query of officers' ids; all without it */
export async function refreshCards(db: Db, ids?: RawBuilder<unknown>): Promise<void> {
	await sql`select people.refresh_cards(${ids ? sql`array(${ids})` : sql`null`})`.execute(db);
	await sql`select set_config('people.cards', '', true)`.execute(db);
}
