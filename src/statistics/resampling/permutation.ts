import { mean } from '../describe.ts';
import type { Numbers } from '../describe.ts';
import { StatisticsFailure } from '../failure.ts';
import { seeded } from '../random.ts';
import type { Clusters } from '../regression/clusters.ts';
import { dot, ols } from '../regression/ols.ts';
import type { Column } from '../regression/ols.ts';
import { invert } from './inversion.ts';

/** Two-sided permutation p of a difference in means under complete randomisation, (1 + hits)/(1 + draws). */
export function permutationDifference(first: Numbers, second: Numbers, draws: number, seed: number): { difference: number; p: number } {
	const random = seeded(seed);
	const pool = Float64Array.from([...Array.from(first), ...Array.from(second)]);
	const n1 = first.length;
	const n2 = second.length;
	const centre = mean(pool);
	for (let i = 0; i < pool.length; i++) pool[i] = pool[i]! - centre;
	const difference = mean(first) - mean(second);
	const threshold = Math.abs(difference) * (1 - 1e-10);
	let hits = 0;
	for (let d = 0; d < draws; d++) {
		// A partial shuffle picks the n1 members of the first group.
		let sum = 0;
		for (let i = 0; i < n1; i++) {
			const j = i + random.below(pool.length - i);
			const held = pool[i]!;
			pool[i] = pool[j]!;
			pool[j] = held;
			sum += pool[i]!;
		}
		// The pool is centred, so the second group sums to −sum.
		if (Math.abs(sum / n1 + sum / n2) >= threshold) hits++;
	}
	return { difference, p: (1 + hits) / (1 + draws) };
}

export interface ClusterPermutation {
	estimate: number;
	p: number;
	/** Every arrangement was enumerated rather than drawn. */
	exact: boolean;
	arrangements: number;
	/** Interval by inverting the test under a constant effect. */
	interval(level: number): [number, number];
}

export interface ClusterPermutationInput {
	outcome: Float64Array;
	/** 1 or 0 a row, constant within a cluster. */
	assigned: Float64Array;
	covariates: readonly Column[];
	clusters: Clusters;
	draws: number;
	seed: number;
}

/**
 * Permutation test of a lottery of units with baseline covariates: the statistic is the adjusted difference under each
 * rearrangement of the units (exact for the sharp null whatever the model; Rosenbaum 2002). Rows are read once: every
 * arrangement needs only sums by cluster. All arrangements are used when there are no more than `draws`.
 */
export function clusterPermutation(input: ClusterPermutationInput): ClusterPermutation {
	const { clusters, draws } = input;
	const base = ols({ outcome: input.outcome, columns: input.covariates });
	const assignedFit = ols({ outcome: input.assigned, columns: input.covariates });
	const groups = clusters.count;
	const outcomeSum = new Float64Array(groups);
	const assignedSum = new Float64Array(groups);
	const projection = Array.from({ length: groups }, () => new Float64Array(base.k));
	const label = new Float64Array(groups);
	for (let i = 0; i < base.n; i++) {
		const g = clusters.of[i]!;
		outcomeSum[g] = outcomeSum[g]! + base.residuals[i]!;
		assignedSum[g] = assignedSum[g]! + assignedFit.residuals[i]!;
		label[g] = input.assigned[i]!;
		for (let j = 0; j < base.k; j++) projection[g]![j] = projection[g]![j]! + base.q[j]![i]!;
	}
	const sizes = clusters.members.map((members) => members.length);
	const treatedCount = label.reduce((sum, v) => sum + v, 0);

	const outcomePart: number[] = [];
	const assignedPart: number[] = [];
	const work = new Float64Array(base.k);
	const record = (arranged: ArrayLike<number>) => {
		work.fill(0);
		let y = 0;
		let z = 0;
		let size = 0;
		for (let g = 0; g < groups; g++) {
			if (arranged[g] !== 1) continue;
			y += outcomeSum[g]!;
			z += assignedSum[g]!;
			size += sizes[g]!;
			for (let j = 0; j < base.k; j++) work[j] = work[j]! + projection[g]![j]!;
		}
		const spread = size - dot(work, work);
		// Arrangements that a covariate predicts exactly have no estimate and say nothing.
		if (!(spread > 1e-9 * size)) return;
		outcomePart.push(y / spread);
		assignedPart.push(z / spread);
	};
	record(label);
	if (outcomePart.length === 0) throw new StatisticsFailure('BAD_INPUT', 'assignment is a combination of covariates');
	const estimate = outcomePart[0]!;
	const exact = arrangementsWithin(groups, treatedCount, draws);
	if (exact) {
		outcomePart.pop();
		assignedPart.pop();
		eachArrangement(groups, treatedCount, record);
	} else {
		const random = seeded(input.seed);
		const arranged = Float64Array.from(label);
		for (let d = 0; d < draws; d++) record(random.shuffle(arranged));
	}
	const p = (value: number) => {
		const threshold = Math.abs(estimate - value) * (1 - 1e-10);
		let hits = 0;
		for (let b = 0; b < outcomePart.length; b++) if (Math.abs(outcomePart[b]! - value * assignedPart[b]!) >= threshold) hits++;
		return hits / outcomePart.length;
	};
	const scale = Math.sqrt(outcomePart.reduce((sum, v) => sum + v * v, 0) / outcomePart.length) || 1;
	return { estimate, p: p(0), exact, arrangements: outcomePart.length, interval: (level) => invert(p, estimate, scale, level) };
}

function arrangementsWithin(groups: number, treated: number, limit: number): boolean {
	let count = 1;
	for (let i = 1; i <= treated; i++) {
		count = (count * (groups - treated + i)) / i;
		if (count > limit) return false;
	}
	return true;
}

function eachArrangement(groups: number, treated: number, visit: (arranged: Float64Array) => void): void {
	const arranged = new Float64Array(groups);
	const place = (from: number, left: number) => {
		if (left === 0) return visit(arranged);
		for (let g = from; g <= groups - left; g++) {
			arranged[g] = 1;
			place(g + 1, left - 1);
			arranged[g] = 0;
		}
	};
	place(0, treated);
}
