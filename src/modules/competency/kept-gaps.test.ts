import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { connect, inTransaction, type Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { SOURCES } from './rules.ts';
import { countGapsOfDay, freshenGaps } from './server/kept-gaps.ts';
import { levels } from './server/levels.ts';
import { competencies, gapsByUnit, gapSummary } from './server/index.ts';

let world: World;
let province: SmallProvince;
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
});
afterAll(() => world.close());

const BEGIN = Date.parse('2026-11-24T03:00:00Z');
const DAY = 86_400_000;
const NIL = '00000000-0000-0000-0000-000000000000';

interface Cell {
	unit: string;
	whole: boolean;
	competency: string;
	people: number;
	assessed: number;
	short: number;
	levels: number;
}
const byKey = (a: Cell, b: Cell) => (a.unit + a.whole + a.competency < b.unit + b.whole + b.competency ? -1 : 1);

/** Cell by cell from the level of each person, in the unit itself and in each unit above it. */
async function counted(db: Db, at: Date) {
	const { rows } = await sql<{ unit: string; competency: string; officer: string; gap: number | null; above: string[] }>`
		with ${levels(at, sql`c.active`)}
		select coalesce(c.unit_id, ${NIL}) as unit, l.competency_id as competency, l.officer_id as officer, l.gap,
			array(select a.id from people.current_units a where c.unit_path <@ a.path) as above
		from levels l join people.officer_cards c on c.id = l.officer_id where l.required is not null`.execute(db);
	const cells = new Map<string, Cell>();
	for (const { unit, competency, gap, above } of rows)
		for (const place of [{ unit, whole: false }, ...above.map((id) => ({ unit: id, whole: true }))]) {
			const key = place.unit + place.whole + competency;
			const cell = cells.get(key) ?? { ...place, competency, people: 0, assessed: 0, short: 0, levels: 0 };
			cells.set(key, cell);
			cell.people++;
			if (gap === null) continue;
			cell.assessed++;
			if (gap > 0) cell.short++;
			cell.levels += gap;
		}
	const persons = rows.map(({ unit, competency, officer, gap }) => [unit, competency, officer, gap].join(' '));
	return { cells: [...cells.values()].sort(byKey), persons: persons.sort() };
}

/** The same as it is kept. */
async function kept(db: Db) {
	const { rows: cells } =
		await sql<Cell>`select unit_id as unit, whole, competency_id as competency, people, assessed, with_gap as short, levels_short as levels
		from competency.gap_cells`.execute(db);
	const { rows: persons } = await sql<{
		row: string;
	}>`select concat_ws(' ', unit_id, competency_id, officer_id, coalesce(gap::text, '')) as row
		from competency.officer_gaps`.execute(db);
	return { cells: cells.sort(byKey), persons: persons.map(({ row }) => row).sort() };
}

/** Hangs a unit with all below it under another, unless that lies below it. */
const hang = (db: Db, unit: string, under: string) =>
	sql`update people.unit_versions v
		set path = (select path from people.current_units where id = ${under}) || subpath(v.path, nlevel(moved.path) - 1),
			parent_id = case when v.unit_id = ${unit} then ${under} else v.parent_id end
		from people.current_units moved where moved.id = ${unit} and v.valid_to is null and v.path <@ moved.path
			and not exists (select 1 from people.current_units u where u.id = ${under} and u.path <@ moved.path)`.execute(db);

const step = fc.oneof(
	fc.record({
		kind: fc.constant('rate' as const),
		who: fc.nat(),
		what: fc.nat(),
		level: fc.integer({ min: 1, max: 5 }),
		source: fc.nat(5),
		days: fc.nat(3)
	}),
	fc.record({ kind: fc.constant('forget' as const), who: fc.nat() }),
	fc.record({ kind: fc.constant('move' as const), who: fc.nat(), where: fc.nat() }),
	fc.record({ kind: fc.constant('leave' as const), who: fc.nat() }),
	fc.record({ kind: fc.constant('hang' as const), which: fc.nat(), where: fc.nat() }),
	fc.record({ kind: fc.constant('standard' as const), what: fc.nat(), level: fc.integer({ min: 1, max: 5 }), days: fc.nat(2) }),
	fc.record({ kind: fc.constant('tomorrow' as const) }),
	fc.record({ kind: fc.constant('compact' as const) })
);

