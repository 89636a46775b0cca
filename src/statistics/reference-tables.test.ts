import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	attrition,
	benjaminiHochberg,
	bonferroni,
	clusterMde,
	coxIndex,
	decide,
	detectableDifference,
	equivalenceMet,
	hakeGain,
	holm,
	krejcieMorgan,
	lookBounds,
	moreParticipants,
	rate,
	regressionToMeanBelow,
	reliableChange,
	skmIndex,
	tostPairedSummary,
	tostWelchSummary,
	twoSamplePower,
	twoSampleSize,
	wwcG
} from './index.ts';
import { intervals } from './evaluate/verdict.ts';
import { boundaryAt } from './quality/attrition.ts';
import type { AttritionBoundary } from './quality/attrition.ts';
import { detectableDifferenceNormal } from './planning/power.ts';

/** Printed tables and worked cases: sample sizes, power, multiplicity, equivalence, the WWC rules and SKM. */

interface Check {
	id: string;
	expected: Record<string, unknown>;
	tol: { abs?: number; rel?: number };
	published?: { values: Record<string, unknown>; abs?: number };
	input: Input;
}

const folder = new URL('./reference-data/', import.meta.url);
const file = (path: string) => readFileSync(new URL(path, folder), 'utf8');
const tables = (JSON.parse(file('expected/tables_shared.json')) as { checks: Check[] }).checks;
const bounds = (JSON.parse(file('expected/sequential_bounds.json')) as { checks: Check[] }).checks;

/** Inputs of all table checks; each check has the keys that its method reads. */
interface Input {
	N: number[];
	d: number;
	power: number;
	alpha: number;
	n: number;
	J: number;
	P: number;
	m: number;
	icc: number;
	R2b: number;
	R2w: number;
	K: number;
	sd: number;
	n1: number;
	n0: number;
	n2: number;
	target: number;
	p: number[];
	m1: number;
	m2: number;
	sd1: number;
	sd2: number;
	r: number;
	bound: number;
	bound_dz: number;
	est: number;
	se: number;
	df: number;
	delta: number;
	assigned_t: number;
	retained_t: number;
	assigned_c: number;
	retained_c: number;
	boundary: AttritionBoundary;
	design: 'RCT' | 'QED';
	low_attrition: boolean;
	max_abs_baseline_g: number;
	adjusted: boolean;
	x1: number[];
	x0: number[];
	p1: number;
	p0: number;
	element_means: number[];
	pre: number;
	post: number;
	max: number;
	sd_pre: number;
	mu: number;
	sigma: number;
	cut: number;
}
type Answer = (input: Input) => Record<string, unknown>;

