import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import type { Actor } from '#platform/actor.ts';
import { fromBeginning, listView, nextPage, orderedBy } from '#platform/lists.ts';
import { OFFICER_COLUMNS, OFFICER_SORTS } from './index.ts';
import {
	foldOfficerCounts,
	officerBatches,
	officerCount,
	officerList,
	officersPage,
	officersExported,
	unitsAround,
	type OfficerListRow,
	type OfficerOrder
} from './server/index.ts';
import { smallProvince, type SmallProvince } from './testing.ts';

let world: World;
let province: SmallProvince;
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	// two of one name, and one without anything to order by
	await sql`update people.officers set full_name = 'ANISA PUTRI' where full_name = 'BUDI SANTOSO'`.execute(world.db);
	await sql`update people.officers set joined_on = null, rank_code = null where full_name = 'CITRA LESTARI'`.execute(world.db);
	await sql`update people.post_assignments set valid_to = '2026-01-31' where officer_id = ${province.officers['OKTA RAHMAN']}`.execute(
		world.db
	);
});
afterAll(() => world.close());

async function all(actor: Actor, order: Omit<OfficerOrder, 'after'>, page: number): Promise<string[]> {
	const ids: string[] = [];
	let after: OfficerOrder['after'];
	for (;;) {
		const rows = await officerList(world.db, actor, {}, { ...order, after }, page);
		ids.push(...rows.map((row) => row.id));
		if (rows.length < page) return ids;
		after = { value: rows.at(-1)!.key, id: rows.at(-1)!.id };
	}
}

test.each(OFFICER_SORTS.flatMap((sort) => [false, true].map((descending) => ({ sort, descending }))))(
	'by $sort (turned: $descending) every officer comes once, whatever the size of a page, and turned is the same list backwards',
	async (order) => {
		const whole = await all(province.administrator, order, 100);
		expect(whole).toHaveLength(30);
		expect(new Set(whole).size).toBe(30);
		for (const page of [1, 7]) expect(await all(province.administrator, order, page)).toEqual(whole);
		expect(await all(province.administrator, { ...order, descending: !order.descending }, 100)).toEqual(whole.toReversed());
	}
);

const order: OfficerOrder = { sort: 'name', descending: false, after: undefined };

test('a list stays in the subtree of its reader, and numbers with those who work by number', async () => {
	const forSuperior = await officerList(world.db, province.superior, {}, order, 100);
	expect(forSuperior).toHaveLength(13);
	expect(forSuperior.every((row) => row.nip === null)).toBe(true);
	const forTraining = await officerList(world.db, province.trainingOfficer, {}, order, 100);
	expect(forTraining.every((row) => row.nip !== null)).toBe(true);
	expect(await officerList(world.db, province.learner, {}, order, 100)).toEqual([]);
	expect(await officerCount(world.db, province.administrator, { postKind: 'structural' })).toBe(5);
	expect(await officerCount(world.db, province.administrator, { postKind: 'structural', search: 'zahra marlina' })).toBe(1);
});

test('the kept numbers are those of the list, for every reader and filter, also after a change and folded', async () => {
	const { rows: units } = await sql<{ id: string }>`select id from people.current_units`.execute(world.db);
	const same = async (): Promise<void> => {
		for (const actor of [province.administrator, province.trainingOfficer, province.superior, province.learner])
			for (const unitId of [undefined, ...units.map((unit) => unit.id)])
				for (const filter of [{}, { kind: 'PPPK' as const }, { postKind: 'functional' as const }, { inactive: true }, { search: 'dewi' }]) {
					const listed = await officerList(world.db, actor, { ...filter, unitId }, order, 100);
					expect(await officerCount(world.db, actor, { ...filter, unitId })).toBe(listed.length);
					const page = await officersPage(world.db, actor, { ...filter, unitId }, order, 3);
					expect(page.count).toBe(listed.length);
					expect(page.rows.map((row) => row.id)).toEqual(listed.slice(0, 3).map((row) => row.id));
				}
	};
	await same();
	await sql`update people.officers set active = false where full_name = 'CITRA LESTARI'`.execute(world.db);
	await sql`update people.officers set employment_kind = 'PPPK' where full_name = 'ANISA PUTRI'`.execute(world.db);
	await same();
	await foldOfficerCounts(world.db);
	await same();
	await sql`update people.officers set active = true where full_name = 'CITRA LESTARI'`.execute(world.db);
});

