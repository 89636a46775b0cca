import { normalCdf, normalDensity } from '../distributions/normal.ts';

/** Hake's (1998) normalised gain of means: the share of the possible gain that was reached. Descriptive. */
export function hakeGain(before: number, after: number, maximum: number): number {
	return (after - before) / (maximum - before);
}

/** Reliable change index (Jacobson & Truax 1991). */
export function reliableChange(before: number, after: number, sdBefore: number, reliability: number): number {
	return (after - before) / (sdBefore * Math.sqrt(2 * (1 - reliability)));
}

/**
 * Rise expected without any effect when persons are chosen because their baseline is below a cut-off
 * (normal scores, correlation r between measurements): (1 − r)·σ·φ(c)/Φ(c), c = (cut − μ)/σ (Davis 1976).
 */
export function regressionToMeanBelow(mu: number, sigma: number, r: number, cut: number): number {
	const c = (cut - mu) / sigma;
	return (1 - r) * sigma * (normalDensity(c) / normalCdf(c));
}

/** The same from the observed mean of those chosen: (1 − r)·(μ − mean). */
export function regressionToMean(mu: number, selectedMean: number, r: number): number {
	return (1 - r) * (mu - selectedMean);
}
