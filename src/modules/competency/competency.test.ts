import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { systemActor } from '#platform/actor.ts';
import { NotFound } from '#platform/refusal.ts';
import { GAP_SORTS, GAP_STATES } from './index.ts';
import {
	competencyByCode,
	furthestBehind,
	gapBatches,
	gapCounts,
	gapList,
	gapListPage,
	type GapOrder,
	gapsOf,
	gapSpread,
	gapSummary,
	gapsByUnit,
	profileOf,
	readProfile,
	recordRating,
	recordRatings
} from './server/index.ts';

let world: World;
let province: SmallProvince;
let communication: string;
const at = new Date('2026-11-24T03:00:00Z');
const usual = { sort: 'gap' as const, descending: true, after: undefined };
const later = (months: number) => new Date(Date.UTC(2026, 10 + months, 24, 3));

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	communication = (await competencyByCode(world.db, 'M.3')).id;
});
afterAll(() => world.close());

const ofRatna = async (when: Date) => (await profileOf(world.db, when, province.learner.officerId!)).find((row) => row.code === 'M.3')!;

test('before anybody rated, nine competencies are asked of a nurse of rung Ahli Muda and no gap is known', async () => {
	const profile = await profileOf(world.db, at, province.learner.officerId!);
	expect(profile.map((row) => row.code)).toEqual(['M.1', 'M.2', 'M.3', 'M.4', 'M.5', 'M.6', 'M.7', 'M.8', 'SK.1']);
	expect(profile.every((row) => row.required === 3 && row.requiredBasis === 'rung' && row.actual === null && row.gap === null)).toBe(true);
	expect(profile[0]!.standard!.confidence).toBe('found');
	const summary = await gapSummary(world.db, province.leader, at);
	expect(summary).toMatchObject({ officers: 30, assessed: 0, withGap: 0, share: null, meanGap: null, hidden: false });
});

test('the superior rates four on Komunikasi in one go; the gap stands against the rung', async () => {
	const four = province.team.slice(0, 4);
	await world.transaction((db) =>
		recordRatings(
			db,
			province.superior,
			at,
			four.map((officerId, index) => ({ officerId, competencyId: communication, level: index + 1, source: 'superior' as const }))
		)
	);
	const ratna = await ofRatna(at);
	expect(ratna).toMatchObject({ required: 3, actual: 1, source: 'superior', gap: 2 });
	const profile = await profileOf(world.db, at, province.learner.officerId!);
	expect(await gapsOf(world.db, at, province.learner.officerId!)).toEqual(
		profile.map(({ competencyId, name, required, actual, gap }) => ({ competencyId, name, required, actual, gap }))
	);
	expect(ratna.ratings[0]).toMatchObject({ ratedBy: 'MARLINA ZAHRA', validUntil: '2027-11-24', valid: true });
	const behind = await gapList(world.db, province.trainingOfficer, at, { competencyId: communication, state: 'short' }, usual, 100);
	expect(behind.map((row) => row.gap)).toEqual([2]);
	await world.drain();
});

test('what she says of herself is kept beside it and does not count; an assessment does, until it ends', async () => {
	const self = { officerId: province.learner.officerId!, competencyId: communication, level: 4, source: 'self' as const };
	await world.transaction((db) => recordRating(db, province.learner, later(1), self));
	expect(await ofRatna(later(1))).toMatchObject({ actual: 1, source: 'superior' });
	// a year later the superior's word has ended; her own, given a month after, still counts
	const year = await ofRatna(new Date('2027-11-25T03:00:00Z'));
	expect(year).toMatchObject({ actual: 4, source: 'self', gap: 0 });
	expect(year.ratings.map((rating) => rating.valid)).toEqual([true, false]);
	await world.transaction((db) => recordRating(db, province.manager, later(2), { ...self, level: 2, source: 'assessment_centre' }));
	expect(await ofRatna(new Date('2029-12-01T03:00:00Z'))).toMatchObject({ actual: 2, source: 'assessment_centre' });
	expect(await ofRatna(new Date('2030-12-01T03:00:00Z'))).toMatchObject({ actual: null, gap: null });
	expect((await ofRatna(new Date('2030-12-01T03:00:00Z'))).ratings).toHaveLength(3);
});

