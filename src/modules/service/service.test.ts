import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import type { SkmForm } from './forms.ts';
import { indexOf, openServiceUnit, overallIndex, respond, responses, serviceUnit } from './server/index.ts';

const at = new Date('2026-06-15T03:00:00Z');
let world: World;
let province: SmallProvince;
let unit: { id: string; code: string };

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction((db) => smallProvince(db));
	const { id } = await world.transaction((db) =>
		openServiceUnit(db, province.manager, at, {
			unit_id: province.units['Loket Pendaftaran'],
			name: 'Loket Pendaftaran',
			service_name: 'Pendaftaran rawat jalan'
		})
	);
	unit = { id, code: (await serviceUnit(world.db, province.manager, id)).code };
});
afterAll(() => world.close());

const answered = (value: number | null, changes: Partial<SkmForm> = {}): SkmForm =>
	({
		response_id: newId(),
		...(Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`u${i + 1}`, value])) as Pick<SkmForm, 'u1'>),
		sex: null,
		age_band: null,
		education: null,
		occupation: null,
		comment: '',
		...changes
	}) as SkmForm;
const give = (form: SkmForm) => world.transaction((db) => respond(db, at, unit.code, form));
const year = ['2026-01-01', '2026-12-31'] as const;

test('few answers stay within the circle of the unit; from five on the index is exact', async () => {
	expect(await indexOf(world.db, province.manager, unit.id, ...year)).toMatchObject({ state: 'unknown', respondents: 0 });
	const twice = answered(3);
	await give(twice);
	await give(twice);
	for (const value of [4, 3, 4]) await give(answered(value));
	expect(await indexOf(world.db, province.leader, unit.id, ...year)).toEqual({ state: 'hidden' });
	await give(answered(3, { u9: null }));
	// (3+4+3+4+3)/5 = 3.4 for eight elements, 3.5 for the ninth with four answers: (8 × 3.4 + 3.5) / 9 × 25 = 85.277…
	expect(await indexOf(world.db, province.leader, unit.id, ...year)).toMatchObject({
		state: 'shown',
		respondents: 5,
		index: 85.28,
		band: { grade: 'B' }
	});
	expect(await overallIndex(world.db, province.leader, ...year)).toMatchObject({ state: 'shown', units: 1, index: 85.28 });
	expect(await indexOf(world.db, province.leader, unit.id, '2025-01-01', '2025-12-31')).toMatchObject({ state: 'unknown', respondents: 0 });
});

test('the rows behind the index are for those who keep the unit; a wrong code is not found', async () => {
	expect(await responses(world.db, province.manager, unit.id, ...year)).toHaveLength(5);
	await expect(responses(world.db, province.otherOfficer, unit.id, ...year)).rejects.toThrow(NotFound);
	await expect(indexOf(world.db, province.otherOfficer, unit.id, ...year)).rejects.toThrow(NotFound);
	await expect(world.transaction((db) => respond(db, at, 'TIDAKADA', answered(4)))).rejects.toThrow(NotFound);
	await expect(
		world.transaction((db) =>
			openServiceUnit(db, province.learner, at, { unit_id: province.units['Loket Pendaftaran'], name: 'x', service_name: 'y' })
		)
	).rejects.toThrow(NotFound);
});
