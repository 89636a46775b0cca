import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	candidatesOf,
	FEWEST_RATERS,
	groupResult,
	isAnonymous,
	MOST_COLLEAGUES,
	proposeRaters,
	reminderMoments,
	WANTED_RATERS,
	type Colleague
} from './feedback-rules.ts';

const answers = fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { maxLength: 8 });

test('fewer than three anonymous levels say nothing, whatever they are', () => {
	fc.assert(
		fc.property(fc.constantFrom('peer' as const, 'subordinate' as const), answers, (source, given) => {
			const levels = given.filter((level) => level !== null);
			const result = groupResult(source, given);
			expect(result === null).toBe(levels.length < FEWEST_RATERS);
			if (result) expect(result.raters).toBe(levels.length);
		})
	);
});

test('the level follows from the published mean alone, so it tells nothing more', () => {
	fc.assert(
		fc.property(answers, answers, (one, other) => {
			const [a, b] = [groupResult('peer', one), groupResult('peer', other)];
			if (a && b && a.mean === b.mean) expect(a.level).toBe(b.level);
			if (a) expect(Math.abs(a.level - a.mean)).toBeLessThanOrEqual(0.5);
		})
	);
});

test('a mean in the middle is the lower level, and the superior speaks alone', () => {
	expect(groupResult('peer', [3, 3, 4, 4])).toEqual({ mean: 3.5, level: 3, raters: 4 });
	expect(groupResult('peer', [3, 4, 4])).toEqual({ mean: 3.7, level: 4, raters: 3 });
	expect(groupResult('peer', [3, 4, null])).toBeNull();
	expect(groupResult('subordinate', [5, 5])).toBeNull();
	expect(groupResult('superior', [4])).toEqual({ mean: 4, level: 4, raters: 1 });
	expect(groupResult('self', [null])).toBeNull();
});

/** People under a few superiors, some of whom are themselves in the circle. */
const circles = fc
	.array(
		fc.record({
			superior: fc.integer({ min: -1, max: 4 }),
			unit: fc.integer({ min: 0, max: 2 }),
			account: fc.boolean(),
			reads: fc.boolean()
		}),
		{ minLength: 1, maxLength: 40 }
	)
	.map((people) => ({
		circle: people.map((one, i): Colleague => ({
			personId: `p${String(i).padStart(2, '0')}`,
			unitId: `u${one.unit}`,
			rung: 'pelaksana',
			superiorPersonId: one.superior < 0 || one.superior === i ? null : `p0${one.superior}`,
			hasAccount: one.account
		})),
		readers: new Set(people.flatMap((one, i) => (one.reads && i % 5 === 0 ? [`p${String(i).padStart(2, '0')}`] : [])))
	}));

test('nobody is asked about more than five colleagues, no group is smaller than three, no reader of results is in one', () => {
	fc.assert(
		fc.property(circles, ({ circle, readers }) => {
			const subjects = circle.map((one) => one.personId);
			const raters = proposeRaters(subjects, circle, readers);
			const anonymous = raters.filter((one) => isAnonymous(one.source));
			for (const own of Map.groupBy(anonymous, (one) => one.raterId).values()) expect(own.length).toBeLessThanOrEqual(MOST_COLLEAGUES);
			for (const group of Map.groupBy(anonymous, (one) => `${one.subjectId} ${one.source}`).values()) {
				expect(group.length).toBeGreaterThanOrEqual(FEWEST_RATERS);
				expect(group.length).toBeLessThanOrEqual(WANTED_RATERS);
			}
			expect(anonymous.filter((one) => readers.has(one.raterId))).toEqual([]);
			// one person rates another from one place only
			const pairs = raters.map((one) => `${one.subjectId} ${one.raterId}`);
			expect(new Set(pairs).size).toBe(pairs.length);
			for (const one of anonymous) {
				const subject = circle.find((person) => person.personId === one.subjectId)!;
				expect(candidatesOf(subject, one.source, circle).map((person) => person.personId)).toContain(one.raterId);
			}
		})
	);
});

test('a desk of eight under one superior rates each other evenly', () => {
	const circle: Colleague[] = Array.from({ length: 8 }, (_, i) => ({
		personId: `p${i}`,
		unitId: 'desk',
		rung: 'pelaksana',
		superiorPersonId: 'head',
		hasAccount: true
	}));
	const raters = proposeRaters(
		circle.map((one) => one.personId),
		circle,
		new Set()
	);
	const peers = raters.filter((one) => one.source === 'peer');
	expect(peers).toHaveLength(8 * WANTED_RATERS);
	expect(new Set([...Map.groupBy(peers, (one) => one.raterId).values()].map((own) => own.length))).toEqual(new Set([5]));
	expect(raters.filter((one) => one.source === 'superior').map((one) => one.raterId)).toEqual(Array(8).fill('head'));
});

test('reminders: opening, half way, the morning before the last day; a short round has fewer', () => {
	const day = (n: number, hour = 0) => new Date(Date.UTC(2026, 10, n, hour - 7));
	const last = new Date(day(15).getTime() - 1000);
	expect(reminderMoments(day(1), last)).toEqual([
		day(1),
		new Date((day(1).getTime() + last.getTime()) / 2),
		new Date(last.getTime() - 2 * 86_400_000)
	]);
	expect(reminderMoments(day(1), new Date(day(4).getTime() - 1000))).toHaveLength(3 - 1);
});
