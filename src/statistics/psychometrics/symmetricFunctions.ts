/**
 * Elementary symmetric functions of a Rasch test, as conditional probabilities given the raw score.
 *
 * With ε_i = exp(−b_i) and p_i = ε_i/(1 + ε_i), the number right is Poisson-binomial and
 * P(R = r) = γ_r(ε)·Π 1/(1 + ε_i). All sums run over positive terms (the summation algorithm, Fischer 1974), so
 * nothing cancels, where the difference algorithm loses its digits beyond some forty items.
 */

/** log γ_r for r = 0 … items. Difficulties in logits. */
export function logSymmetricFunctions(difficulties: readonly number[]): number[] {
	const distribution = rightCounts(difficulties.map(chance));
	const scale = difficulties.reduce((sum, b) => sum + Math.log1p(Math.exp(-b)), 0);
	return [...distribution].map((probability) => Math.log(probability) + scale);
}

export interface ConditionalMoments {
	/** Σ_r n_r·P(X_i = 1 | R = r). */
	expected: number[];
	/** Σ_r n_r·Cov(X_i, X_j | R = r): the information about the difficulties; every row sums to zero. */
	information: number[][];
}

/**
 * Conditional expectation and covariance of the items, summed over persons. `counts[r]` = persons with raw score r;
 * those with 0 or all right add nothing. About items³·log(items) operations.
 */
export function conditionalMoments(difficulties: readonly number[], counts: readonly number[]): ConditionalMoments {
	const items = difficulties.length;
	const chances = difficulties.map(chance);
	const all = rightCounts(chances);
	const given = all.map((probability, r) => ((counts[r] ?? 0) > 0 ? counts[r]! / probability : 0));
	const single = Array.from({ length: items }, () => new Float64Array(items + 1));
	leaveOneOut(chances, (i, others) => {
		for (let r = 1; r <= items; r++) single[i]![r] = (chances[i]! * others[r - 1]!) / all[r]!;
	});
	const expected = single.map((row) => row.reduce((sum, probability, r) => sum + probability * (counts[r] ?? 0), 0));
	const information = Array.from({ length: items }, () => new Array<number>(items).fill(0));
	let before: Float64Array = Float64Array.of(1);
	for (let i = 0; i < items; i++) {
		information[i]![i] = single[i]!.reduce((sum, p, r) => sum + (counts[r] ?? 0) * p * (1 - p), 0);
		const later = chances.slice(i + 1);
		const base = before;
		leaveOneOut(
			later,
			(at, others) => {
				const j = i + 1 + at;
				let sum = 0;
				for (let r = 1; r < items; r++) {
					if (given[r] === 0) continue;
					const both = r < 2 ? 0 : chances[i]! * chances[j]! * others[r - 2]! * given[r]!;
					sum += both - counts[r]! * single[i]![r]! * single[j]![r]!;
				}
				information[i]![j] = sum;
				information[j]![i] = sum;
			},
			base
		);
		before = withItem(before, chances[i]!);
	}
	return { expected, information };
}

function chance(difficulty: number): number {
	return 1 / (1 + Math.exp(difficulty));
}

/** Distribution of the number right (length items + 1). */
function rightCounts(chances: readonly number[]): Float64Array {
	let distribution: Float64Array = Float64Array.of(1);
	for (const p of chances) distribution = withItem(distribution, p);
	return distribution;
}

function withItem(distribution: Float64Array, p: number): Float64Array {
	const next = new Float64Array(distribution.length + 1);
	for (let r = 0; r < distribution.length; r++) {
		next[r]! += distribution[r]! * (1 - p);
		next[r + 1]! += distribution[r]! * p;
	}
	return next;
}

/** Visits, for every item, the distribution without it; halves are shared, so nothing is ever divided out again. */
function leaveOneOut(
	chances: readonly number[],
	visit: (item: number, others: Float64Array) => void,
	base: Float64Array = Float64Array.of(1)
): void {
	const descend = (from: number, to: number, distribution: Float64Array): void => {
		if (to - from === 1) return visit(from, distribution);
		const middle = (from + to) >> 1;
		let right = distribution;
		for (let i = middle; i < to; i++) right = withItem(right, chances[i]!);
		descend(from, middle, right);
		let left = distribution;
		for (let i = from; i < middle; i++) left = withItem(left, chances[i]!);
		descend(middle, to, left);
	};
	if (chances.length > 0) descend(0, chances.length, base);
}
