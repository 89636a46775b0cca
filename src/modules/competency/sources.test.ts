import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupResult } from '#modules/surveys/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { newId } from '#platform/ids.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { SOURCES, type Source } from './rules.ts';
import { officerCards } from '#modules/people/server/index.ts';
import { teamDisagreements } from './server/disagreements.ts';
import { teamCoverage, teamMembers, teamOn } from './server/team.ts';
import { kindnessOf } from './server/kindness.ts';
import { combined, disagreement, kindness, kindnessWord, newestBySource, valueOf, type SourceRating } from './sources.ts';

let world: World;
let province: SmallProvince;
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction((db) => smallProvince(db));
});
afterAll(() => world.close());

const at = new Date('2026-11-24T03:00:00Z');
const day = '2026-11-24';
const weights = SOURCES.map((source, i) => ({ source, weight: [35, 20, 20, 10, 10, 5][i]!, basis: 'ours', confidence: 'uncertain' }));
const said = (source: Source, level: number, mean: number | null = null): SourceRating => ({
	id: newId(),
	source,
	level,
	mean,
	ratedAt: at,
	validUntil: null
});

test('the combined figure brings the weights of those present to one', () => {
	const figure = combined([said('superior', 4), said('peer', 2, 2.4), said('self', 5)], weights)!;
	expect(figure.value).toBe(3.7); // (4×20 + 2,4×10 + 5×5) ÷ 35
	expect(figure.parts.map((part) => Math.round(part.share * 100))).toEqual([57, 29, 14]);
	expect(combined([said('superior', 4)], weights)).toBeNull();
	expect(combined([], weights)).toBeNull();
});

test('two levels apart is a disagreement, one is not; the stronger of two equals speaks', () => {
	expect(disagreement([said('superior', 4), said('peer', 2), said('self', 2)])).toEqual({
		high: { source: 'superior', level: 4 },
		low: { source: 'peer', level: 2 }
	});
	expect(disagreement([said('superior', 3), said('self', 4)])).toBeNull();
	expect(disagreement([said('superior', 3)])).toBeNull();
});

test('of each source the newest valid rating counts', () => {
	const old = { ...said('superior', 1), ratedAt: new Date('2026-01-01T00:00:00Z') };
	const expired = { ...said('test', 5), validUntil: '2026-11-23' };
	const future = { ...said('self', 5), ratedAt: new Date('2026-12-01T00:00:00Z') };
	const now = said('superior', 3);
	expect(newestBySource([old, expired, future, now], at, day)).toEqual([now]);
});

const group = fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { maxLength: 6 });

test('what a hidden group said changes nothing that anybody sees: no subtraction leads to it', () => {
	fc.assert(
		fc.property(
			group,
			group,
			fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
			fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
			(peers, boss, hidden, other) => {
				// peers may or may not be shown; two subordinates at most are never
				const shown = (subordinates: (number | null)[]) => {
					const figures = (['superior', 'peer', 'subordinate'] as const).flatMap((source) => {
						const answers = { superior: boss.slice(0, 1), peer: peers, subordinate: subordinates }[source];
						const result = groupResult(source, answers);
						return result ? [{ ...said(source, result.level, result.mean), id: source }] : [];
					});
					return JSON.stringify([figures.map(({ ratedAt: _, ...rest }) => rest), combined(figures, weights), disagreement(figures)]);
				};
				expect(shown(hidden)).toBe(shown(other));
				expect(shown(hidden)).toBe(shown([]));
			}
		)
	);
});

test('kindness: each officer counts once, few officers say nothing, and few draw it towards zero', () => {
	const pairs = (officers: number, difference: number, each = 1) =>
		Array.from({ length: officers * each }, (_, i) => ({ officerId: `o${i % officers}`, own: 3 + difference, others: 3 }));
	expect(kindness(pairs(4, 2, 9))).toBeNull();
	expect(kindness(pairs(5, 1))).toEqual({ officers: 5, pairs: 5, difference: 1, shrunk: 0.5 });
	expect(kindness(pairs(5, 1, 9))).toEqual({ officers: 5, pairs: 45, difference: 1, shrunk: 0.5 });
	expect(kindness(pairs(45, 1))!.shrunk).toBeCloseTo(0.9);
	// one officer rated on nine competencies does not outweigh four on one
	const uneven = [...pairs(5, 0), ...Array.from({ length: 20 }, () => ({ officerId: 'o0', own: 5, others: 3 }))];
	expect(kindness(uneven)!.difference).toBeCloseTo(40 / 21 / 5);
	expect([kindness(pairs(5, 1)), kindness(pairs(5, 0)), kindness(pairs(10, -1))].map((habit) => kindnessWord(habit!))).toEqual([
		'higher',
		'alike',
		'lower'
	]);
});

