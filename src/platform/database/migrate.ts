import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { executeRaw, type Db } from './connection.ts';

/** Two processes that start together must not migrate together: an advisory lock of our own. */
const LOCK = 7_203_115;

/**
 * Applies `migrations/NNNN_module_what.sql` in order, each in the one transaction that also records it.
 * Forward only: a file that landed is frozen, and a changed one stops the start with its name.
 * @returns names applied now
 */
export async function migrate(db: Db, folder: string): Promise<string[]> {
	const files = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_0-9]+\.sql$/.test(name)).sort();
	return db.connection().execute(async (connection) => {
		await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
		try {
			await sql`create table if not exists public.migrations (
				name text primary key, sha256 text not null, applied_at timestamptz not null default now()
			)`.execute(connection);
			const known = new Map(
				(await sql<{ name: string; sha256: string }>`select name, sha256 from public.migrations`.execute(connection)).rows.map((row) => [
					row.name,
					row.sha256
				])
			);
			const applied: string[] = [];
			for (const name of files) {
				const text = await readFile(join(folder, name), 'utf8');
				const sha256 = createHash('sha256').update(text).digest('hex');
				const before = known.get(name);
				if (before === sha256) continue;
				if (before) throw new Error(`Migration ${name} was changed after it was applied; write a new one instead.`);
				await connection.transaction().execute(async (transaction) => {
					await executeRaw(transaction, text);
					await sql`insert into public.migrations (name, sha256) values (${name}, ${sha256})`.execute(transaction);
				});
				applied.push(name);
			}
			return applied;
		} finally {
			await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
		}
	});
}
