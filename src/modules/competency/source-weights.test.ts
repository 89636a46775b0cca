/** The office sets how much a source counts; what was said on a day that has passed stays. */
import { sql } from 'kysely';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { systemActor } from '#platform/actor.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { newSourceWeights } from './index.ts';
import { competencyByCode, profileOf, recordRating, seedCompetencies, setSourceWeights, sourceWeightSets } from './server/index.ts';

let world: World;
let province: SmallProvince;
let communication: string;
/** 9.00 WIB. */
const at = new Date('2026-03-02T02:00:00Z');
const onDay = (day: string) => new Date(`${day}T02:00:00Z`);
const weights = { assessment_centre: 3, test: 2, superior: 1, peer: 1, subordinate: 1, self: 1 };

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	communication = (await competencyByCode(world.db, 'M.3')).id;
	const about = { officerId: province.learner.officerId!, competencyId: communication };
	await world.transaction(async (db) => {
		await recordRating(db, systemActor, at, { ...about, level: 2, source: 'test' });
		await recordRating(db, province.superior, at, { ...about, level: 4, source: 'superior' });
	});
});
afterAll(() => world.close());

const set = (input: Partial<Parameters<typeof setSourceWeights>[3]> = {}, when = at, actor = province.administrator) =>
	world.transaction((db) =>
		setSourceWeights(db, actor, when, { weights, validFrom: '2026-03-10', basis: 'Keputusan Kepala BKD', ...input })
	);
const combinedOn = async (day: string) =>
	(await profileOf(world.db, onDay(day), province.learner.officerId!)).find((row) => row.code === 'M.3')!.combined!;

test('each day is read with the weights of that day, and the level does not move', async () => {
	expect(await combinedOn('2026-03-09')).toMatchObject({ value: 3, confidence: 'uncertain' }); // 20 : 20, as shipped
	await set();
	expect((await combinedOn('2026-03-09')).value).toBe(3);
	// (2×2 + 4×1) ÷ 3
	expect(await combinedOn('2026-03-10')).toMatchObject({ value: 2.7, basis: 'Keputusan Kepala BKD', confidence: 'confirmed' });

	await set({ weights: { ...weights, superior: 0.5 }, validFrom: '2026-04-01', basis: 'Evaluasi' }, onDay('2026-03-20'));
	expect((await combinedOn('2026-03-31')).value).toBe(2.7);
	expect(await combinedOn('2026-04-01')).toMatchObject({ value: 2.4, parts: [{ weight: 2 }, { weight: 0.5 }] });
	const [row] = (await profileOf(world.db, onDay('2026-04-01'), province.learner.officerId!)).filter((one) => one.code === 'M.3');
	expect(row).toMatchObject({ actual: 2, source: 'test' });
});

test('a mistake is mended by a later set for the same day; the history keeps both, with who, when and why', async () => {
	await set({ weights: { ...weights, superior: 2 }, validFrom: '2026-04-01', basis: 'Perbaikan' }, onDay('2026-03-21'));
	expect(await combinedOn('2026-04-01')).toMatchObject({ value: 3, basis: 'Perbaikan' });
	const sets = await sourceWeightSets(world.db, province.administrator, onDay('2026-03-22'));
	expect(sets.map((one) => [one.validFrom, one.state, one.basis, one.setBy])).toEqual([
		['2026-04-01', 'upcoming', 'Perbaikan', province.administrator.name],
		['2026-04-01', 'replaced', 'Evaluasi', province.administrator.name],
		['2026-03-10', 'in_force', 'Keputusan Kepala BKD', province.administrator.name],
		['2018-01-01', 'former', expect.stringContaining('Siginjai'), null]
	]);
	expect(sets[1]!.weights).toEqual({ ...weights, superior: 0.5 });
	expect(sets[1]!.setAt).toEqual(onDay('2026-03-20'));
	const trail = await sql<{ detail: object }>`select detail from platform.audit_entries
		where action = 'competency.set_source_weights' order by id`.execute(world.db);
	expect(trail.rows).toHaveLength(3);
	expect(trail.rows[0]!.detail).toEqual({ weights, basis: 'Keputusan Kepala BKD' });
});

test('a past day, a missing weight and zero are refused, and nothing is written', async () => {
	const before = await sourceWeightSets(world.db, province.administrator, at);
	await expect(set({ validFrom: '2026-03-01' })).rejects.toThrow(new Refusal('competency_weights_past', { field: 'valid_from' }));
	// 1.00 WIB of the 3rd is still the 2nd in UTC
	await expect(set({ validFrom: '2026-03-02' }, new Date('2026-03-02T18:00:00Z'))).rejects.toThrow('competency_weights_past');
	await expect(set({ weights: { ...weights, self: 0 } })).rejects.toThrow('competency_weights_incomplete');
	await expect(set({ weights: { ...weights, peer: undefined as unknown as number } })).rejects.toThrow('competency_weights_incomplete');
	expect(await sourceWeightSets(world.db, province.administrator, at)).toEqual(before);
});

test('the next start brings nothing of its own again', async () => {
	const before = await sourceWeightSets(world.db, province.administrator, at);
	await world.transaction(seedCompetencies);
	expect(await sourceWeightSets(world.db, province.administrator, at)).toEqual(before);
});

test('only who keeps the standards sees and sets them', async () => {
	const { manager, trainingOfficer, trainer, superior, learner, leader, partner } = province;
	for (const actor of [manager, trainingOfficer, trainer, superior, learner, leader, partner]) {
		await expect(set({}, at, actor), actor.name).rejects.toThrow(NotFound);
		await expect(sourceWeightSets(world.db, actor, at), actor.name).rejects.toThrow(NotFound);
	}
});

test('the form takes a comma or a point, and numbers above zero only', () => {
	const form = {
		...Object.fromEntries(Object.keys(weights).map((source) => [`weight_${source}`, '1'])),
		valid_from: '2026-03-10',
		basis: 'Keputusan'
	};
	const parsed = (text: string) => v.safeParse(newSourceWeights, { ...form, weight_test: text });
	for (const [text, value] of [
		['0,35', 0.35],
		['2.5', 2.5],
		['35', 35]
	] as const) {
		const { output } = parsed(text) as { output: v.InferOutput<typeof newSourceWeights> };
		expect(output.weights.test, text).toBe(value);
	}
	for (const text of ['', '0', '0,00', '-1', 'abc', '0,001', '1.000']) expect(parsed(text).success, text).toBe(false);
});