test('only the superior rates as superior, only oneself as oneself, only the system a test', async () => {
	const other = province.officers['RIZAL FAUZI']!;
	const ratna = province.learner.officerId!;
	const rate = (actor: SmallProvince['superior'], officerId: string, source: 'superior' | 'self' | 'test' | 'assessment_centre' | 'peer') =>
		world.transaction((db) => recordRating(db, actor, at, { officerId, competencyId: communication, level: 3, source }));
	for (const [actor, officerId, source] of [
		[province.superior, other, 'superior'],
		[province.superior, province.superior.officerId!, 'superior'],
		[province.trainingOfficer, ratna, 'superior'],
		[province.administrator, ratna, 'superior'],
		[province.learner, province.team[1]!, 'self'],
		[province.superior, ratna, 'self'],
		[province.administrator, ratna, 'test'],
		[province.superior, ratna, 'assessment_centre'],
		[province.superior, ratna, 'peer']
	] as const)
		await expect(rate(actor, officerId, source), `${actor.name} ${source}`).rejects.toThrow(NotFound);
	await rate(systemActor, other, 'test');
	expect((await profileOf(world.db, at, other)).find((row) => row.code === 'M.3')).toMatchObject({ actual: 3, source: 'test' });
});

test('one refused row of a form undoes the others', async () => {
	const before = await sql`select 1 from competency.ratings`.execute(world.db);
	await expect(
		world.transaction((db) =>
			recordRatings(
				db,
				province.superior,
				at,
				[province.team[5]!, province.officers['RIZAL FAUZI']!].map((officerId) => ({
					officerId,
					competencyId: communication,
					level: 3,
					source: 'superior' as const
				}))
			)
		)
	).rejects.toThrow(NotFound);
	expect((await sql`select 1 from competency.ratings`.execute(world.db)).rows).toHaveLength(before.rows.length);
});

test('who reads a person: herself, her superior, the training officer of her office, the programme manager', async () => {
	const ratna = province.learner.officerId!;
	for (const actor of [province.learner, province.superior, province.trainingOfficer, province.manager, province.administrator])
		expect((await readProfile(world.db, actor, at, ratna)).rows, actor.name).toHaveLength(9);
	for (const actor of [province.otherOfficer, province.leader, province.partner, province.trainer])
		await expect(readProfile(world.db, actor, at, ratna), actor.name).rejects.toThrow(NotFound);
	await expect(readProfile(world.db, province.trainingOfficer, at, province.officers['RIZAL FAUZI']!)).rejects.toThrow(NotFound);
});

