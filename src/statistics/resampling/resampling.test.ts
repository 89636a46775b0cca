import { describe, expect, test } from 'vitest';
import { mean } from '../describe.ts';
import { seeded } from '../random.ts';
import { clusteredSe } from '../regression/clustered.ts';
import { clustersFrom } from '../regression/clusters.ts';
import { ols } from '../regression/ols.ts';
import { bootstrapDifference, clusterBootstrapDifference } from './bootstrap.ts';
import { clusterPermutation, permutationDifference } from './permutation.ts';
import { wildClusterBootstrap } from './wildClusterBootstrap.ts';

/** The quick forms (cluster sums, linear in the tested value) against the slow ones that refit every time. */
const random = seeded(12);
const units = 8;
const size = 5;
const unit = Array.from({ length: units * size }, (_, i) => Math.floor(i / size));
const assigned = Float64Array.from(unit, (u) => (u < 4 ? 1 : 0));
const covariate = { name: 'x', values: Float64Array.from(unit, () => random.normal()) };
const shift = Array.from({ length: units }, () => random.normal());
const outcome = Float64Array.from(unit, (u, i) => shift[u]! + 0.5 * covariate.values[i]! + random.normal() + 0.7 * assigned[i]!);
const clusters = clustersFrom(unit);
const treat = { name: 'assigned', values: assigned };
const adjusted = (z: Float64Array, y = outcome) => ols({ outcome: y, columns: [{ name: 'z', values: z }, covariate] }).coefficients[1]!;

describe('permutation of units', () => {
	const quick = clusterPermutation({ outcome, assigned, covariates: [covariate], clusters, draws: 1999, seed: 1 });

	test('enumerates all 70 arrangements and agrees with refitting each', () => {
		expect(quick).toMatchObject({ exact: true, arrangements: 70 });
		const all: number[] = [];
		for (let mask = 0; mask < 256; mask++) {
			const chosen = Array.from({ length: 8 }, (_, u) => (mask >> u) & 1);
			if (chosen.reduce((a, b) => a + b, 0) === 4) all.push(adjusted(Float64Array.from(unit, (u) => chosen[u]!)));
		}
		expect(quick.estimate).toBeCloseTo(adjusted(assigned), 12);
		expect(quick.p).toBeCloseTo(all.filter((e) => Math.abs(e) >= Math.abs(quick.estimate) - 1e-9).length / 70, 12);
	});
	test('the ends of its interval are the values just rejected', () => {
		const [low, high] = quick.interval(0.95);
		for (const end of [low, high]) {
			const moved = outcome.map((y, i) => y - end * assigned[i]!);
			const p = (shiftBy: number) =>
				clusterPermutation({
					outcome: moved.map((y, i) => y + shiftBy * assigned[i]!),
					assigned,
					covariates: [covariate],
					clusters,
					draws: 1999,
					seed: 1
				}).p;
			const inward = end === low ? -1e-6 : 1e-6;
			expect(p(inward)).toBeGreaterThanOrEqual(0.05);
			expect(p(-inward)).toBeLessThan(0.05);
		}
	});
	test('too few arrangements for the level are refused, not answered', () => {
		expect(() => quick.interval(0.999)).toThrow(/too few clusters/);
	});
});

test('the wild cluster bootstrap agrees with refitting every draw', () => {
	const draws = 60;
	const quick = wildClusterBootstrap({ outcome, treat, covariates: [covariate], clusters, draws, seed: 5 });
	const webb = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)];
	const source = seeded(5);
	const restricted = ols({ outcome, columns: [covariate] });
	const fitted = outcome.map((y, i) => y - restricted.residuals[i]!);
	const t = (y: Float64Array) => {
		const fit = ols({ outcome: y, columns: [treat, covariate] });
		return Math.abs(fit.coefficients[1]! / clusteredSe(fit, 1, clusters));
	};
	let hits = 0;
	for (let d = 0; d < draws; d++) {
		const weights = Array.from({ length: units }, () => webb[source.below(6)]!);
		if (t(fitted.map((f, i) => f + restricted.residuals[i]! * weights[unit[i]!]!)) >= t(outcome) - 1e-9) hits++;
	}
	expect(quick.p).toBeCloseTo((1 + hits) / (1 + draws), 12);
	const [low, high] = quick.interval(0.8);
	expect(low).toBeLessThan(quick.estimate);
	expect(high).toBeGreaterThan(quick.estimate);
});

describe('draws', () => {
	const first = [1, 4, 2, 8, 5, 7];
	const second = [3, 3, 1, 0, 2, 2];

	test('the same seed gives the same answer, another seed another', () => {
		expect(bootstrapDifference(first, second, 500, 3)).toEqual(bootstrapDifference(first, second, 500, 3));
		expect(bootstrapDifference(first, second, 500, 3).se).not.toBe(bootstrapDifference(first, second, 500, 4).se);
	});
	test('bootstrap spread approaches its limit, the plug-in standard error', () => {
		const plug = (v: number[]) => v.reduce((s, x) => s + (x - mean(v)) ** 2, 0) / v.length ** 2;
		expect(bootstrapDifference(first, second, 20000, 1).se).toBeCloseTo(Math.sqrt(plug(first) + plug(second)), 1);
	});
	test('clusters of one are the persons themselves', () => {
		const single = (v: number[]) => v.map((x) => [x]);
		expect(clusterBootstrapDifference(single(first), single(second), 300, 9)).toEqual(bootstrapDifference(first, second, 300, 9));
	});
	test('permutation p never falls to zero and is 1 for equal samples', () => {
		expect(permutationDifference([9, 9.5, 10, 11, 12, 13], [0, 1, 2, 1.5, 0.5, 1], 99, 1).p).toBeGreaterThanOrEqual(0.01);
		expect(permutationDifference(first, first, 200, 1).p).toBe(1);
	});
	test('integers below n are even and uniforms fill the unit interval', () => {
		const source = seeded(77);
		const counts = new Array<number>(6).fill(0);
		for (let i = 0; i < 60_000; i++) counts[source.below(6)]!++;
		// χ² with 5 df: 20.5 is its 99.9% point.
		expect(counts.reduce((s, c) => s + (c - 10_000) ** 2 / 10_000, 0)).toBeLessThan(20.5);
		const u = Array.from({ length: 20_000 }, () => source.uniform());
		expect(Math.abs(mean(u) - 0.5)).toBeLessThan(0.01);
		expect(Math.min(...u)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...u)).toBeLessThan(1);
	});
});
