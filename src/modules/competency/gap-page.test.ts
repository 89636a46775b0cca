import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import type { Actor } from '#platform/actor.ts';
import { GAP_SORTS, GAP_STATES } from './index.ts';
import { competencyByCode, gapCounts, recordRatings, type GapFilter, type GapOrder } from './server/index.ts';
import { gapPage } from './server/gap-page.ts';

let world: World;
let province: SmallProvince;
const at = new Date('2026-11-24T03:00:00Z');

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
});
afterAll(() => world.close());

/** Ids of the whole list, read in pages of three. */
async function paged(actor: Actor, filter: GapFilter, order: Omit<GapOrder, 'after'>, large: number): Promise<string[]> {
	const counts = await gapCounts(world.db, actor, at, filter);
	const ids: string[] = [];
	for (let after: GapOrder['after']; ;) {
		const page = gapPage(actor, filter, { ...order, after }, 3, counts, large);
		const direction = order.descending ? sql`desc` : sql`asc`;
		const { rows } = await sql<{ id: string; value: string }>`
			select officer_id as id, place::text as value from (${page}) l order by l.place ${direction}, l.officer_id ${direction}`.execute(world.db);
		ids.push(...rows.map(({ id }) => id));
		if (rows.length < 3) return ids;
		after = rows.at(-1);
	}
}

test('the persons of a large office are found in another way and are the same, in the same order, on each page', async () => {
	const { id: competencyId } = await competencyByCode(world.db, 'M.3');
	const rated = province.team.slice(0, 9);
	await world.transaction((db) =>
		recordRatings(
			db,
			province.superior,
			at,
			rated.map((officerId, index) => ({ officerId, competencyId, level: 1 + (index % 3), source: 'superior' as const }))
		)
	);
	// two units have one name, and somebody stands in one that is no more
	const { rows: places } = await sql<{
		id: string;
	}>`select distinct unit_id as id from people.officer_cards where active order by 1`.execute(world.db);
	await sql`update people.unit_versions set name = 'Bidang Satu' where unit_id = any(${places.slice(0, 2).map(({ id }) => id)}::uuid[])`.execute(
		world.db
	);
	await sql`update people.unit_versions set valid_to = '2026-11-01' where unit_id = ${places.at(-1)!.id}`.execute(world.db);
	const units = await sql<{ id: string; people: number }>`select u.id, count(c.id)::int as people from people.current_units u
		left join people.officer_cards c on c.unit_path <@ u.path and c.active group by u.id`.execute(world.db);
	const asked = [undefined, ...units.rows.filter(({ people }) => people > 0).map(({ id }) => id)];
	let found = 0;
	for (const actor of [province.administrator, province.trainingOfficer])
		for (const unitId of asked)
			for (const state of [undefined, ...GAP_STATES]) {
				const filter = { competencyId, unitId, state };
				for (const sort of GAP_SORTS)
					for (const descending of [true, false]) {
						const usual = await paged(actor, filter, { sort, descending }, Infinity);
						expect(await paged(actor, filter, { sort, descending }, 0), `${sort} ${descending} ${state} ${unitId}`).toEqual(usual);
						found += usual.length;
					}
			}
	expect(found).toBeGreaterThan(1000);
});
