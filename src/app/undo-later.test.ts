/** Undo in the wrong order: what is used stays and is named in words, and goes when nothing holds on to it any more. */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../tests/world.ts';
import { keptWords } from '#modules/people/server/index.ts';
import { staleCards } from '#modules/people/testing.ts';
import { systemActor } from '#platform/actor.ts';
import { importRows, keptRows } from '#platform/imports/rows.ts';
import { importDesk } from './import-desk.ts';

const at = new Date('2026-01-31T03:00:00Z');
let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world.close());

const desk = importDesk(() => world, at);
const bring = async (name: string, file: string): Promise<string> =>
	(await desk.bring(systemActor, name, readFileSync(`src/modules/people/fixtures/${file}`, 'utf8'))).id;
const undo = (id: string) => desk.undo(systemActor, id);

const counted = async () =>
	(
		await sql<{ officers: number; units: number; trainings: number }>`select (select count(*)::int from people.officers) as officers,
			(select count(*)::int from people.current_units) as units, (select count(*)::int from credentials.external_trainings) as trainings`.execute(
			world.db
		)
	).rows[0]!;

/** Every row of the people, with which import wrote it. */
const dump = async () =>
	Promise.all(
		['officers', 'officer_numbers', 'post_assignments', 'units', 'unit_versions', 'cards'].map(async (table) =>
			(
				await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(`people.${table}`)} t order by 1`.execute(world.db)
			).rows.map(({ row }) => row)
		)
	);

test('the officers first, then what holds on to them, then the rest of the officers', async () => {
	const { db } = world;
	const because = async () => (await importRows(db, officers, undefined, 0, 1000)).map((row) => row.kept_because);
	const units = await bring('units', 'unor.csv');
	const officers = await bring('officers', 'export-data-asn-200.csv');
	const trainings = await bring('riwayat-kursus', 'riwayat-kursus.csv');
	const later = await bring('officers', 'export-data-asn-200-next-month.csv');
	const before = await counted();

	await undo(officers);
	const kept = await keptRows(db, officers);
	expect(kept.used).toBeGreaterThan(150);
	expect(kept.used).toBeLessThan(200);
	expect(await counted()).toMatchObject({ officers: before.officers - (200 - kept.used), trainings: before.trainings });
	expect([...new Set(await because())].sort()).toEqual(['credentials.external_trainings', 'later_import', null]);
	expect(keptWords('credentials.external_trainings', 'id')).toBe(
		'Tidak dibatalkan: sudah dipakai (jam pelajaran, sertifikat, atau riwayat pelatihan).'
	);
	// nothing has changed: nothing happens
	const all = await dump();
	await undo(officers);
	expect(await keptRows(db, officers)).toEqual(kept);
	expect(await dump()).toEqual(all);

	await undo(later);
	await undo(trainings);
	expect(await keptRows(db, trainings)).toEqual({ used: 0, beyond: 0 });
	await undo(officers);
	expect(await keptRows(db, officers)).toEqual({ used: 0, beyond: 0 });
	expect((await because()).every((one) => one === null)).toBe(true);
	expect(await counted()).toEqual({ officers: 0, units: before.units, trainings: 0 });
	expect(await staleCards(db)).toBe(0);
	await undo(units);
	expect(await counted()).toEqual({ officers: 0, units: 0, trainings: 0 });
});

test('whatever may hold on to a row has a name in both languages', async () => {
	const { rows } = await sql<{ schema: string }>`select distinct n.nspname as schema from pg_constraint k
		join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
		join pg_class f on f.oid = k.confrelid join pg_namespace r on r.oid = f.relnamespace
		where k.contype = 'f' and r.nspname in ('people', 'competency', 'credentials', 'performance', 'service')`.execute(world.db);
	const holders = rows.map(({ schema }) => `${schema}.anything`);
	expect(holders.length).toBeGreaterThan(10);
	for (const because of [...holders, 'later_import', 'beyond_reach'])
		for (const locale of ['id', 'en'] as const) {
			const words = keptWords(because, locale);
			expect(words).not.toContain('_');
			expect(words).not.toContain('anything');
		}
});
