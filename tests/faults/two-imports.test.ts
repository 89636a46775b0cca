/** Two people at two terminals bring the same file in at the same moment: its rows are in once, and nobody is told a fault. */
import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretsOf } from '../../src/platform/data-folder.ts';
import { connect } from '../../src/platform/database/connection.ts';
import { startEmbedded, type EmbeddedServer } from '../../src/platform/database/embedded.ts';
import { importByCommand } from '../journeys/command.ts';
import { newDataFolder } from '../server.ts';

const FIXTURES = 'src/modules/people/fixtures';
const folder = newDataFolder();
let database: EmbeddedServer;

beforeAll(async () => {
	database = await startEmbedded({ folder: `${folder}/postgres`, password: secretsOf(folder).database });
	await importByCommand(folder, 'units', `${FIXTURES}/unor.csv`, true);
});
afterAll(async () => {
	await database?.stop();
	rmSync(folder, { recursive: true, force: true });
});

test('one brings in 200 officers, the other is told that all of them are there', async () => {
	const bring = () => importByCommand(folder, 'officers', `${FIXTURES}/export-data-asn-200.csv`, true);
	const answers = await Promise.all([bring(), bring()]);
	const brought = answers.map(({ new: fresh, changed, unchanged, refused, applied }) => ({ fresh, changed, unchanged, refused, applied }));
	expect(brought.sort((a, b) => b.fresh - a.fresh)).toEqual([
		{ fresh: 200, changed: 0, unchanged: 0, refused: 0, applied: true },
		{ fresh: 0, changed: 0, unchanged: 200, refused: 0, applied: true }
	]);
	const connection = connect(database.url(), 1);
	const { rows } = await sql<{
		officers: number;
		numbers: number;
		cards: number;
	}>`select (select count(*)::int from people.officers) as officers,
		(select count(*)::int from people.officer_numbers) as numbers, (select count(*)::int from people.cards) as cards`.execute(connection.db);
	await connection.close();
	expect(rows[0]).toEqual({ officers: 200, numbers: 200, cards: 200 });
});
