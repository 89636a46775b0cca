import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classDays, classState, completionObstacles, datesObstacle, daysNeeded } from './rules.ts';

test('a class meets from Monday to Friday, and on a weekend only when there is nothing else', () => {
	expect(classDays('2026-12-04', '2026-12-08')).toEqual(['2026-12-04', '2026-12-07', '2026-12-08']);
	expect(classDays('2026-12-05', '2026-12-06')).toEqual(['2026-12-05', '2026-12-06']);
	expect(classDays('2026-12-31', '2027-01-01')).toEqual(['2026-12-31', '2027-01-01']);
});

test('four of five days are eighty percent, three are not; one day must be attended', () => {
	expect([1, 2, 3, 4, 5, 10].map((days) => daysNeeded(days, 0.8))).toEqual([1, 2, 3, 4, 4, 8]);
	const facts = { days: 5, minimumShare: 0.8, requirements: [] };
	expect(completionObstacles({ ...facts, present: 4 })).toEqual([]);
	expect(completionObstacles({ ...facts, present: 3 })).toEqual([{ kind: 'attendance', missing: 1 }]);
	expect(completionObstacles({ ...facts, present: 5, requirements: [{ kind: 'course', fulfilled: false }] })).toEqual([
		{ kind: 'requirement', requirement: 'course' }
	]);
});

test('attending one day more never takes a completion away', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 120 }),
			fc.nat(120),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(days, present, minimumShare) => {
				const missing = (n: number) => completionObstacles({ days, present: n, minimumShare, requirements: [] }).length;
				expect(missing(present + 1)).toBeLessThanOrEqual(missing(present));
				expect(missing(days)).toBe(0);
			}
		)
	);
});

test('a class is open between its two instants, and closed until it is drawn', () => {
	const held = {
		applications_open_at: new Date(1000),
		applications_close_at: new Date(2000),
		starts_on: '2026-12-07',
		ends_on: '2026-12-11',
		drawn_at: null
	};
	expect(['999', '1000', '1999', '2000'].map((at) => classState(held, new Date(Number(at)), '1970-01-01'))).toEqual([
		'soon',
		'open',
		'open',
		'closed'
	]);
	expect(classState(held, new Date('2027-01-01'), '2027-01-01')).toBe('closed');
	const drawn = { ...held, drawn_at: new Date(2500) };
	expect(['2026-12-06', '2026-12-07', '2026-12-11', '2026-12-12'].map((day) => classState(drawn, new Date(3000), day))).toEqual([
		'drawn',
		'running',
		'running',
		'ended'
	]);
});

test('dates that make no class are named by field', () => {
	const at = new Date('2026-11-24T03:00:00Z');
	const dates = {
		applicationsOpenAt: at,
		applicationsCloseAt: new Date('2026-12-01T17:00:00Z'),
		startsOn: '2026-12-07',
		endsOn: '2026-12-11'
	};
	const obstacle = (change: object) => datesObstacle({ ...dates, ...change }, at, '2026-12-01')?.field;
	expect(obstacle({})).toBeUndefined();
	expect(obstacle({ applicationsCloseAt: at })).toBe('closesOn');
	expect(obstacle({ startsOn: '2026-12-01' })).toBe('startsOn');
	expect(obstacle({ endsOn: '2026-12-06' })).toBe('endsOn');
	expect(obstacle({ endsOn: '2028-12-06' })).toBe('endsOn');
});
