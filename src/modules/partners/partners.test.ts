import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSmallClass, publishedCommunication } from '#modules/catalogue/testing.ts';
import { competencyByCode } from '#modules/competency/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { NotFound } from '#platform/refusal.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { backClass, backingsOf, decideOffer, makeOffer, offer, organisations, recordAgreement } from './server/index.ts';

const at = new Date('2026-01-20T03:00:00Z');
let world: World;
let province: SmallProvince;

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction((db) => smallProvince(db));
});
afterAll(() => world.close());

const offered = (conflict = '', seats = 2) =>
	world.transaction(async (db) =>
		makeOffer(db, province.partner, at, province.organisationId, {
			agreement_id: (
				await recordAgreement(db, province.manager, at, province.organisationId, {
					kind: 'pks',
					number: `${Math.random()}`,
					title: 'Pelatihan',
					signed_on: '2025-01-01',
					valid_until: '2028-12-31'
				} as never)
			).id,
			title: 'Lokakarya',
			competency_id: (await competencyByCode(db, 'M.3')).id,
			target_level: 3,
			seats,
			hours: 12,
			value_rupiah: 0,
			description: '',
			conflict_of_interest: conflict
		})
	);

test('an offer is decided once, and a conflict of interest needs its reason', async () => {
	const { id } = await offered('Komisaris ialah saudara kepala dinas');
	await expect(world.transaction((db) => decideOffer(db, province.manager, at, id, { decision: 'accepted', note: '' }))).rejects.toThrow(
		'partners_refusal_conflict_note'
	);
	await world.transaction((db) => decideOffer(db, province.manager, at, id, { decision: 'accepted', note: 'Diperiksa inspektorat' }));
	await expect(world.transaction((db) => decideOffer(db, province.manager, at, id, { decision: 'declined', note: '' }))).rejects.toThrow(
		'partners_refusal_decided'
	);
});

test('promised against delivered: no more than the promised seats count, and a partner sees no count under five', async () => {
	const { id } = await offered();
	const { versionId } = await world.transaction((db) => publishedCommunication(db, province));
	const { id: classId } = await world.transaction((db) => openSmallClass(db, province, versionId));
	await expect(world.transaction((db) => backClass(db, province.manager, at, id, { class_id: classId, seats: 1 }))).rejects.toThrow();
	await world.transaction((db) => decideOffer(db, province.manager, at, id, { decision: 'accepted', note: '' }));
	await expect(world.transaction((db) => backClass(db, province.manager, at, id, { class_id: classId, seats: 9 }))).rejects.toThrow(
		'partners_refusal_seats'
	);
	await world.transaction((db) => backClass(db, province.manager, at, id, { class_id: classId, seats: 2 }));
	const enrol = sql`insert into catalogue.enrolments (id, class_id, officer_id, enrolled_at)
		select gen_random_uuid(), ${classId}, id, ${at} from people.officers order by id limit 4`;
	await enrol.execute(world.db);
	const [row] = (await organisations(world.db, province.manager)).filter((one) => one.id === province.organisationId);
	expect(row).toMatchObject({ seats_filled: 2 });
	expect(await backingsOf(world.db, province.manager, province.organisationId)).toMatchObject([{ seats: 2, enrolled: 4 }]);
	expect((await backingsOf(world.db, province.partner, province.organisationId))[0]!.enrolled).toBeUndefined();
});

test('another organisation and everybody without a part in it reads as not found', async () => {
	const { id } = await offered();
	for (const actor of [province.learner, province.otherOfficer, province.superior]) {
		await expect(offer(world.db, actor, id)).rejects.toThrow(NotFound);
		await expect(world.transaction((db) => decideOffer(db, actor, at, id, { decision: 'accepted', note: '' }))).rejects.toThrow(NotFound);
	}
	expect((await offer(world.db, province.partner, id)).id).toBe(id);
	await expect(world.transaction((db) => decideOffer(db, province.partner, at, id, { decision: 'accepted', note: '' }))).rejects.toThrow(
		NotFound
	);
});
