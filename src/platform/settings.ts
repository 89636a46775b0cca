import { sql } from 'kysely';
import type { Db } from './database/connection.ts';

/** The value in force at a time; a later change never rewrites what was. */
export async function setting<T>(db: Db, at: Date, key: string): Promise<T | undefined> {
	const { rows } = await sql<{ value: T }>`select value from platform.settings
		where key = ${key} and valid_from <= ${at} order by valid_from desc limit 1`.execute(db);
	return rows[0]?.value;
}

export async function setSetting(db: Db, at: Date, key: string, value: unknown, setBy: string | null): Promise<void> {
	await sql`insert into platform.settings (key, valid_from, value, set_by)
		values (${key}, ${at}, ${JSON.stringify(value)}::jsonb, ${setBy})
		on conflict (key, valid_from) do update set value = excluded.value, set_by = excluded.set_by`.execute(db);
}
