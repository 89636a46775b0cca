/**
 * What a module holds about one person, for the page "Data tentang saya". Purpose, basis and period of each stand in
 * `reference/processing-register.json` under the same key.
 */
import type { Db } from './database/connection.ts';

export interface DataSubject {
	accountId: string;
	/** Null for somebody who is no officer. */
	officerId: string | null;
	/** Key of inbox items and of learning records. */
	personId: string;
}

export interface PersonalDataSource {
	/** `people.identity`: module and category. */
	key: string;
	/** Everything held, as plain rows in an order that stays; nothing about other persons that this one may not know. */
	rows(db: Db, subject: DataSubject, at: Date): Promise<Record<string, unknown>[]>;
}
