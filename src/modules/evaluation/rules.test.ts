import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { diagnose } from './diagnosis.ts';
import { planForm } from './forms.ts';
import { addDays, cannotAnswer, measuredAgain, needsReview, offeredDelta, readiness, startOfDay, windowOf, yearsBetween } from './rules.ts';
import { detectable } from './server/power.ts';

describe('windows', () => {
	const cls = { startsOn: '2026-02-23', endsOn: '2026-02-27' };
	test('before: from the draw until class begins, but a day at least', () => {
		const drawn = new Date('2026-02-12T03:00:00Z');
		expect(windowOf('before', drawn, cls, { from: 0, to: 0 })).toEqual({ opensAt: drawn, dueAt: new Date('2026-02-22T17:00:00Z') });
		const late = new Date('2026-02-22T16:00:00Z');
		expect(windowOf('before', late, cls, { from: 0, to: 0 }).dueAt.getTime() - late.getTime()).toBe(86_400_000);
	});
	test('after: whole days in WIB counted from the last day of class', () => {
		expect(windowOf('after', new Date(), cls, { from: 0, to: 0 })).toEqual({
			opensAt: new Date('2026-02-26T17:00:00Z'),
			dueAt: new Date('2026-02-27T16:59:59Z')
		});
		expect(windowOf('after', new Date(), cls, { from: 1, to: 14 }).opensAt).toEqual(new Date('2026-02-27T17:00:00Z'));
	});
	test('days begin where the government is', () => {
		expect(startOfDay('2026-03-01', 'Asia/Jayapura').toISOString()).toBe('2026-02-28T15:00:00.000Z');
		expect(startOfDay('2026-03-01', 'UTC').toISOString()).toBe('2026-03-01T00:00:00.000Z');
		expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
		expect(yearsBetween('2000-01-01', '2026-01-01')).toBeCloseTo(26, 1);
		expect(yearsBetween(null, '2026-01-01')).toBeNull();
	});
});

test('one planned look: after the window, or when everybody answered', () => {
	const after = { opensAt: new Date('2026-06-01T00:00:00Z'), dueAt: new Date('2026-09-01T00:00:00Z') };
	const at = (day: string) => new Date(`${day}T00:00:00Z`);
	expect(readiness(at('2026-05-01'), undefined, 0, 0).state).toBe('not_measured');
	expect(readiness(at('2026-05-01'), after, 40, 40).state).toBe('not_begun');
	expect(readiness(at('2026-07-01'), after, 40, 39).state).toBe('waiting');
	expect(readiness(at('2026-07-01'), after, 40, 40).state).toBe('ready');
	expect(readiness(at('2026-09-02'), after, 40, 0).state).toBe('ready');
});

test('which answers ask for a correction, and which count as measured again', () => {
	expect(needsReview('NO_MEANINGFUL_EFFECT', null)).toBe(true);
	expect(needsReview('HARMFUL', 'SIZE_UNCERTAIN_OR_LARGE')).toBe(true);
	expect(needsReview('EFFECTIVE', 'TOO_SMALL_TO_MATTER')).toBe(true);
	expect(needsReview('EFFECTIVE', 'SIZE_UNCERTAIN')).toBe(false);
	expect(needsReview('INCONCLUSIVE', null)).toBe(false);
	expect(needsReview('NOT_ENOUGH_DATA', null)).toBe(false);
	expect([measuredAgain('INCONCLUSIVE'), measuredAgain('NOT_ENOUGH_DATA'), measuredAgain(undefined)]).toEqual([true, false, false]);
});

test('the planning check is that of the specification', () => {
	// (t.975 + t.80, 38 df)·15·√((1−0.25)(1/20+1/20)) = (2.0244 + 0.8512)·15·0.27386
	expect(detectable(15, 0.5, 20, 20)).toBeCloseTo(11.81, 2);
	expect(detectable(15, 0.5, 1, 20)).toBeUndefined();
	expect([cannotAnswer(3, 3), cannotAnswer(3.01, 3), cannotAnswer(undefined, 3)]).toEqual([false, true, true]);
	expect(offeredDelta(12.34)).toBe(3.09);
});

