import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { ENDED_AT, applyAll, heldSmallClass, openSmallClass, publishedCommunication } from '#modules/catalogue/testing.ts';
import { completeClass } from '#modules/catalogue/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { jpOfYear, jpSummary, jpYears, type JpYearRow } from './server/index.ts';

let world: World;
let province: SmallProvince;
let before: JpYearRow;
const LATER = new Date('2027-06-30T03:00:00Z');
const HEALTH = 'Dinas Kesehatan';
const DUKCAPIL = 'Dinas Kependudukan dan Pencatatan Sipil';

/** Ratna earns hours in 2026 and goes to another OPD in 2027. */
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	await world.transaction(async (db) => {
		const { versionId } = await publishedCommunication(db, province);
		const { id } = await openSmallClass(db, province, versionId, { name: 'Kelas', seats: 30 });
		await applyAll(db, id, [province.officers['RATNA DEWI']!]);
		await heldSmallClass(db, province, id);
		await completeClass(db, province.manager, ENDED_AT, id);
	});
	await world.drain();
	before = await rowOf(ENDED_AT, 2026, HEALTH);
	await world.transaction(async (db) => {
		const ratna = province.officers['RATNA DEWI']!;
		await sql`update people.post_assignments set valid_to = '2026-12-31' where officer_id = ${ratna}`.execute(db);
		await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_name, rung, valid_from)
			values (${newId()}, ${ratna}, ${province.units[DUKCAPIL]}, 'functional', 'Perawat Ahli Muda', 'ahli_muda', '2027-01-01')`.execute(db);
	});
});
afterAll(() => world.close());

const rowOf = async (at: Date, year: number, name: string) =>
	(await jpOfYear(world.db, province.leader, at, year)).rows.find((row) => row.opdName === name)!;

test('the hours of a year stay with the OPD of that year when the person goes elsewhere', async () => {
	expect(await rowOf(LATER, 2026, HEALTH)).toEqual(before);
	expect(before.mean).toBeGreaterThan(0);
	expect((await rowOf(LATER, 2026, DUKCAPIL)).mean).toBe(0);
	expect((await rowOf(LATER, 2027, DUKCAPIL)).officers).toBe((await rowOf(LATER, 2026, DUKCAPIL)).officers + 1);
});

test('this year it is the figure of the board, and a reader has the own units of then', async () => {
	const report = await jpOfYear(world.db, province.leader, LATER, 2027);
	const board = await jpSummary(world.db, province.leader, LATER);
	expect({ officers: report.officers, reached: report.reached, target: report.target }).toEqual({
		officers: board.officers,
		reached: board.reached,
		target: board.target
	});
	const own = await jpOfYear(world.db, province.trainingOfficer, LATER, 2026);
	expect(own.rows.map((row) => row.opdName)).toEqual([HEALTH]);
});

test('the years are those with hours and this one; another year is not found', async () => {
	expect(await jpYears(world.db, LATER)).toEqual([2027, 2026]);
	for (const year of [2028, 1999, Number.NaN, 2026.5])
		await expect(jpOfYear(world.db, province.leader, LATER, year)).rejects.toThrow(NotFound);
});
