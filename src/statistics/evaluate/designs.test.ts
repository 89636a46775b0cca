import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { EvaluationPlan } from './plan.ts';
import type { EvaluationRow } from './rows.ts';
import {
	COMPARISON_PLAN,
	comparisonRows,
	LOTTERY_PLAN,
	lotteryRows,
	STAGGERED_PLAN,
	staggeredRows,
	UNIT_PLAN,
	unitRows
} from './worlds.ts';

const change = (rows: EvaluationRow[], edit: (row: EvaluationRow, i: number) => EvaluationRow) => rows.map(edit);

describe('a lottery of persons', () => {
	const rows = lotteryRows({ perArm: 80, effect: 5, seed: 4 });

	test('an effect of 5 with a limit of 3 is found, and told in one sentence without a p value', () => {
		const r = evaluate({ ...LOTTERY_PLAN, outcomeName: { id: 'pengetahuan', en: 'knowledge' } }, rows);
		expect(r).toMatchObject({ verdict: 'EFFECTIVE', rating: 'MEETS_WITHOUT_RESERVATIONS', estimator: 'itt_ancova_hc2', df: 157 });
		expect(r.sentence.id).toMatch(
			/^Pelatihan ini menaikkan pengetahuan rata-rata \d,\d poin dibanding kelompok pembanding\. Angka sebenarnya kemungkinan besar antara \d,\d dan \d,\d\.$/
		);
		expect(r.sentence.en).toMatch(/^This training raised knowledge by \d\.\d points/);
		expect(r.flow).toMatchObject({
			assigned: { treated: 80, comparison: 80 },
			attended: { treated: 80, comparison: 0 },
			measured: { treated: 80, comparison: 80 }
		});
		expect(r.mde).toBeGreaterThan(2);
	});
	test('when lower is better, the same rise is harm', () => {
		const r = evaluate({ ...LOTTERY_PLAN, direction: 'lower' }, rows);
		expect(r.verdict).toBe('HARMFUL');
		expect(r.warnings).toContain('HARM_ALERT');
		expect(r.sentence.id).toMatch(/^Perhatian: hasil belajar peserta justru naik/);
	});
	test('a wished fall is told as a fall', () => {
		const fall = change(rows, (row) => ({ ...row, post: 130 - (row.post as number), pre: 130 - (row.pre as number) }));
		const r = evaluate({ ...LOTTERY_PLAN, direction: 'lower' }, fall);
		expect(r.verdict).toBe('EFFECTIVE');
		expect(r.estimate).toBeLessThan(0);
		expect(r.sentence.id).toMatch(/menurunkan hasil belajar rata-rata \d,\d poin/);
	});
	test('missing outcomes of one arm cost the highest rating, and bounds are shown', () => {
		const r = evaluate(LOTTERY_PLAN, lotteryRows({ perArm: 150, effect: 6, seed: 9, lost: { treated: 0.35, comparison: 0.05 } }));
		expect(r.warnings).toContain('HIGH_ATTRITION');
		expect(r.attrition).toMatchObject({ low: false });
		expect(r.rating).not.toBe('MEETS_WITHOUT_RESERVATIONS');
		const bound = (name: string) => r.beside.find((b) => b.name === name)!.estimate;
		expect(bound('lee_lower_bound')).toBeLessThan(bound('lee_upper_bound'));
	});
	test('no-shows stay in the headline; the complier effect stands beside it', () => {
		const r = evaluate(LOTTERY_PLAN, lotteryRows({ perArm: 200, effect: 8, seed: 11, attending: { treated: 0.6, comparison: 0 } }));
		const complier = r.beside.find((b) => b.name === 'complier_effect')!;
		expect(r.estimate!).toBeLessThan(7);
		expect(complier.estimate).toBeGreaterThan(r.estimate!);
		expect(Math.abs(complier.estimate - 8)).toBeLessThan(3 * complier.se!);
	});
	test('a weak first stage hides the complier effect', () => {
		const r = evaluate(LOTTERY_PLAN, lotteryRows({ perArm: 100, effect: 8, seed: 11, attending: { treated: 0.55, comparison: 0.45 } }));
		expect(r.beside.map((b) => b.name)).not.toContain('complier_effect');
		expect(r.warnings).toContain('CONTAMINATION');
	});
	test('scores at the top warn of a ceiling', () => {
		expect(evaluate({ ...LOTTERY_PLAN, scaleMaximum: 70 }, rows).warnings).toContain('CEILING_EFFECT');
		expect(evaluate({ ...LOTTERY_PLAN, scaleMaximum: 200 }, rows).warnings).not.toContain('CEILING_EFFECT');
	});
	test('an unreliable or over-aligned outcome gives a number but no causal verdict', () => {
		const r = evaluate({ ...LOTTERY_PLAN, outcomeReliability: 0.45 }, rows);
		expect(r).toMatchObject({ verdict: 'NO_CAUSAL_VERDICT', rating: 'DOES_NOT_MEET' });
		expect(r.warnings).toContain('LOW_RELIABILITY');
		expect(evaluate({ ...LOTTERY_PLAN, outcomeReliability: 0.45, reliabilityKind: 'retest' }, rows).verdict).toBe('EFFECTIVE');
		expect(evaluate({ ...LOTTERY_PLAN, overAligned: true }, rows).reasons).toContain('OUTCOME_NOT_ELIGIBLE');
		expect(evaluate({ ...LOTTERY_PLAN, sameMeasurement: false }, rows).reasons).toContain('DIFFERENT_MEASUREMENT');
	});
	test('an early look needs more, and an unplanned one gives no verdict', () => {
		const plain = evaluate(LOTTERY_PLAN, rows);
		const early = evaluate({ ...LOTTERY_PLAN, looks: 2, look: 1 }, rows);
		expect((early.ci95![1] - early.ci95![0]) / (plain.ci95![1] - plain.ci95![0])).toBeCloseTo(2.9626 / 1.96, 3);
		const unplanned = evaluate({ ...LOTTERY_PLAN, looks: 1, look: 2 }, rows);
		expect(unplanned).toMatchObject({ verdict: 'NO_CAUSAL_VERDICT', reasons: ['UNPLANNED_LOOK'] });
		expect(unplanned.estimate).not.toBeNull();
	});
	test('interaction with centred covariates is used when both arms have 20', () => {
		expect(evaluate({ ...LOTTERY_PLAN, interaction: true }, rows).estimator).toBe('itt_lin_hc2');
		const small = evaluate({ ...LOTTERY_PLAN, interaction: true }, lotteryRows({ perArm: 15, effect: 5, seed: 4 }));
		expect(small.estimator).toBe('itt_ancova_hc2');
		expect(small.notes).toContain('INTERACTION_LEFT_OUT');
	});
	test('taught in classes: the treated arm is clustered and the wider interval is shown', () => {
		const taught = change(rows, (row, i) => ({ ...row, class: row.assigned === 1 ? `K${i % 6}` : null }));
		const r = evaluate({ ...LOTTERY_PLAN, columns: { ...LOTTERY_PLAN.columns, taughtIn: 'class' } }, taught);
		expect(r.estimator).toBe('itt_ancova_cr2');
		expect(r.beside.some((b) => b.name === 'interval_wild_cluster_bootstrap' || b.name === 'interval_t')).toBe(true);
	});
	test('missing baselines are filled with the mean and an indicator, and not counted as balance', () => {
		const r = evaluate(
			LOTTERY_PLAN,
			change(rows, (row, i) => (i % 9 === 0 ? { ...row, pre: null } : row))
		);
		expect(r.verdict).toBe('EFFECTIVE');
		expect(r.notes).toContain('MISSING_FILLED:pre:18');
	});
	test('a collinear covariate is dropped by name and changes nothing', () => {
		const twin = change(rows, (row) => ({ ...row, pre2: (row.pre as number) * 2 + 1 }));
		const r = evaluate({ ...LOTTERY_PLAN, columns: { ...LOTTERY_PLAN.columns, covariates: ['pre2'] } }, twin);
		expect(r.notes).toContain('COLLINEAR_DROPPED:pre2');
		expect(r.estimate).toBeCloseTo(evaluate(LOTTERY_PLAN, rows).estimate!, 10);
	});
	test('a constant outcome is not enough data, never a division by zero', () => {
		const r = evaluate(
			LOTTERY_PLAN,
			change(rows, (row) => ({ ...row, post: 70 }))
		);
		expect(r).toMatchObject({ verdict: 'NOT_ENOUGH_DATA', estimate: null, reasons: ['NO_OUTCOME_VARIANCE'] });
		expect(r.sentence.id).toBe('Belum dapat dihitung: semua nilai hasil sama.');
	});
	test('nine persons in an arm are too few, and nothing reads as an answer', () => {
		const r = evaluate(LOTTERY_PLAN, lotteryRows({ perArm: 9, effect: 30, seed: 1 }));
		expect(r).toMatchObject({ verdict: 'NOT_ENOUGH_DATA', estimate: null, ci95: null, beside: [], reasons: ['FEW_PERSONS'] });
	});
	test('a second row of a person is left out, the first one counts', () => {
		const r = evaluate(LOTTERY_PLAN, [...rows, { ...rows[0]!, post: 0 }]);
		expect(r.notes).toContain('DUPLICATE_ROWS_DROPPED:1');
		expect(r.estimate).toBe(evaluate(LOTTERY_PLAN, rows).estimate);
	});
	test('an outcome outside the window counts as missing', () => {
		const dated = change(rows, (row, i) => ({ ...row, when: i < 4 ? '2026-09-01' : '2026-06-01' }));
		const r = evaluate(
			{ ...LOTTERY_PLAN, columns: { ...LOTTERY_PLAN.columns, outcomeDate: 'when' }, window: { from: '2026-05-01', to: '2026-07-31' } },
			dated
		);
		expect(r.warnings).toContain('OUTSIDE_WINDOW');
		expect(r.flow.measured.treated + r.flow.measured.comparison).toBe(156);
	});
	test('a 0/1 outcome gets the Cox index', () => {
		const r = evaluate(
			{ ...LOTTERY_PLAN, delta: 0.1 },
			change(rows, (row) => ({ ...row, post: (row.post as number) > 66 ? 1 : 0 }))
		);
		expect(r.effectSize!.name).toBe('cox_index');
	});
	test('nobody treated: not enough data; nobody to compare with: a description', () => {
		expect(
			evaluate(
				LOTTERY_PLAN,
				rows.filter((row) => row.assigned === 0)
			).reasons
		).toEqual(['NO_TREATED_GROUP']);
		expect(
			evaluate(
				LOTTERY_PLAN,
				rows.filter((row) => row.assigned === 1)
			)
		).toMatchObject({ verdict: 'NO_CAUSAL_VERDICT', reasons: ['NO_COMPARISON_GROUP'] });
	});
});

