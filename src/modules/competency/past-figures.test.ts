import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { connect, inTransaction, type Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { competencies, unitTrend } from './server/index.ts';
import { keepPastFigures, pastFigures, trendMoments } from './server/past-figures.ts';
import { countedAt, figuresAt } from './server/unit-figures.ts';

let world: World;
let province: SmallProvince;
let dictionary: string[];
const at = new Date('2026-11-24T03:00:00Z');
const moments = trendMoments(at).slice(0, -1);
const days = moments.map(({ day }) => day);
const before = (ago: number) => new Date(at.getTime() - ago * 86_400_000);
const dayBefore = (ago: number) => before(ago).toISOString().slice(0, 10);

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	dictionary = (await competencies(world.db, at)).map(({ id }) => id);
});
afterAll(() => world.close());

/** What a trend is told, whatever is kept, and what counting all moments anew says. */
async function bothWays(db: Db, competencyId: string | undefined) {
	const { rows: parts } = await sql<{ id: string; path: string }>`
		select id, path::text from people.current_units where parent_id is null
			or parent_id in (select id from people.current_units where parent_id is null or name = 'RSUD Contoh Siginjai') order by path`.execute(db);
	const told = await figuresAt(db, province.administrator, moments, parts, competencyId);
	const counted = await countedAt(db, moments, parts, competencyId);
	const anew = parts.map(({ id }) => [
		id,
		days.map((day) => ({ ...(counted.get(day)!.get(id) ?? { people: 0, assessed: 0, withGap: 0 }), hidden: false }))
	]);
	return { told: [...told], anew };
}

const daysKept = async (db: Db) => [...(await pastFigures(db, days, [newId()], undefined)).keys()].sort();

const ago = fc.integer({ min: 0, max: 700 });
const step = fc.oneof(
	fc.record({ kind: fc.constant('rate' as const), who: fc.nat(), what: fc.nat(3), level: fc.integer({ min: 1, max: 5 }), ago, until: ago }),
	fc.record({ kind: fc.constant('end rating' as const), who: fc.nat(), ago }),
	fc.record({ kind: fc.constant('forget' as const), who: fc.nat() }),
	fc.record({ kind: fc.constant('move' as const), who: fc.nat(), where: fc.nat(), ago }),
	fc.record({ kind: fc.constant('back' as const), who: fc.nat() }),
	fc.record({ kind: fc.constant('leave' as const), who: fc.nat(), ago: fc.option(ago) }),
	fc.record({ kind: fc.constant('hang' as const), which: fc.nat(), where: fc.nat() }),
	fc.record({ kind: fc.constant('end unit' as const), which: fc.nat(), ago }),
	fc.record({ kind: fc.constant('standard' as const), what: fc.nat(3), level: fc.integer({ min: 1, max: 5 }), ago }),
	fc.record({ kind: fc.constant('end standard' as const), what: fc.nat(3), ago }),
	fc.record({ kind: fc.constant('keep' as const) })
);

type Did = typeof step extends fc.Arbitrary<infer T> ? T : never;
const one = <T>(list: T[], n: number): T => list[n % list.length]!;

async function happen(db: Db, did: Exclude<Did, { kind: 'keep' }>): Promise<void> {
	const units = Object.values(province.units);
	const who = 'who' in did ? one(Object.values(province.officers), did.who) : '';
	const competency = 'what' in did ? one(dictionary, did.what) : '';
	if (did.kind === 'rate')
		await sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_at, valid_until)
			values (${newId()}, ${who}, ${competency}, ${did.level}, 'test', ${before(did.ago)}, ${dayBefore(did.ago - did.until)})`.execute(db);
	if (did.kind === 'end rating')
		await sql`update competency.ratings set valid_until = ${dayBefore(did.ago)} where officer_id = ${who}`.execute(db);
	if (did.kind === 'forget') await sql`delete from competency.ratings where officer_id = ${who}`.execute(db);
	if (did.kind === 'move') {
		const { rows } = await sql`update people.post_assignments set valid_to = ${dayBefore(did.ago + 1)}
			where officer_id = ${who} and valid_to is null and valid_from < ${dayBefore(did.ago)} returning id`.execute(db);
		if (rows.length > 0)
			await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_name, rung, valid_from)
				values (${newId()}, ${who}, ${one(units, did.where)}, 'functional', 'Perawat', 'ahli_muda', ${dayBefore(did.ago)})`.execute(db);
	}
	if (did.kind === 'back') {
		await sql`delete from people.post_assignments where officer_id = ${who} and post_name = 'Perawat'`.execute(db);
		await sql`update people.post_assignments set valid_to = null where officer_id = ${who}`.execute(db);
	}
	if (did.kind === 'leave')
		await sql`update people.officers set active = not active, left_on = case when active then ${did.ago === null ? null : dayBefore(did.ago)}::date end
			where id = ${who}`.execute(db);
	if (did.kind === 'hang')
		await sql`update people.unit_versions v set path = above.path || subpath(v.path, nlevel(moved.path) - 1)
			from people.current_units moved, people.current_units above where moved.id = ${one(units, did.which)} and above.id = ${one(units, did.where)}
				and v.path <@ moved.path and not above.path <@ moved.path`.execute(db);
	if (did.kind === 'end unit')
		await sql`update people.unit_versions set valid_to = ${dayBefore(did.ago)} where unit_id = ${one(units, did.which)}`.execute(db);
	if (did.kind === 'standard')
		await sql`insert into competency.standards (id, rung, competency_id, level, basis, confidence, valid_from)
			values (${newId()}, 'ahli_muda', ${competency}, ${did.level}, 'uji', 'uncertain', ${dayBefore(did.ago)}) on conflict do nothing`.execute(
			db
		);
	if (did.kind === 'end standard')
		await sql`update competency.standards set valid_to = ${dayBefore(did.ago)} where competency_id = ${competency} and valid_from <= ${dayBefore(did.ago)}`.execute(
			db
		);
}

