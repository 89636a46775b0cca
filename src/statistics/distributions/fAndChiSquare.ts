import { incompleteBeta, incompleteGamma } from './special.ts';

/** P(F > f) with df1, df2 degrees of freedom. */
export function fUpperTail(f: number, df1: number, df2: number): number {
	if (f <= 0) return 1;
	return incompleteBeta(0.5 * df2, 0.5 * df1, df2 / (df2 + df1 * f), (df1 * f) / (df2 + df1 * f));
}

/** The f with P(F ≤ f) = p. */
export function fQuantile(p: number, df1: number, df2: number): number {
	return bisect(
		(f) => 1 - fUpperTail(f, df1, df2),
		p,
		(f) => fUpperTail(f, df1, df2)
	);
}

/** P(X > x) for a chi-square with df degrees of freedom. */
export function chiSquareUpperTail(x: number, df: number): number {
	return incompleteGamma(0.5 * df, 0.5 * x)[1];
}

/** The x with P(X ≤ x) = p. */
export function chiSquareQuantile(p: number, df: number): number {
	return bisect(
		(x) => incompleteGamma(0.5 * df, 0.5 * x)[0],
		p,
		(x) => chiSquareUpperTail(x, df)
	);
}

/** Monotone root on (0, ∞); works on whichever tail is smaller so that both ends keep their digits. */
function bisect(cdf: (x: number) => number, p: number, upper: (x: number) => number): number {
	if (!(p > 0 && p < 1)) throw new RangeError(`a quantile needs 0 < p < 1, got ${p}`);
	const below = p < 0.5 ? (x: number) => cdf(x) < p : (x: number) => upper(x) > 1 - p;
	let low = 0;
	let high = 1;
	while (below(high)) high *= 2;
	for (let i = 0; i < 400 && high - low > 1e-15 * high; i++) {
		const middle = 0.5 * (low + high);
		if (below(middle)) low = middle;
		else high = middle;
	}
	return 0.5 * (low + high);
}
