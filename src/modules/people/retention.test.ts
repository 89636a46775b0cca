/** The government sets how long each kind of data is kept; the person reads it with its basis. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personalData } from '#app/personal-data.ts';
import { NotFound } from '#platform/refusal.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { dataHeld, exportOfMe, processingRegister, retentionSheet, setRetention } from './server/index.ts';
import { smallProvince, type SmallProvince } from './testing.ts';

let world: World;
let province: SmallProvince;
/** 9.00 WIB. */
const at = new Date('2026-03-02T02:00:00Z');
const onDay = (day: string) => new Date(`${day}T02:00:00Z`);

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
});
afterAll(() => world.close());

const five = { category: 'people.posts', kind: 'years' as const, count: 5, from: 'pegawai berhenti', basis: 'Keputusan Gubernur uji' };
const set = (input: Partial<Parameters<typeof setRetention>[3]> = {}, when = at, actor = province.administrator) =>
	world.transaction((db) => setRetention(db, actor, when, { ...five, validFrom: '2026-03-10', ...input }));
const shown = async (day: string, locale: 'id' | 'en' = 'id', key = 'people.posts') =>
	(await dataHeld(world.db, province.learner, onDay(day), personalData, locale)).find((one) => one.key === key)!;

test('nothing is set before somebody sets it, and no period comes with the house but that of sessions', async () => {
	expect(await shown('2026-03-02')).toMatchObject({ kept: null, keptBy: null });
	expect([...processingRegister().values()].filter((entry) => entry.kept_id).map((entry) => entry.key)).toEqual(['people.sessions']);
	const { rows, history } = await retentionSheet(world.db, province.administrator, at, 'id');
	expect(rows.filter((row) => row.kept !== null).map((row) => [row.key, row.fixed])).toEqual([['people.sessions', true]]);
	expect(rows.map((row) => row.key).sort()).toEqual(personalData.map((source) => source.key).sort());
	expect(history).toEqual([]);
});

test('the person reads the period of the day with its basis, in both languages and in the file', async () => {
	await set();
	expect(await shown('2026-03-09')).toMatchObject({ kept: null, keptBy: null });
	expect(await shown('2026-03-10')).toMatchObject({
		kept: '5 tahun sejak pegawai berhenti',
		keptBy: { basis: 'Keputusan Gubernur uji', since: new Date('2026-03-09T17:00:00Z') }
	});
	expect((await shown('2026-03-10', 'en')).kept).toBe('5 years, counted from: pegawai berhenti');
	await set({ count: 1, validFrom: '2026-04-01' }, onDay('2026-03-20'));
	expect((await shown('2026-04-01', 'en')).kept).toBe('1 year, counted from: pegawai berhenti');
	expect((await shown('2026-03-31')).kept).toBe('5 tahun sejak pegawai berhenti');
	expect(await shown('2026-04-01', 'id', 'people.identity')).toMatchObject({ kept: null });
	const file = (await world.transaction((db) => exportOfMe(db, province.learner, onDay('2026-03-11'), personalData, false))) as {
		categories: { key: string; kept: string | null; kept_basis: string | null }[];
	};
	expect(file.categories.find((one) => one.key === 'people.posts')).toMatchObject({
		kept: '5 tahun sejak pegawai berhenti',
		kept_basis: 'Keputusan Gubernur uji'
	});
	expect(file.categories.find((one) => one.key === 'people.identity')).toMatchObject({ kept: null, kept_basis: null });
});

test('from today on means from now on; a period is taken back by a later entry, and all stay in the history', async () => {
	await set({ kind: 'permanent', count: 3, from: 'apa pun', validFrom: '2026-05-01' }, onDay('2026-05-01'));
	expect((await shown('2026-05-01')).kept).toBe('Permanen');
	await set({ kind: 'unset', basis: 'Keputusan dicabut', validFrom: '2026-06-01' }, onDay('2026-05-02'));
	expect((await shown('2026-05-31')).kept).toBe('Permanen');
	expect(await shown('2026-06-01')).toMatchObject({ kept: null, keptBy: null });
	const { rows, history } = await retentionSheet(world.db, province.administrator, onDay('2026-06-01'), 'id');
	expect(rows.find((row) => row.key === 'people.posts')).toMatchObject({ kept: null, basis: null, since: null });
	expect(history.map((one) => [one.kept, one.basis, one.setBy])).toEqual([
		[null, 'Keputusan dicabut', province.administrator.name],
		['Permanen', five.basis, province.administrator.name],
		['1 tahun sejak pegawai berhenti', five.basis, province.administrator.name],
		['5 tahun sejak pegawai berhenti', five.basis, province.administrator.name]
	]);
	const trail = await sql`select 1 from platform.audit_entries where action = 'people.set_retention'`.execute(world.db);
	expect(trail.rows).toHaveLength(4);
});

test('a past day, a number without number or beginning, an unknown kind and that of sessions are refused', async () => {
	await expect(set({ validFrom: '2026-03-01' })).rejects.toThrow('people_refusal_retention_past');
	await expect(set({ count: null })).rejects.toThrow('people_refusal_retention_count');
	await expect(set({ from: '' })).rejects.toThrow('people_refusal_retention_from');
	await expect(set({ category: 'people.tidak_ada' })).rejects.toThrow(NotFound);
	await expect(set({ category: 'people.sessions' })).rejects.toThrow(NotFound);
});

test('only an administrator sets and sees the sheet', async () => {
	const { manager, trainingOfficer, trainer, superior, learner, leader, partner } = province;
	for (const actor of [manager, trainingOfficer, trainer, superior, learner, leader, partner]) {
		await expect(set({}, at, actor), actor.name).rejects.toThrow(NotFound);
		await expect(retentionSheet(world.db, actor, at, 'id'), actor.name).rejects.toThrow(NotFound);
	}
});
