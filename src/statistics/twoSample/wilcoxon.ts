import type { Numbers } from '../describe.ts';
import { normalCdf } from '../distributions/normal.ts';
import { StatisticsFailure } from '../failure.ts';

/** Mid-ranks and the tie term Σ(t³ − t). */
export function ranks(values: Numbers): { rank: Float64Array; ties: number } {
	const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
	const rank = new Float64Array(values.length);
	let ties = 0;
	for (let i = 0; i < order.length;) {
		let j = i;
		while (j + 1 < order.length && values[order[j + 1]!] === values[order[i]!]) j++;
		for (let s = i; s <= j; s++) rank[order[s]!] = (i + j) / 2 + 1;
		const t = j - i + 1;
		ties += t ** 3 - t;
		i = j + 1;
	}
	return { rank, ties };
}

/** Rank-sum test: W is the Mann–Whitney count for the first sample; p by the normal approximation, ties and continuity corrected. */
export function wilcoxonRankSum(first: Numbers, second: Numbers): { W: number; p: number } {
	const n1 = first.length;
	const n2 = second.length;
	const { rank, ties } = ranks([...Array.from(first), ...Array.from(second)]);
	let sum = 0;
	for (let i = 0; i < n1; i++) sum += rank[i]!;
	const W = sum - (n1 * (n1 + 1)) / 2;
	const n = n1 + n2;
	const variance = ((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1)));
	return { W, p: continuityP(W - (n1 * n2) / 2, variance) };
}

/** Signed-rank test of pairs: zero differences dropped, ties and continuity corrected; V is the sum of positive ranks. */
export function wilcoxonSignedRank(first: Numbers, second: Numbers): { V: number; p: number } {
	const differences = Array.from(first, (v, i) => v - second[i]!).filter((d) => d !== 0);
	const n = differences.length;
	const { rank, ties } = ranks(differences.map(Math.abs));
	let V = 0;
	differences.forEach((d, i) => {
		if (d > 0) V += rank[i]!;
	});
	const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
	return { V, p: continuityP(V - (n * (n + 1)) / 4, variance) };
}

function continuityP(distance: number, variance: number): number {
	if (!(variance > 0)) throw new StatisticsFailure('NO_OUTCOME_VARIANCE', 'all values are tied');
	const z = (distance - 0.5 * Math.sign(distance)) / Math.sqrt(variance);
	return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}