test('a searched list has the pages of the whole list, in every order', async () => {
	const filters = [{ search: 'a' }, { search: 'dewi' }, { search: 'ri', kind: 'PNS' as const }, { search: 'an', inactive: true }];
	let pages = 0;
	for (const actor of [province.administrator, province.trainingOfficer, province.superior])
		for (const filter of filters)
			for (const sort of OFFICER_SORTS)
				for (const descending of [false, true]) {
					const whole = await officerList(world.db, actor, filter, { sort, descending, after: undefined }, 100);
					const paged: OfficerListRow[] = [];
					for (let after: OfficerOrder['after']; ;) {
						const page = await officersPage(world.db, actor, filter, { sort, descending, after }, 3);
						expect(page.count).toBe(whole.length);
						paged.push(...page.rows);
						const last = page.rows.at(-1);
						if (!last) break;
						after = { value: last.key, id: last.id };
						pages++;
					}
					expect(paged).toEqual(whole);
				}
	expect(pages).toBeGreaterThan(100);
});

test('the filter of a list offers the top floors, and around a chosen unit what is over it and one floor below', async () => {
	const labels = async (actor: Actor, chosen: string) => (await unitsAround(world.db, actor, chosen)).map((unit) => unit.label.trim());
	const { rows } = await sql<{ id: string }>`select id from people.current_units where name = 'RSUD Contoh Siginjai'`.execute(world.db);
	const around = await labels(province.administrator, rows[0]!.id);
	expect(around).toContain('Loket Pendaftaran');
	expect(around).toContain('Dinas Kesehatan');
	expect(await labels(province.administrator, '')).not.toContain('Loket Pendaftaran');
	expect(await labels(province.trainingOfficer, rows[0]!.id)).toEqual([
		'Dinas Kesehatan',
		'RSUD Contoh Siginjai',
		'Instalasi Rawat Jalan',
		'Loket Pendaftaran'
	]);
	expect(await labels(province.learner, rows[0]!.id)).toEqual([]);
	// what is no unit of one's own reads as none chosen
	expect(await labels(province.superior, 'x')).toEqual(await labels(province.superior, ''));
});

test('the sheet holds what the list holds, and its leaving is kept', async () => {
	const order: OfficerOrder = { sort: 'unit', descending: true, after: undefined };
	const rows = (await Array.fromAsync(officerBatches(world.db, province.trainingOfficer, {}, order))).flat();
	expect(rows.map((row) => row.id)).toEqual(await all(province.trainingOfficer, order, 100));
	await officersExported(world.db, province.trainingOfficer, new Date('2026-03-02T03:00:00Z'), { search: 'a' }, ['name']);
	const { rows: trail } = await sql<{
		detail: object;
	}>`select detail from platform.audit_entries where action = 'people.officers_exported' and actor_id = ${province.trainingOfficer.accountId}`.execute(
		world.db
	);
	expect(trail).toHaveLength(1);
	expect(trail[0]!.detail).toMatchObject({ search: 'a', columns: ['name'] });
});

test('a view is its address, and what nobody knows in it is passed over', () => {
	const spec = { columns: OFFICER_COLUMNS, initial: ['name', 'unit'] as const, sorts: OFFICER_SORTS, largestFirst: ['joined'] as const };
	const view = (query: string) => listView(new URL(`https://s.example/orang?${query}`), spec);
	expect(view('')).toEqual({ columns: ['name', 'unit'], sort: 'name', descending: false, after: undefined });
	expect(view('kolom=rank&kolom=number&kolom=password&urut=-unit')).toMatchObject({
		columns: ['name', 'number', 'rank'],
		sort: 'unit',
		descending: true
	});
	expect(view('urut=joined').descending).toBe(true);
	expect(view('urut=-joined').descending).toBe(false);
	expect(view("urut=-name;drop&sesudah='&nilai=x")).toMatchObject({ sort: 'name', descending: false, after: undefined });
	const url = new URL('https://s.example/orang?cari=a&urut=unit');
	const next = nextPage(url, { value: 'Loket', id: province.officers['RATNA DEWI']! });
	expect(listView(new URL(next, url), spec)).toMatchObject({
		sort: 'unit',
		after: { value: 'Loket', id: province.officers['RATNA DEWI'] }
	});
	expect(fromBeginning(new URL(next, url))).toBe('/orang?cari=a&urut=unit');
	expect(fromBeginning(url)).toBe(null);
	expect(orderedBy(url, view('urut=unit'), spec, 'unit')).toBe('/orang?cari=a&urut=-unit');
	expect(orderedBy(url, view('urut=unit'), spec, 'joined')).toBe('/orang?cari=a&urut=joined');
});

test('a key that does not fit its order begins the list anew instead of failing', async () => {
	const bad: OfficerOrder = { sort: 'joined', descending: false, after: { value: 'bukan tanggal', id: province.officers['RATNA DEWI']! } };
	expect(await officerList(world.db, province.administrator, {}, bad, 100)).toHaveLength(30);
});
