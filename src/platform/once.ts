import { sql } from 'kysely';
import type { Db } from './database/connection.ts';
import { isId } from './ids.ts';

/**
 * Double submit: a form carries the key made when it was shown (`newId()`); the second arrival answers what the first
 * made. The insert waits for a first one still under way, so two at once are safe too.
 * @param key hidden field `form_key`; without a valid one the work simply runs
 */
export async function once<T>(db: Db, key: string | undefined, at: Date, work: () => Promise<T>): Promise<T> {
	if (!key || !isId(key)) return work();
	const first = await sql`insert into platform.form_receipts (key, at) values (${key}, ${at}) on conflict do nothing returning key`.execute(
		db
	);
	if (first.rows.length === 0) {
		const { rows } = await sql<{ result: T }>`select result from platform.form_receipts where key = ${key}`.execute(db);
		return rows[0]!.result;
	}
	const result = await work();
	await sql`update platform.form_receipts set result = ${JSON.stringify(result ?? null)}::jsonb where key = ${key}`.execute(db);
	return result;
}

/** The next gapless number of a kind in a year; the row stays locked until the transaction ends. */
export async function nextNumber(db: Db, kind: string, year: number): Promise<number> {
	const { rows } = await sql<{
		last_number: number;
	}>`insert into platform.number_series (kind, year, last_number) values (${kind}, ${year}, 1)
		on conflict (kind, year) do update set last_number = platform.number_series.last_number + 1 returning last_number`.execute(db);
	return rows[0]!.last_number;
}