describe('where the chain broke', () => {
	const facts = {
		needShare: 0.9,
		attendanceShare: 0.95,
		lessonShare: 0.9,
		learning: 'EFFECTIVE',
		behaviour: 'NO_MEANINGFUL_EFFECT'
	} as const;
	test('learned but not used: transfer', () => expect(diagnose(facts).suggestion).toBe('transfer'));
	test('learned although half the lessons were skipped: still transfer', () => {
		const found = diagnose({ ...facts, lessonShare: 0.5 });
		expect([found.suggestion, found.links.find(({ link }) => link === 'material')!.state]).toEqual(['transfer', 'broke']);
	});
	test('came and read, but did not learn: the material, whatever behaviour did', () => {
		const found = diagnose({ ...facts, learning: 'TOO_SMALL' });
		expect([found.brokeAt, found.suggestion]).toEqual(['learning', 'material']);
		expect(found.links.find(({ link }) => link === 'transfer')!.state).toBe('unknown');
	});
	test('the first link that broke is the suggestion', () => {
		expect(diagnose({ ...facts, learning: 'NO_MEANINGFUL_EFFECT', attendanceShare: 0.5, lessonShare: 0.2 }).suggestion).toBe('method');
		expect(diagnose({ ...facts, learning: null, lessonShare: 0.2 }).suggestion).toBe('material');
		expect(diagnose({ ...facts, needShare: 0.3 }).suggestion).toBe('need');
	});
	test('what nobody measured is not known, and suggests nothing', () => {
		const found = diagnose({ needShare: null, attendanceShare: null, lessonShare: null, learning: null, behaviour: 'INCONCLUSIVE' });
		expect(found.links.every(({ state }) => state === 'unknown')).toBe(true);
		expect(found.suggestion).toBeNull();
	});
});

describe('the form of the plan', () => {
	const id = '0197d0f2-0000-7000-8000-000000000001';
	const form = {
		design: 'A1',
		l2_instrument: id,
		l2_from: '1',
		l2_to: '14',
		l2_delta: '3,5',
		l2_delta_reason: 'Setengah kelas naik satu golongan.',
		l2_sd: '14',
		l2_correlation: '0,5',
		covariates: ['age', 'phone'],
		n_programme: '30',
		n_comparison: '25',
		owner_account_id: id
	};
	const faults = (input: object) => {
		const parsed = v.safeParse(planForm, input);
		return parsed.success ? {} : Object.fromEntries(parsed.issues.map((issue) => [v.getDotPath(issue), issue.message]));
	};
	test('reads numbers as people here write them and measures only what has an instrument', () => {
		expect(v.parse(planForm, form)).toMatchObject({
			learning: { delta: 3.5, baselineCorrelation: 0.5, windowFromDays: 1, windowToDays: 14, direction: 'higher' },
			behaviour: null,
			covariates: ['age'],
			expectedProgramme: 30,
			waiverReason: null,
			acknowledged: false
		});
	});
	test('behaviour is rated after 90 to 180 days unless somebody says otherwise', () => {
		const plan = v.parse(planForm, {
			...form,
			l3_instrument: id,
			l3_delta: '0,3',
			l3_delta_reason: 'x',
			l3_sd: '0,6',
			l3_correlation: '0,5'
		});
		expect(plan.behaviour).toMatchObject({ windowFromDays: 90, windowToDays: 180 });
	});
	test('says at which field what is missing', () => {
		expect(faults({ ...form, l2_delta: '' })).toEqual({ l2_delta: 'platform_required' });
		expect(faults({ ...form, l2_delta_reason: ' ' })).toEqual({ l2_delta_reason: 'evaluation_delta_reason_needed' });
		expect(faults({ ...form, l2_sd: 'banyak' })).toEqual({ l2_sd: 'platform_number' });
		expect(faults({ ...form, l2_from: '20' })).toEqual({ l2_to: 'evaluation_window_order' });
		expect(faults({ ...form, l2_instrument: '' })).toEqual({ l2_instrument: 'evaluation_outcome_needed' });
		expect(faults({ ...form, n_programme: '1' })).toEqual({ n_programme: 'evaluation_count_range' });
		expect(faults({ ...form, attrition: 'optimistic' })).toEqual({ attrition_reason: 'evaluation_attrition_reason_needed' });
		expect(faults({ ...form, design: 'C' })).toHaveProperty('design');
	});
	test('without a comparison it needs the reason, and no limit that matters', () => {
		expect(faults({ design: 'none', owner_account_id: id })).toEqual({ waiver_reason: 'evaluation_waiver_needed' });
		expect(
			v.parse(planForm, { design: 'none', owner_account_id: id, waiver_reason: 'Wajib bagi semua.', l2_instrument: id })
		).toMatchObject({ learning: null, behaviour: null });
		expect(v.parse(planForm, { design: 'E', owner_account_id: id, waiver_reason: 'Wajib bagi semua.', l2_instrument: id })).toMatchObject({
			learning: { delta: 3 }
		});
	});
});