test('whatever happens, the kept figures are those of counting anew', async () => {
	const officers = Object.values(province.officers);
	const units = Object.values(province.units);
	const dictionary = (await competencies(world.db, new Date(BEGIN))).map((one) => one.id);
	const one = <T>(list: T[], n: number): T => list[n % list.length]!;
	const dayFrom = (at: number, days: number) => new Date(at + days * DAY).toISOString().slice(0, 10);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
			const undo = new Error('undo');
			await world
				.transaction(async (db) => {
					let at = BEGIN;
					for (const did of steps) {
						if (did.kind === 'rate')
							await sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_at, valid_until) values (${newId()}, ${one(officers, did.who)},
								${one(dictionary, did.what)}, ${did.level}, ${SOURCES[did.source]!}, ${new Date(at)}, ${dayFrom(at, did.days)})`.execute(db);
						if (did.kind === 'forget') await sql`delete from competency.ratings where officer_id = ${one(officers, did.who)}`.execute(db);
						if (did.kind === 'move')
							await sql`update people.post_assignments set unit_id = ${one(units, did.where)} where officer_id = ${one(officers, did.who)}`.execute(
								db
							);
						if (did.kind === 'hang') await hang(db, one(units, did.which), one(units, did.where));
						if (did.kind === 'leave')
							await sql`update people.officers set active = not active where id = ${one(officers, did.who)}`.execute(db);
						if (did.kind === 'standard')
							await sql`insert into competency.standards (id, rung, competency_id, level, basis, confidence, valid_from)
								values (${newId()}, 'ahli_pertama', ${one(dictionary, did.what)}, ${did.level}, 'uji', 'uncertain', ${dayFrom(at, did.days)}) on conflict do nothing`.execute(
								db
							);
						if (did.kind === 'tomorrow') at += DAY;
						if (did.kind === 'compact') await countGapsOfDay(db, new Date(at));
						at += 1000;
						await freshenGaps(db, new Date(at));
						expect(await kept(db), JSON.stringify(did)).toEqual(await counted(db, new Date(at)));
					}
					throw undo;
				})
				.catch((cause) => {
					if (cause !== undo) throw cause;
				});
		}),
		{ numRuns: process.env.SIGINJAI_LONG ? 300 : 12 }
	);
});

test('a rating that comes in while figures are counted leaves them stale, not wrong', async () => {
	const at = new Date(BEGIN);
	const other = connect(world.url, 1);
	const rate = (db: Db, competency: string) =>
		sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_at)
			values (${newId()}, ${province.officers['RATNA DEWI']!}, ${competency}, 1, 'superior', ${at})`.execute(db);
	try {
		const [first, second] = (await competencies(world.db, at)).map((one) => one.id);
		await world.transaction((db) => rate(db, first!));
		await inTransaction(other.db, async (late) => {
			await rate(late, second!);
			// counted without it, and kept
			await freshenGaps(world.db, at);
			expect(await kept(world.db)).toEqual(await counted(world.db, at));
		});
		await freshenGaps(world.db, at);
		expect(await kept(world.db)).toEqual(await counted(world.db, at));
		const { rows } = await sql<{
			assessed: number;
		}>`select sum(assessed)::int as assessed from competency.gap_cells where not whole`.execute(world.db);
		expect(rows[0]!.assessed).toBe(2);
	} finally {
		await other.close();
	}
});

test('several who ask at once on a new day wait for one count', async () => {
	const at = new Date(BEGIN + DAY);
	await Promise.all(Array.from({ length: 4 }, () => freshenGaps(world.db, at)));
	expect(await kept(world.db)).toEqual(await counted(world.db, at));
});

test('map and line of the leadership add up what is kept', async () => {
	const at = new Date(BEGIN + 1000);
	const [first] = (await competencies(world.db, at)).map((one) => one.id);
	const map = await gapsByUnit(world.db, province.manager, at);
	const assessed = map.rows.reduce((sum, row) => sum + (row.cells.get(first!)?.assessed ?? 0), 0);
	expect(assessed).toBe(1);
	expect(map.rows.reduce((sum, row) => sum + row.people, 0)).toBe(Object.keys(province.officers).length);
	expect(await gapSummary(world.db, province.manager, at, { competencyId: first! })).toMatchObject({ assessed: 1, withGap: 1 });
	expect(await gapSummary(world.db, province.manager, at)).toMatchObject({
		officers: Object.keys(province.officers).length,
		assessed: 1,
		withGap: 1
	});
});
