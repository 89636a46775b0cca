import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { officerPage, treeOn } from './server/index.ts';
import { smallProvince, type SmallProvince } from './testing.ts';

let world: World;
let province: SmallProvince;

/** On 1 January 2027 the clinic goes to another OPD, and Hasan Basri, until then PPPK of the registration desk, becomes PNS there. */
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	const clinic = province.units['Instalasi Rawat Jalan'];
	const dukcapil = province.units['Dinas Kependudukan dan Pencatatan Sipil'];
	const hasan = province.officers['HASAN BASRI']!;
	await world.transaction(async (db) => {
		await sql`update people.unit_versions set valid_to = '2026-12-31' where unit_id = ${clinic}`.execute(db);
		await sql`insert into people.unit_versions (id, unit_id, parent_id, path, name, opd_id, valid_from)
			select ${newId()}, ${clinic}, ${dukcapil}, v.path || u.label::text::ltree, 'Instalasi Rawat Jalan Terpadu', ${dukcapil}, '2027-01-01'
			from people.unit_versions v, people.units u where v.unit_id = ${dukcapil} and u.id = ${clinic}`.execute(db);
		await sql`update people.post_assignments set unit_id = ${province.units['Loket Pendaftaran']}, valid_to = '2026-12-31' where officer_id = ${hasan}`.execute(
			db
		);
		await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_name, rung, valid_from)
			values (${newId()}, ${hasan}, ${clinic}, 'functional', 'Perawat Ahli Muda', 'ahli_muda', '2027-01-01')`.execute(db);
		await sql`update people.officer_numbers set kind = 'NI_PPPK', valid_to = '2026-12-31' where officer_id = ${hasan}`.execute(db);
		await sql`insert into people.officer_numbers (officer_id, number, kind, valid_from) values (${hasan}, '199001012027011999', 'NIP', '2027-01-01')`.execute(
			db
		);
	});
});
afterAll(() => world.close());

const placed = async (day: string) =>
	(
		await sql<{ unit: string; opd: string; kind: string }>`select unit_name as unit, opd_name as opd, number_kind as kind
			from people.placements_on(${day}::date) where officer_id = ${province.officers['HASAN BASRI']!}`.execute(world.db)
	).rows;

test('somebody stands where he stood on the day, in the tree of that day, as what he then was', async () => {
	expect(await placed('2026-12-31')).toEqual([{ unit: 'Loket Pendaftaran', opd: 'Dinas Kesehatan', kind: 'NI_PPPK' }]);
	expect(await placed('2027-01-01')).toEqual([
		{ unit: 'Instalasi Rawat Jalan Terpadu', opd: 'Dinas Kependudukan dan Pencatatan Sipil', kind: 'NIP' }
	]);
	expect(await placed('2019-12-31')).toEqual([]);
});

test('a past tree keeps names, places and numbers of that day', async () => {
	const hospital = province.units['RSUD Contoh Siginjai'];
	const then = await treeOn(world.db, province.leader, '2026-06-30', hospital);
	expect(then.unit?.name).toBe('RSUD Contoh Siginjai');
	expect(then.units.map((unit) => unit.name).sort()).toEqual(['Instalasi Rawat Jalan', 'Loket Pendaftaran']);
	const now = await treeOn(world.db, province.leader, '2027-06-30', hospital);
	expect(now.units.map((unit) => unit.name)).toEqual(['Loket Pendaftaran']);
	const top = await treeOn(world.db, province.leader, '2026-06-30');
	expect(top.units[0]).toMatchObject({ name: 'Pemerintah Provinsi Contoh', officers: Object.keys(province.officers).length, children: 4 });
});

test('a reader sees what then hung under the own unit, wherever it hangs today, and nothing else', async () => {
	const clinic = province.units['Instalasi Rawat Jalan'];
	const health = (day: string) => treeOn(world.db, province.trainingOfficer, day, clinic);
	expect((await health('2026-06-30')).unit?.name).toBe('Instalasi Rawat Jalan');
	await expect(health('2027-06-30')).rejects.toThrow(NotFound);
	const roots = await treeOn(world.db, province.trainingOfficer, '2026-06-30');
	expect(roots.units.map((unit) => unit.name)).toEqual(['Dinas Kesehatan', 'RSUD Contoh Siginjai']);
});

test('before the first import the oldest known tree stands in, and says so', async () => {
	const tree = await treeOn(world.db, province.leader, '2010-06-30');
	expect(tree.units.length).toBeGreaterThan(0);
	expect(tree.knownFrom! > '2010-06-30').toBe(true);
});

test("a person's page names the unit as it was when the post ended", async () => {
	const page = await officerPage(world.db, province.manager, new Date('2027-06-30T03:00:00Z'), province.officers['HASAN BASRI']!);
	expect(page.posts.map((post) => [post.unit_name, post.valid_to])).toEqual([
		['Instalasi Rawat Jalan Terpadu', null],
		['Loket Pendaftaran', '2026-12-31']
	]);
});