describe('a lottery of units', () => {
	test('few units: the permutation interval is computed and the wider one shown', () => {
		const r = evaluate(UNIT_PLAN, unitRows({ unitsPerArm: 6, size: 20, icc: 0.1, effect: 6, seed: 3 }));
		expect(r.warnings).toContain('CLUSTERED_ASSIGNMENT');
		const other = r.beside.find((b) => b.name.startsWith('interval_'))!;
		expect(r.ci95![1] - r.ci95![0]).toBeGreaterThanOrEqual(other.ci95![1] - other.ci95![0]);
	});
	test('twenty units an arm need no permutation', () => {
		const r = evaluate(UNIT_PLAN, unitRows({ unitsPerArm: 20, size: 8, icc: 0.1, effect: 6, seed: 3 }));
		expect(r.beside.map((b) => b.name)).toEqual(['unadjusted_difference']);
		expect(r.verdict).toBe('EFFECTIVE');
	});
	test('three units an arm are too few', () => {
		expect(evaluate(UNIT_PLAN, unitRows({ unitsPerArm: 3, size: 20, icc: 0.1, effect: 20, seed: 3 })).reasons).toContain('FEW_UNITS');
	});
	test('one unit in an arm is a confound', () => {
		const rows = unitRows({ unitsPerArm: 6, size: 20, icc: 0.1, effect: 6, seed: 3 }).filter(
			(r) => r.assigned === 0 || r.unit === 'U0' || r.unit === 'U1'
		);
		const one = rows.filter((r) => r.assigned === 0 || r.unit === rows.find((x) => x.assigned === 1)!.unit);
		const r = evaluate(UNIT_PLAN, one);
		expect(r.warnings).toContain('CONFOUNDED_BY_UNIT');
		expect(r).toMatchObject({ verdict: 'NOT_ENOUGH_DATA', rating: 'DOES_NOT_MEET' });
	});
	test('a plan that says persons but drew units is analysed by units', () => {
		const r = evaluate(LOTTERY_PLAN, unitRows({ unitsPerArm: 8, size: 20, icc: 0.2, effect: 0, seed: 5 }));
		expect(r.estimator).toBe('itt_ancova_cr2');
		expect(r.notes).toContain('UNITS_WERE_ASSIGNED_WHOLE');
	});
	test('a unit that vanished counts in attrition of units', () => {
		const rows = unitRows({ unitsPerArm: 8, size: 20, icc: 0.1, effect: 5, seed: 6 });
		const gone = new Set(
			rows
				.filter((r) => r.assigned === 1)
				.map((r) => r.unit)
				.slice(0, 41)
		);
		const r = evaluate(
			UNIT_PLAN,
			change(rows, (row) => (gone.has(row.unit as string) ? { ...row, post: null } : row))
		);
		expect(r.attrition!.units!.differential).toBeGreaterThan(0.3);
		expect(r.warnings).toContain('HIGH_ATTRITION');
	});
});