const ANSWERS: [RegExp, Answer][] = [
	[
		/^krejcie_morgan$/,
		({ N }) => {
			const rows = N.map(krejcieMorgan);
			return {
				n_formula: rows.map((r) => r.formula),
				n_rounded: rows.map((r) => r.respondents),
				n_table: rows.map((r) => r.respondents),
				table_differs: []
			};
		}
	],
	[
		/^n_two_sample/,
		({ d, power, alpha }) => {
			const size = twoSampleSize(d, power, alpha);
			return { n_per_group: size, n_ceiling: Math.ceil(size) };
		}
	],
	[
		/^mde_n/,
		({ n }) => ({
			mde_d: detectableDifference(n),
			mde_normal_approx: detectableDifferenceNormal(n),
			'power_at_d_0.5': twoSamplePower(0.5, n, n)
		})
	],
	[
		/^mde_cluster/,
		({ J, P, m, icc, R2b, R2w, K }) => {
			const { mde, designEffect, effectiveN } = clusterMde({
				units: J,
				share: P,
				size: m,
				icc,
				r2Between: R2b,
				r2Within: R2w,
				covariates: K
			});
			return { mde, design_effect: designEffect, effective_n: effectiveN };
		}
	],
	[
		/^more_participants/,
		({ sd, n1, n0, target }) => {
			const more = moreParticipants(sd, n1, n0, target);
			return {
				needed_treated: more.neededTreated,
				needed_control: more.neededControl,
				more_treated: more.moreTreated,
				more_control: more.moreControl
			};
		}
	],
	[
		/^benjamini/,
		({ p }) => ({
			bh: benjaminiHochberg(p),
			bonferroni: bonferroni(p),
			holm: holm(p),
			n_reject_bh: benjaminiHochberg(p).filter((q) => q <= 0.05).length,
			n_reject_bonferroni: bonferroni(p).filter((q) => q <= 0.05).length
		})
	],
	[
		/^tost_two/,
		({ m1, sd1, n1, m2, sd2, n2, bound }) => {
			const test = tostWelchSummary(m1, sd1 ** 2, n1, m2, sd2 ** 2, n2, bound);
			return { ...test, diff: test.difference };
		}
	],
	[/^tost_paired/, ({ n, m1, m2, sd1, sd2, r, bound_dz }) => ({ ...tostPairedSummary(n, m1, m2, sd1, sd2, r, bound_dz) })],
	[
		/^decision/,
		({ est, se, df, delta }) => {
			const { ci95, ci90 } = intervals(est, se, df);
			const { verdict, qualifier } = decide(ci95, ci90, delta);
			return { verdict, size_qualifier: qualifier, ci95, ci90 };
		}
	],
	[
		/^wwc_attrition/,
		({ assigned_t, retained_t, assigned_c, retained_c, boundary }) => {
			const loss = attrition({ treated: assigned_t, comparison: assigned_c }, { treated: retained_t, comparison: retained_c }, boundary);
			return { ...loss, boundary_pp: loss.boundaryPoints };
		}
	],
	[
		/^wwc_rating/,
		({ design, low_attrition, max_abs_baseline_g, adjusted }) => ({
			rating: rate({
				design,
				lowAttrition: low_attrition,
				equivalent: equivalenceMet(max_abs_baseline_g, adjusted),
				confounded: false,
				outcomeEligible: true
			})
		})
	],
	[/^wwc_hedges/, ({ x1, x0, p1, p0 }) => ({ g: wwcG(x1, x0), cox: coxIndex(p1, p0) })],
	[/^skm/, ({ element_means }) => ({ ...skmIndex(element_means) })],
	[
		/^learning_gain/,
		({ pre, post, max, sd_pre, alpha }) => ({ hake: hakeGain(pre, post, max), rci: reliableChange(pre, post, sd_pre, alpha) })
	],
	[/^regression_to_mean/, ({ mu, sigma, r, cut }) => ({ rtm: regressionToMeanBelow(mu, sigma, r, cut) })]
];

test.each(tables.map((check) => [check.id, check] as const))('%s', (id, check) => {
	const answer = ANSWERS.find(([pattern]) => pattern.test(id));
	expect(answer, `${id} has no method`).toBeDefined();
	const got = answer![1](check.input);
	for (const [key, wanted] of Object.entries(check.expected)) same(got[key], wanted, check.tol, `${id}/${key}`);
	for (const [key, printed] of Object.entries(check.published?.values ?? {}))
		same(got[key], printed, { abs: check.published!.abs ?? 0 }, `${id}/${key} as printed`);
});

test.each(bounds.map((check) => [check.id, check] as const))('bounds of looks: %s', (id, check) => {
	same(lookBounds(Number(id.split('_')[1])), check.expected.z, check.tol, id);
});

describe('the attrition table', () => {
	test('is the printed one, row by row', () => {
		for (const line of file('data/wwc_attrition_boundary.csv').trim().split('\n').slice(1)) {
			const [overall, cautious, optimistic] = line.split(',');
			expect(boundaryAt(Number(overall) / 100, 'cautious')).toBe(cautious === '' ? null : Number(cautious));
			expect(boundaryAt(Number(overall) / 100, 'optimistic')).toBe(Number(optimistic));
		}
	});
	test('tolerates nothing past its end', () => expect(boundaryAt(0.66, 'optimistic')).toBeNull());
});

function same(got: unknown, wanted: unknown, tol: { abs?: number; rel?: number }, name: string): void {
	if (Array.isArray(wanted)) {
		expect(got, name).toHaveLength(wanted.length);
		return wanted.forEach((w, i) => same((got as unknown[])[i], w, tol, `${name}[${i}]`));
	}
	if (typeof wanted !== 'number') return expect(got, name).toEqual(wanted);
	const allowed = Math.max(tol.abs ?? 0, (tol.rel ?? 0) * Math.abs(wanted), 1e-9);
	expect(Math.abs((got as number) - wanted), `${name}: ${got as number} for ${wanted}`).toBeLessThanOrEqual(allowed);
}
