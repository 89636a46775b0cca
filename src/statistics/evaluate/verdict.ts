import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { tQuantile } from '../distributions/studentT.ts';
import { lookBounds } from '../planning/looks.ts';
import type { Interval, Qualifier, Verdict } from './result.ts';

/** Critical values of this look: the usual t quantiles times z(look)/1.96. */
export interface Critical {
	/** Multiplier of t quantiles; 1 with a single look. */
	scale: number;
	/** Confidence of the "95%" and "90%" intervals after that, for resampled intervals. */
	level95: number;
	level90: number;
}

const Z975 = normalQuantile(0.975);
const Z95 = normalQuantile(0.95);

export function criticalAt(looks: number, look: number): Critical {
	const scale = looks === 1 ? 1 : lookBounds(looks)[look - 1]! / Z975;
	return { scale, level95: 2 * normalCdf(Z975 * scale) - 1, level90: 2 * normalCdf(Z95 * scale) - 1 };
}

export function intervals(estimate: number, se: number, df: number, scale = 1): { ci95: Interval; ci90: Interval } {
	const half = (p: number) => tQuantile(p, df) * scale * se;
	return {
		ci95: [estimate - half(0.975), estimate + half(0.975)],
		ci90: [estimate - half(0.95), estimate + half(0.95)]
	};
}

/**
 * The verdict of two intervals against zero and ±delta (specification §4, steps 3 to 6). Intervals are in the good
 * direction: positive is better. "Not different from zero" alone is never "no effect".
 */
export function decide(ci95: Interval, ci90: Interval, delta: number): { verdict: Verdict; qualifier: Qualifier | null } {
	if (ci95[0] > 0) {
		const qualifier = ci95[0] >= delta ? 'LARGE_ENOUGH_CERTAIN' : ci90[1] < delta ? 'TOO_SMALL_TO_MATTER' : 'SIZE_UNCERTAIN';
		return { verdict: 'EFFECTIVE', qualifier };
	}
	if (ci95[1] < 0) return { verdict: 'HARMFUL', qualifier: ci90[0] > -delta ? 'TOO_SMALL_TO_MATTER' : 'SIZE_UNCERTAIN_OR_LARGE' };
	if (ci90[0] > -delta && ci90[1] < delta) return { verdict: 'NO_MEANINGFUL_EFFECT', qualifier: null };
	return { verdict: 'INCONCLUSIVE', qualifier: null };
}

/** Factor by which each arm must grow for a clear answer either way: (2.926·SE/δ)², see specification §4. */
export function growthFactor(estimate: number, se: number, delta: number): number {
	const planned = ((Z95 + normalQuantile(0.9)) * (se / delta)) ** 2;
	if (planned > 1) return planned;
	const wanted = Math.max(Math.abs(estimate) / Z975, (delta - Math.abs(estimate)) / Z95);
	return (se / wanted) ** 2;
}

/** How many more in an arm of `current`; an inconclusive answer always asks for at least one. */
export function moreIn(current: number, factor: number): number {
	return Math.max(1, Math.ceil(current * factor - 1e-9) - current);
}