test('whatever is said later about the past, a trend is told what counting anew says', async () => {
	let fromKept = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
			const undo = new Error('undo');
			await world
				.transaction(async (db) => {
					// the tree is known from the first of the moments on
					await sql`update people.unit_versions set valid_from = '2024-01-01'`.execute(db);
					await sql`update people.post_assignments set valid_from = '2024-01-01'`.execute(db);
					await keepPastFigures(db, at);
					expect(await daysKept(db)).toEqual(days);
					for (const did of steps) {
						if (did.kind === 'keep') await keepPastFigures(db, at);
						else await happen(db, did);
						const kept = await daysKept(db);
						if (did.kind === 'keep') expect(kept).toEqual(days);
						fromKept += kept.length;
						for (const competencyId of [dictionary[0], undefined]) {
							const { told, anew } = await bothWays(db, competencyId);
							expect(told, JSON.stringify(did)).toEqual(anew);
						}
					}
					throw undo;
				})
				.catch((cause) => {
					if (cause !== undo) throw cause;
				});
		}),
		{ numRuns: process.env.SIGINJAI_LONG ? 300 : 15 }
	);
	expect(fromKept).toBeGreaterThan(100);
});

test('what is said of today ends nothing that is kept; what is said of an earlier day ends it, also while it is being counted', async () => {
	const other = connect(world.url, 1);
	const rate = (db: Db, when: Date) =>
		sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_at)
			values (${newId()}, ${province.officers['RATNA DEWI']!}, ${dictionary[0]!}, 1, 'superior', ${when})`.execute(db);
	try {
		await keepPastFigures(world.db, at);
		await rate(world.db, at);
		expect(await daysKept(world.db)).toEqual(days);
		await rate(world.db, before(120));
		expect(await daysKept(world.db)).toEqual(days.filter((day) => day < dayBefore(120)));
		await inTransaction(other.db, async (late) => {
			await rate(late, before(400));
			// counted without it, and kept
			await keepPastFigures(world.db, at);
			expect(await daysKept(world.db)).toEqual(days);
		});
		expect(await daysKept(world.db)).toEqual(days.filter((day) => day < dayBefore(400)));
		const { told, anew } = await bothWays(world.db, dictionary[0]);
		expect(told).toEqual(anew);
		// days that no trend shows any more go
		await keepPastFigures(world.db, new Date('2027-04-01T03:00:00Z'));
		const { rows } = await sql<{ day: string }>`select day from competency.past_days order by day`.execute(world.db);
		expect(rows.map(({ day }) => day)).toEqual(
			trendMoments(new Date('2027-04-01T03:00:00Z'))
				.slice(0, -1)
				.map(({ day }) => day)
		);
	} finally {
		await other.close();
	}
});

test('who retires is gone from that day on, and not from the years before', async () => {
	const retired = province.team[1]!;
	const ask = { unitId: province.units['RSUD Contoh Siginjai'], competencyId: dictionary[2]! };
	const people = async () => (await unitTrend(world.db, province.manager, at, ask)).points.slice(4).map((one) => one.people);
	const before = await people();
	const leave = (active: boolean, day: string | null) =>
		sql`update people.officers set active = ${active}, left_on = ${day} where id = ${retired}`.execute(world.db);
	await leave(false, '2026-07-15');
	expect(await people()).toEqual([before[0], before[1], before[2]! - 1, before[3]! - 1]);
	// nobody knows since when: nowhere
	await leave(false, null);
	expect(await people()).toEqual(before.map((n) => n - 1));
	await leave(true, null);
	expect(await people()).toEqual(before);
});