test('the map opens the people behind a cell; leadership sees no cell of four', async () => {
	const opened = await gapsByUnit(world.db, province.trainingOfficer, at, { unitId: province.units['RSUD Contoh Siginjai'] });
	const desk = opened.rows.find((row) => row.unitName === 'Loket Pendaftaran')!;
	expect(desk.cells.get(communication)).toMatchObject({ people: 8, assessed: 4, withGap: 1, meanGap: 0.5, hidden: false });
	expect(opened.rows.find((row) => row.own)).toMatchObject({ unitName: 'RSUD Contoh Siginjai', people: 1 });
	const cell = { competencyId: communication, unitId: desk.unitId };
	const behind = await gapList(world.db, province.trainingOfficer, at, cell, usual, 100);
	expect(behind).toHaveLength(8);
	expect(behind.map((row) => row.gap)).toEqual([2, 0, 0, 0, null, null, null, null]);
	expect(await gapSpread(world.db, province.trainingOfficer, at, cell)).toEqual({
		people: 8,
		short: 1,
		unknown: 4,
		held: [1, 2, 3, 4, 5].map((level) => ({ level, people: behind.filter((row) => row.actual === level).length })),
		required: undefined
	});

	const leaders = await gapsByUnit(world.db, province.leader, at, { unitId: province.units['RSUD Contoh Siginjai'] });
	expect(leaders.rows.find((row) => row.unitName === 'Loket Pendaftaran')!.cells.get(communication)).toMatchObject({
		assessed: 0,
		withGap: 0,
		meanGap: null,
		hidden: true
	});
	expect(await gapList(world.db, province.leader, at, { competencyId: communication }, usual, 100)).toEqual([]);
	expect((await gapSpread(world.db, province.leader, at, cell)).people).toBe(0);
	await expect(
		gapsByUnit(world.db, province.trainingOfficer, at, { unitId: province.units['Bidang Administrasi Kependudukan'] })
	).rejects.toThrow(NotFound);
	for (const actor of [province.superior, province.learner, province.partner])
		await expect(gapsByUnit(world.db, actor, at)).rejects.toThrow(NotFound);

	// without a choice, a training officer stands in her office, the leader at the top of the tree
	expect((await gapsByUnit(world.db, province.trainingOfficer, at)).unit!.name).toBe('Dinas Kesehatan');
	expect((await gapsByUnit(world.db, province.leader, at)).unit!.name).toBe('Pemerintah Provinsi Contoh');
});

test('the summary counts persons, and is silent about four', async () => {
	expect(await gapSummary(world.db, province.manager, at)).toMatchObject({ officers: 30, assessed: 5, withGap: 1, share: 0.2 });
	expect(await gapSummary(world.db, province.trainingOfficer, at, { competencyId: communication })).toMatchObject({
		assessed: 4,
		withGap: 1,
		meanGap: 0.5,
		hidden: false
	});
	const narrow = {
		...province.leader,
		grants: [{ role: 'leadership', unitId: null, organisationId: null, unitPath: province.trainingOfficer.grants[0]!.unitPath }]
	};
	expect(await gapSummary(world.db, narrow, at)).toMatchObject({ assessed: 0, share: null, hidden: true });
});