describe('a comparison without lottery', () => {
	test('an effect that every estimator shows stands, with its warning', () => {
		const r = evaluate(COMPARISON_PLAN, comparisonRows({ treated: 120, comparison: 240, effect: 6, seed: 8 }));
		expect(r).toMatchObject({ verdict: 'EFFECTIVE', rating: 'MEETS_WITH_RESERVATIONS', estimator: 'entropy_balanced_hc2' });
		expect(r.warnings).toContain('QED_UNMEASURED_CONFOUNDING');
		expect(r.beside.map((b) => b.name)).toEqual(['change_score_did', 'ipw_att', 'aipw_att', 'matching_att']);
		for (const row of r.balance) expect(Math.abs(row.gWeighted!)).toBeLessThan(1e-6);
		expect(r.estimate!).toBeGreaterThan(4);
		expect(r.estimate!).toBeLessThan(8);
	});
	test('an effect that only some estimators show does not stand', () => {
		// Change scores credit regression to the mean to the course when the treated start far below.
		const rows = comparisonRows({ treated: 150, comparison: 300, effect: -2.4, seed: 21, gap: 14 });
		const r = evaluate({ ...COMPARISON_PLAN, columns: { ...COMPARISON_PLAN.columns, covariates: [] } }, rows);
		expect(r.beside.find((b) => b.name === 'change_score_did')!.estimate).toBeGreaterThan(0);
		expect(r.estimate!).toBeLessThan(0);
		expect(['INCONCLUSIVE', 'NO_MEANINGFUL_EFFECT']).toContain(r.verdict);
		if (r.ci95![1] < 0) expect(r.reasons).toContain('NOT_ROBUST');
	});
	test('separation stops with the covariate named', () => {
		const rows = comparisonRows({ treated: 40, comparison: 60, effect: 5, seed: 2 }).map((r) => ({
			...r,
			age: r.assigned === 1 ? 50 + (r.age as number) : r.age
		}));
		const r = evaluate(COMPARISON_PLAN, rows);
		expect(r).toMatchObject({ verdict: 'NOT_ENOUGH_DATA', reasons: ['NO_OVERLAP'] });
		expect(r.notes).toContain('NO_OVERLAP:age');
	});
	test('chosen for a low baseline: the risk is named', () => {
		expect(
			evaluate({ ...COMPARISON_PLAN, selectedOnBaseline: true }, comparisonRows({ treated: 60, comparison: 90, effect: 0, seed: 2 }))
				.warnings
		).toContain('REGRESSION_TO_MEAN_RISK');
	});
	test('incomplete rows leave, because nothing may be imputed here', () => {
		const rows = comparisonRows({ treated: 60, comparison: 90, effect: 5, seed: 2 }).map((r, i) => (i % 10 === 0 ? { ...r, pre: '' } : r));
		expect(evaluate(COMPARISON_PLAN, rows).notes).toContain('INCOMPLETE_ROWS_LEFT_OUT:15');
	});
});