const oneRating = {
	competency: fc.integer({ min: 0, max: 1 }),
	level: fc.integer({ min: 1, max: 5 }),
	tenths: fc.option(fc.integer({ min: 10, max: 50 })),
	hours: fc.integer({ min: -30, max: 0 })
};
/** Up to seven officers whom the superior and peers rated, which is what a habit is made of … */
const rated = fc.array(fc.record({ ...oneRating, theirs: fc.integer({ min: 1, max: 5 }) }), { minLength: 3, maxLength: 7 }).map((all) =>
	all.flatMap(({ theirs, ...one }, officer) => [
		{ ...one, officer, source: 'superior' as const, other: false, until: null },
		{ ...one, officer, source: 'peer' as const, level: theirs, other: false, until: '2026-11-24' }
	])
);
/** … and ratings of any kind among them: expired, of the future, of another superior, of the officer himself. */
const others = fc.array(
	fc.record({
		...oneRating,
		officer: fc.integer({ min: 0, max: 6 }),
		source: fc.constantFrom<Source>(...SOURCES),
		other: fc.boolean(),
		hours: fc.integer({ min: -40, max: 3 }),
		until: fc.option(fc.constantFrom('2026-11-20', '2026-11-24', '2027-01-01'))
	}),
	{ maxLength: 30 }
);
const ratings = fc.tuple(rated, others).map(([base, more]) => [...base, ...more]);

test('set-based SQL and the rules give the same habit, the same disagreements and the same last word', { timeout: 120_000 }, async () => {
	const officers = province.team.slice(0, 7);
	const competencies = (await sql<{ id: string }>`select id from competency.competencies order by position limit 2`.execute(world.db)).rows;
	let compared = 0;
	let disagreed = 0;
	const cards = await officerCards(world.db, officers);
	const [rater, stranger] = [province.superior.accountId!, province.leader.accountId!];
	await fc.assert(
		fc.asyncProperty(ratings, async (given) => {
			const undo = new Error('undo');
			const rows = given.map((one) => ({
				id: newId(),
				officer: officers[one.officer]!,
				competency: competencies[one.competency]!.id,
				source: one.source,
				level: one.level,
				mean: one.tenths === null ? null : one.tenths / 10,
				by: one.source === 'superior' ? (one.other ? stranger : rater) : null,
				ratedAt: new Date(at.getTime() + one.hours * 3_600_000),
				validUntil: one.until
			}));
			await world
				.transaction(async (db) => {
					for (const row of rows)
						await sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_by, rated_at, valid_until, mean)
							values (${row.id}, ${row.officer}, ${row.competency}, ${row.level}, ${row.source}, ${row.by}, ${row.ratedAt}, ${row.validUntil}, ${row.mean})`.execute(
							db
						);
					const pairs = officers.flatMap((officerId) =>
						competencies.flatMap(({ id }) => {
							const about = rows.filter((row) => row.officer === officerId && row.competency === id);
							const [own] = newestBySource(
								about.filter((row) => row.by === rater),
								at,
								day
							);
							const others = newestBySource(about, at, day).filter((row) => row.source !== 'superior' && row.source !== 'self');
							if (!own || others.length === 0) return [];
							return { officerId, own: valueOf(own), others: others.reduce((sum, row) => sum + valueOf(row), 0) / others.length };
						})
					);
					const expected = kindness(pairs);
					const found = (await kindnessOf(db, at, [rater])).get(rater) ?? null;
					expect(found === null).toBe(expected === null);
					if (found && expected) {
						compared++;
						expect(found).toMatchObject({ officers: expected.officers, pairs: expected.pairs });
						expect(found.difference).toBeCloseTo(expected.difference, 8);
						expect(found.shrunk).toBeCloseTo(expected.shrunk, 8);
					}
					const apart = officers.flatMap((officerId) =>
						competencies.flatMap(({ id }) => {
							const about = rows.filter((row) => row.officer === officerId && row.competency === id);
							const ends = disagreement(newestBySource(about, at, day));
							return ends ? [{ officerId, ...ends }] : [];
						})
					);
					disagreed += apart.length;
					const told = (await teamDisagreements(db, at, cards)).flatMap(({ officerId, about }) =>
						about.map(({ high, low }) => ({ officerId, high, low }))
					);
					expect(told).toHaveLength(apart.length);
					expect(told).toEqual(expect.arrayContaining(apart));

					const superiors = (officerId: string) => rows.filter((row) => row.officer === officerId && row.source === 'superior');
					const last = (officerId: string) =>
						Math.max(0, ...superiors(officerId).map(({ ratedAt }) => (ratedAt <= at ? ratedAt.getTime() : 0)));
					const members = await teamMembers(db, at, cards);
					for (const member of members) expect(member.lastRatedAt?.getTime() ?? 0).toBe(last(member.id));
					const sum = <Row>(all: Iterable<Row>, of: (row: Row) => number) => [...all].reduce((total, row) => total + of(row), 0);
					const coverage = (await teamCoverage(db, at, cards)).values().toArray();
					expect(sum(coverage, (row) => row.asked)).toBe(sum(members, (row) => row.asked));
					expect(sum(coverage, (row) => row.rated)).toBe(sum(members, (row) => row.ratedBySuperior));
					for (const { id } of competencies)
						for (const { officerId, own } of await teamOn(db, at, cards, id)) {
							const [newest] = newestBySource(
								superiors(officerId).filter((row) => row.competency === id),
								at,
								day
							);
							expect(own).toEqual(newest ? { level: newest.level, ratedAt: newest.ratedAt } : null);
						}
					throw undo;
				})
				.catch((cause) => {
					if (cause !== undo) throw cause;
				});
		}),
		{ numRuns: 80 }
	);
	// a property that never met a habit would hold for nothing
	expect(compared).toBeGreaterThan(10);
	expect(disagreed).toBeGreaterThan(50);
});
