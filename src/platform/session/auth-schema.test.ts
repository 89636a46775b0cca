/** Our frozen migration of the `auth` schema against what the pinned better-auth asks for: an upgrade that wants more fails here. */
import { readFileSync } from 'node:fs';
import type { BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { authOptions } from './auth.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world.close());

/** Our own options, with the schema named in the way that the comparison reads. */
const optionsFor = (schemaName: string): BetterAuthOptions => ({
	...authOptions(world.db, 'a secret of the test, long enough to be one', undefined),
	database: { db: world.db as never, type: 'postgres', schemaName }
});

test('the tables are those that better-auth expects', async () => {
	const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems } = await getMigrations(optionsFor('auth'));
	expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems }).toEqual({
		toBeCreated: [],
		toBeAdded: [],
		toBeAddedIndexes: [],
		schemaProblems: []
	});
});

test('a missing column is noticed', async () => {
	await sql`alter table auth.session drop column "userAgent"`.execute(world.db);
	const { toBeAdded } = await getMigrations(optionsFor('auth'));
	expect(toBeAdded.map(({ table, fields }) => [table, Object.keys(fields)])).toEqual([['session', ['userAgent']]]);
});

test('the migration is what better-auth writes for an empty schema', async () => {
	const { compileMigrations } = await getMigrations(optionsFor('auth_anew'));
	const statements = (text: string): string[] =>
		text
			.replaceAll('auth_anew', 'auth')
			.replace(/^--.*$/gm, '')
			.split(';')
			.map((statement) =>
				statement
					.replace(/^--.*$/gm, '')
					.replace(/\s+/g, ' ')
					.trim()
			)
			.filter((statement) => statement !== '' && !/^create schema/.test(statement));
	expect(statements(readFileSync('migrations/0002_auth_better_auth.sql', 'utf8'))).toEqual(statements(await compileMigrations()));
});
