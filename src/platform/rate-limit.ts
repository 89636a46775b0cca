import { sql } from 'kysely';
import type { Db } from './database/connection.ts';

/**
 * Counts a hit in a fixed window, in the database so that all processes share it.
 * @returns seconds to wait, 0 when admitted
 */
export async function hit(db: Db, key: string, limit: number, windowSeconds: number): Promise<number> {
	const { rows } = await sql<{ hits: number; wait: number }>`insert into platform.rate_limits (key, hits, resets_at)
		values (${key}, 1, now() + make_interval(secs => ${windowSeconds}))
		on conflict (key) do update set
			hits = case when platform.rate_limits.resets_at <= now() then 1 else platform.rate_limits.hits + 1 end,
			resets_at = case when platform.rate_limits.resets_at <= now() then excluded.resets_at else platform.rate_limits.resets_at end
		returning hits, ceil(extract(epoch from resets_at - now()))::int as wait`.execute(db);
	const row = rows[0]!;
	return row.hits > limit ? Math.max(1, row.wait) : 0;
}

/** Takes one hit back: the attempt was honest, and people behind one office address must not use up each other's. */
export async function forgive(db: Db, key: string): Promise<void> {
	await sql`update platform.rate_limits set hits = greatest(0, hits - 1) where key = ${key}`.execute(db);
}