describe('staggered starts', () => {
	test('an effect is found, with the periods before and the estimators beside', () => {
		const r = evaluate(STAGGERED_PLAN, staggeredRows({ units: 120, periods: 8, effect: 4, seed: 17 }));
		expect(r.estimator).toBe('callaway_santanna_group');
		expect(Math.abs(r.estimate! - 4)).toBeLessThan(1);
		expect(r.preTrend!.df).toBeGreaterThan(4);
		expect(r.eventStudy.map((e) => e.period)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
		expect(r.beside.find((b) => b.name === 'two_way_fixed_effects')!.note).toBe('pembanding, bisa menyesatkan');
	});
	test('groups that drifted apart before get no causal verdict', () => {
		const r = evaluate(STAGGERED_PLAN, staggeredRows({ units: 200, periods: 8, effect: 0, seed: 3, drift: 1.5 }));
		expect(r.verdict).toBe('NO_CAUSAL_VERDICT');
		expect(r.reasons).toContain('PRE_TRENDS');
	});
	test('treated from the first period are left out and counted', () => {
		const r = evaluate(STAGGERED_PLAN, staggeredRows({ units: 120, periods: 8, effect: 4, seed: 17, starts: [0, 4, 1, 6, 0, 0] }));
		expect(r.flow.alwaysTreated).toBe(20);
	});
	test('a cohort of four is shown and marked, but carries no verdict', () => {
		const rows = staggeredRows({ units: 120, periods: 8, effect: 4, seed: 17, starts: [0, 4, 0, 6] }).map((r) =>
			Number(String(r.unit).slice(1)) % 4 === 3 && Number(String(r.unit).slice(1)) > 16 ? { ...r, first: 0 } : r
		);
		const r = evaluate(STAGGERED_PLAN, rows);
		expect(r.warnings).toContain('SMALL_COHORT');
		expect(r.beside.find((b) => b.name === 'cohort_6')).toMatchObject({ se: null, note: 'SMALL_COHORT' });
	});
});

describe('units before and after', () => {
	const units = (n: number, effect: number): EvaluationRow[] =>
		staggeredRows({ units: n, periods: 2, effect, seed: 5, starts: [0, 2] }).map((r) => ({
			...r,
			treated: (r.first as number) > 0 ? 1 : 0
		}));
	const plan: EvaluationPlan = { ...STAGGERED_PLAN, class: 'D' };

	test('long and wide data give one answer', () => {
		const long = units(40, 4);
		const wide = [...new Set(long.map((r) => r.unit))].map((unit) => {
			const [before, after] = long.filter((r) => r.unit === unit);
			return { unit, treated: before!.treated, before: before!.index, after: after!.index };
		});
		const a = evaluate(plan, long);
		const b = evaluate(
			{ class: 'D', columns: { unit: 'unit', assigned: 'treated', baseline: 'before', outcome: 'after' }, delta: 2 },
			wide
		);
		expect(a.estimate).toBeCloseTo(b.estimate!, 10);
		expect(a.se).toBeCloseTo(b.se!, 10);
		expect(a.df).toBeCloseTo(38, 6);
		expect(Math.abs(a.estimate! - 4)).toBeLessThan(3 * a.se!);
	});
	test('three units an arm are too few; two starts belong to another design', () => {
		expect(evaluate(plan, units(6, 4)).reasons).toContain('FEW_UNITS');
		expect(() => evaluate(plan, staggeredRows({ units: 40, periods: 8, effect: 4, seed: 1 }))).toThrow(/pakai rancangan C/);
	});
});

describe('one group', () => {
	const people = lotteryRows({ perArm: 60, effect: 5, seed: 4 }).filter((r) => r.assigned === 1);
	test('before and after is a description', () => {
		const r = evaluate({ ...LOTTERY_PLAN, class: 'E' }, people);
		expect(r).toMatchObject({ verdict: 'NO_CAUSAL_VERDICT', rating: 'DOES_NOT_MEET', estimator: 'paired_change' });
		expect(r.sentence.id).toMatch(/^Nilai peserta berubah \d,\d poin, tetapi tanpa kelompok pembanding yang setara/);
	});
	test('the expected regression to the mean is shown when it can be worked out', () => {
		const low = people.filter((r) => (r.pre as number) < 62);
		const r = evaluate({ ...LOTTERY_PLAN, class: 'E', selectedOnBaseline: true, populationMean: 65, outcomeReliability: 0.7 }, low);
		const artefact = r.beside.find((b) => b.name === 'regression_to_mean_expected')!;
		expect(artefact.estimate).toBeCloseTo(0.3 * (65 - r.means!.treated.before!), 10);
	});
	test('after only has no change to tell', () => {
		const r = evaluate({ class: 'F', columns: { outcome: 'post' }, delta: 3 }, people);
		expect(r).toMatchObject({ verdict: 'NO_CAUSAL_VERDICT', p: null });
		expect(r.reasons).toContain('AFTER_ONLY');
	});
	test('no mean of fewer than five persons', () => {
		expect(evaluate({ ...LOTTERY_PLAN, class: 'E' }, people.slice(0, 4)).means!.treated).toMatchObject({ before: null, after: null });
	});
});
