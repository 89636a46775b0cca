/** Undo in the wrong order: what is used stays and is named in words, and goes when nothing holds on to it any more. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld } from '../../tests/world.ts';
import { Desk, fixture } from '#modules/people/imports/desk.ts';
import { keptWords } from '#modules/people/server/index.ts';
import { keptRows } from '#platform/imports/rows.ts';
import { importKinds } from './import-kinds.ts';

let desk: Desk;
beforeAll(async () => void (desk = new Desk(await openWorld(), importKinds)));
afterAll(() => desk.world.close());

const counted = async () =>
	(
		await sql<{ officers: number; units: number; trainings: number }>`select (select count(*)::int from people.officers) as officers,
			(select count(*)::int from people.current_units) as units, (select count(*)::int from credentials.external_trainings) as trainings`.execute(
			desk.world.db
		)
	).rows[0]!;

test('the officers first, then what holds on to them, then the rest of the officers', async () => {
	const { db } = desk.world;
	const units = await desk.bring('units', fixture('unor.csv'));
	const officers = await desk.bring('officers', fixture('export-data-asn-200.csv'));
	const trainings = await desk.bring('credentials.courses', fixture('riwayat-kursus.csv'));
	const later = await desk.bring('officers', fixture('export-data-asn-200-next-month.csv'));
	const before = await counted();

	await desk.undo(officers.id);
	const kept = await keptRows(db, officers.id);
	expect(kept.used).toBeGreaterThan(150);
	expect(kept.used).toBeLessThan(200);
	expect(await counted()).toMatchObject({ officers: before.officers - (200 - kept.used), trainings: before.trainings });
	const because = [...new Set((await desk.rows(officers.id)).map((row) => row.kept_because))].sort();
	expect(because).toEqual(['credentials.external_trainings', 'later_import', null]);
	expect(keptWords('credentials.external_trainings', 'id')).toBe(
		'Tidak dibatalkan: sudah dipakai (jam pelajaran, sertifikat, atau riwayat pelatihan).'
	);
	// nothing has changed: nothing happens
	const dump = await desk.dump();
	await desk.undo(officers.id);
	expect(await keptRows(db, officers.id)).toEqual(kept);
	expect(await desk.dump()).toEqual(dump);

	await desk.undo(later.id);
	await desk.undo(trainings.id);
	expect(await keptRows(db, trainings.id)).toEqual({ used: 0, beyond: 0 });
	await desk.undo(officers.id);
	expect(await keptRows(db, officers.id)).toEqual({ used: 0, beyond: 0 });
	expect((await desk.rows(officers.id)).every((row) => row.kept_because === null)).toBe(true);
	expect(await counted()).toEqual({ officers: 0, units: before.units, trainings: 0 });
	expect(await desk.staleCards()).toBe(0);
	await desk.undo(units.id);
	expect(await counted()).toEqual({ officers: 0, units: 0, trainings: 0 });
});

test('whatever may hold on to a row has a name in both languages', async () => {
	const { rows } = await sql<{ schema: string }>`select distinct n.nspname as schema from pg_constraint k
		join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
		join pg_class f on f.oid = k.confrelid join pg_namespace r on r.oid = f.relnamespace
		where k.contype = 'f' and r.nspname in ('people', 'competency', 'credentials', 'performance', 'service')`.execute(desk.world.db);
	const holders = rows.map(({ schema }) => `${schema}.anything`);
	expect(holders.length).toBeGreaterThan(10);
	for (const because of [...holders, 'later_import', 'beyond_reach'])
		for (const locale of ['id', 'en'] as const) {
			const words = keptWords(because, locale);
			expect(words).not.toContain('_');
			expect(words).not.toContain('anything');
		}
});
