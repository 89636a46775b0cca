import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { anonymousActor, type Actor } from '#platform/actor.ts';
import { searchable } from './rules.ts';
import { searchPeopleAndUnits, unitSearch } from './server/index.ts';
import { smallProvince, type SmallProvince } from './testing.ts';

let world: World;
let province: SmallProvince;
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	const rename = (from: string, to: string) =>
		sql`update people.officers set full_name = ${to}, search_name = ${searchable(to)} where full_name = ${from}`.execute(world.db);
	await rename('JOKO SUSILO', 'DR. H. DJOKO SOESILO, S.E., M.M.');
	await rename('UMI KALSUM', 'MUHAMMAD TJAHJA RIZQI');
});
afterAll(() => world.close());

const names = async (asked: string, actor: Actor = province.administrator) =>
	(await searchPeopleAndUnits(world.db, actor, asked)).officers.map((officer) => officer.display_name);
const units = async (asked: string, actor: Actor = province.administrator) =>
	(await searchPeopleAndUnits(world.db, actor, asked)).units.map((unit) => unit.name);

test.each(['joko susilo', 'Djoko Soesilo', 'susilo joko', 'SOESILO, Dr. Djoko', 'joko', 'djoko susillo'])(
	'%s finds Djoko Soesilo',
	async (asked) => {
		expect((await names(asked))[0]).toBe('DR. H. DJOKO SOESILO, S.E., M.M.');
	}
);

test('the many forms of Muhammad are one name', async () => {
	for (const asked of ['moh cahja', 'Mohd. Tjahja', 'rizqi muhamad']) expect((await names(asked))[0]).toBe('MUHAMMAD TJAHJA RIZQI');
});

test('units by words in any order, old spelling, part of a word, and initials', async () => {
	expect((await units('kesehatan dinas'))[0]).toBe('Dinas Kesehatan');
	expect((await units('BPSDM'))[0]).toBe('Badan Pengembangan Sumber Daya Manusia');
	expect(await units('poelau djawa')).toEqual([]);
	expect((await units('djalan rawat'))[0]).toBe('Instalasi Rawat Jalan');
	expect((await unitSearch(world.db, province.administrator, 'pencatatan kependudukan')).map((unit) => unit.name)).toContain(
		'Dinas Kependudukan dan Pencatatan Sipil'
	);
});

test('each finds only what lies in their subtrees, and a number only who may know numbers', async () => {
	const { superior, trainingOfficer, learner, partner, administrator } = province;
	expect(await names('rizal fauzi', administrator)).toEqual(['RIZAL FAUZI']);
	for (const actor of [superior, trainingOfficer, learner, partner, anonymousActor]) {
		expect(await names('rizal fauzi', actor)).toEqual([]);
		expect(await units('administrasi kependudukan', actor)).toEqual([]);
	}
	const { rows } = await sql<{ nip: string }>`select nip from people.officer_cards where full_name = 'RATNA DEWI'`.execute(world.db);
	expect(await names(rows[0]!.nip, trainingOfficer)).toEqual(['RATNA DEWI']);
	expect(await names(rows[0]!.nip, superior)).toEqual([]);
});

test('signs that mean something to the database mean nothing here', async () => {
	for (const asked of ['%', '_', "'; drop table people.officers; --", '\\', '   ', '"', 'a'.repeat(5000), '\u0000x']) {
		expect(Array.isArray(await names(asked.replaceAll('\u0000', '')))).toBe(true);
		expect(Array.isArray(await units(asked.replaceAll('\u0000', '')))).toBe(true);
	}
	expect(await units('%')).toEqual([]);
});

test('fewer are the first of more, whoever asks: whose name begins so, then the likest', async () => {
	for (const actor of [province.administrator, province.trainingOfficer])
		for (const asked of ['r', 'ra', 'ratna', 'dewi', 'joko', 'rizal fauzi']) {
			const found = async (limit: number) => (await searchPeopleAndUnits(world.db, actor, asked, limit)).officers;
			const all = await found(100);
			expect(all.length).toBeLessThan(100);
			for (const limit of [1, 2, 3, 8]) expect(await found(limit)).toEqual(all.slice(0, limit));
		}
	expect((await names('ra')).length).toBeGreaterThan(0);
});
