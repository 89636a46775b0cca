import { normalCdf, normalQuantile } from './normal.ts';
import { incompleteBeta, logBeta } from './special.ts';

/** Above this many degrees of freedom t and normal differ by less than double precision can show. */
const AS_NORMAL = 1e12;

/** Density of Student's t with df > 0 (fractions allowed, as Satterthwaite needs). */
export function tDensity(t: number, df: number): number {
	return Math.exp(-0.5 * (df + 1) * Math.log1p((t * t) / df) - logBeta(0.5 * df, 0.5) - 0.5 * Math.log(df));
}

/** P(T ≤ t). */
export function tCdf(t: number, df: number): number {
	return t <= 0 ? tUpperTail(-t, df) : 1 - tUpperTail(t, df);
}

/** P(T > t), accurate far into the tail. */
export function tUpperTail(t: number, df: number): number {
	if (df >= AS_NORMAL) return normalCdf(-t);
	const square = t * t;
	const tail = 0.5 * incompleteBeta(0.5 * df, 0.5, df / (df + square), square / (df + square));
	return t >= 0 ? tail : 1 - tail;
}

/** Two-sided p value of a t statistic. */
export function tTwoSidedP(t: number, df: number): number {
	return Math.min(1, 2 * tUpperTail(Math.abs(t), df));
}

/** The t with P(T ≤ t) = p, 0 < p < 1, df > 0: Newton steps kept inside a bracket. */
export function tQuantile(p: number, df: number): number {
	if (!(p > 0 && p < 1) || !(df > 0)) throw new RangeError(`tQuantile needs 0 < p < 1 and df > 0, got ${p}, ${df}`);
	if (p < 0.5) return -tQuantileUpper(p, df);
	return p === 0.5 ? 0 : tQuantileUpper(1 - p, df);
}

function tQuantileUpper(tail: number, df: number): number {
	if (df >= AS_NORMAL) return -normalQuantile(tail);
	let low = 0;
	let high = Math.max(1, -normalQuantile(tail));
	while (tUpperTail(high, df) > tail) high *= 2;
	let t = Math.min(high, Math.max(low, -normalQuantile(tail)));
	for (let i = 0; i < 200; i++) {
		const excess = tUpperTail(t, df) - tail;
		if (excess > 0) low = t;
		else high = t;
		const newton = t + excess / tDensity(t, df);
		const next = newton > low && newton < high ? newton : 0.5 * (low + high);
		if (Math.abs(next - t) <= 1e-15 * Math.abs(next)) return next;
		t = next;
	}
	return t;
}
