/**
 * What the law fixes, from `reference/` into the dated tables of the modules: idempotent, run after each migration.
 * A module's seeder adds rows that are not there yet and never rewrites one that is.
 */
import { seedCompetencies } from '#modules/competency/server/index.ts';
import { seedJp } from '#modules/credentials/server/index.ts';
import { seedSkm } from '#modules/service/server/index.ts';
import type { Db } from '#platform/database/connection.ts';

const seeders: ((db: Db) => Promise<void>)[] = [seedSkm, seedCompetencies, seedJp];

export async function seedReference(db: Db): Promise<void> {
	for (const seed of seeders) await seed(db);
}