test('the list behind a gap: states, orders and pages of any size hold everybody once; search and scope narrow it', async () => {
	const { trainingOfficer, leader, superior, administrator } = province;
	const filter = { competencyId: communication };
	const counts = await gapCounts(world.db, trainingOfficer, at, filter);
	expect(counts).toMatchObject({ people: 16, short: 1 });
	const whole = await gapList(world.db, trainingOfficer, at, filter, usual, 100);
	expect(whole).toHaveLength(16);
	expect(whole[0]).toMatchObject({ gap: 2, actual: 1, required: 3 });
	// not known is the last, not the least
	expect(whole.findIndex((row) => row.gap === null)).toBe(counts.people - counts.unknown);
	for (const sort of GAP_SORTS)
		for (const descending of [true, false]) {
			const order = { sort, descending, after: undefined };
			const expected = (await gapList(world.db, trainingOfficer, at, filter, order, 100)).map((row) => row.officer_id);
			const paged: string[] = [];
			for (let after: { value: string; id: string } | undefined; ;) {
				const page = await gapList(world.db, trainingOfficer, at, filter, { ...order, after }, 3);
				paged.push(...page.map((row) => row.officer_id));
				if (page.length < 3) break;
				after = { value: page.at(-1)!.key, id: page.at(-1)!.officer_id };
			}
			expect(paged, `${sort} ${descending}`).toEqual(expected);
		}
	const states = await Promise.all(
		GAP_STATES.map((state) => gapList(world.db, trainingOfficer, at, { ...filter, state }, usual, 100).then((rows) => rows.length))
	);
	expect(states).toEqual([counts.short, counts.people - counts.short - counts.unknown, counts.unknown]);
	expect(await gapCounts(world.db, trainingOfficer, at, { ...filter, search: 'dewi ratna' })).toEqual({ people: 1, short: 1, unknown: 0 });
	expect((await gapCounts(world.db, administrator, at, filter)).people).toBe(30);
	const nobody = { ...filter, search: 'tidak ada yang bernama begini' };
	expect(await gapCounts(world.db, trainingOfficer, at, nobody)).toEqual({ people: 0, short: 0, unknown: 0 });
	expect(await gapList(world.db, trainingOfficer, at, nobody, usual, 3)).toEqual([]);
	for (const actor of [leader, superior, province.learner]) expect(await gapList(world.db, actor, at, filter, usual, 100)).toEqual([]);
	// a search narrows the list and leaves its order, its pages and their counts right
	const { rows: named } = await sql<{
		id: string;
	}>`select id from people.officers where search_name like 's%' or search_name like '% s%'`.execute(world.db);
	const s = new Set(named.map(({ id }) => id));
	for (const sort of GAP_SORTS) {
		const order = { sort, descending: true, after: undefined };
		const all = await gapList(world.db, trainingOfficer, at, filter, order, 100);
		const expected = all.filter((row) => s.has(row.officer_id));
		expect(expected.length).toBeGreaterThan(2);
		const searched = { ...filter, search: 's' };
		const first = await gapListPage(world.db, trainingOfficer, at, searched, order, 2);
		const after = { value: first.rows.at(-1)!.key, id: first.rows.at(-1)!.officer_id };
		const rest = await gapListPage(world.db, trainingOfficer, at, searched, { ...order, after }, 100);
		expect([...first.rows, ...rest.rows], sort).toEqual(expected);
		// of many found the page is read in another way, and nothing is counted
		for (const state of [undefined, ...GAP_STATES])
			for (const descending of [true, false]) {
				const ask = (many: number, after?: GapOrder['after']) =>
					gapListPage(world.db, trainingOfficer, at, { ...searched, state }, { sort, descending, after }, 3, many);
				const counted = await ask(100);
				const { key: value, officer_id: id } = counted.rows.at(-1) ?? {};
				expect(await ask(0), `${sort} ${state}`).toEqual({ ...counted, counts: undefined });
				if (value && id) expect((await ask(0, { value, id })).rows, `${sort} ${state}`).toEqual((await ask(100, { value, id })).rows);
			}
		for (const page of [first, rest])
			expect(page.counts).toEqual({
				people: expected.length,
				short: expected.filter((row) => row.gap! > 0).length,
				unknown: expected.filter((row) => row.gap === null).length
			});
	}
	const batches = (await Array.fromAsync(gapBatches(world.db, trainingOfficer, at, filter, usual))).flat();
	expect(batches.map((row) => row.officer_id)).toEqual(whole.map((row) => row.officer_id));
});

test('the map begins with the largest gap that rests on five people or more', () => {
	const cell = (assessed: number, meanGap: number | null) => ({
		competencyId: 'a',
		people: 9,
		assessed,
		withGap: 1,
		meanGap,
		hidden: false
	});
	const row = (unitName: string, a: ReturnType<typeof cell>, b: ReturnType<typeof cell>) => ({
		unitName,
		cells: new Map([
			['a', a],
			['b', b]
		])
	});
	const names = [
		{ id: 'a', name: 'Komunikasi' },
		{ id: 'b', name: 'Integritas' }
	];
	const small = row('Loket', cell(4, 2), cell(1, 3));
	expect(furthestBehind([small, row('Bangsal', cell(5, 0), cell(0, null))], names)).toBeUndefined();
	expect(furthestBehind([small, row('Bangsal', cell(5, 0.4), cell(80, 0.6))], names)).toEqual({
		unit: 'Bangsal',
		competency: 'Integritas',
		meanGap: 0.6
	});
});
