import type { Numbers } from '../describe.ts';
import { variance } from '../describe.ts';
import { tQuantile } from '../distributions/studentT.ts';
import { ranks } from './wilcoxon.ts';

export interface Superiority {
	/** P(X > Y) + ½P(X = Y): the chance that a person of the first group ranks higher. */
	probability: number;
	se: number;
	df: number;
	ci95: [number, number];
}

/**
 * Probability of superiority with Brunner & Munzel's (2000) variance, which allows ties and unequal spread; the interval
 * is kept inside [0, 1]. For ordered predicates such as SKP. With complete separation the variance is 0 and the
 * interval is a point; the caller should say so.
 */
export function superiority(first: Numbers, second: Numbers): Superiority {
	const n1 = first.length;
	const n2 = second.length;
	const all = ranks([...Array.from(first), ...Array.from(second)]).rank;
	const own1 = ranks(first).rank;
	const own2 = ranks(second).rank;
	const placement1 = Float64Array.from(own1, (r, i) => (all[i]! - r) / n2);
	const placement2 = Float64Array.from(own2, (r, i) => (all[n1 + i]! - r) / n1);
	let probability = 0;
	for (const p of placement1) probability += p / n1;
	const a = variance(placement1) / n1;
	const b = variance(placement2) / n2;
	const se = Math.sqrt(a + b);
	const df = a + b === 0 ? n1 + n2 - 2 : (a + b) ** 2 / (a ** 2 / (n1 - 1) + b ** 2 / (n2 - 1));
	const half = tQuantile(0.975, df) * se;
	return { probability, se, df, ci95: [Math.max(0, probability - half), Math.min(1, probability + half)] };
}
