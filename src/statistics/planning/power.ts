import { tQuantile } from '../distributions/studentT.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { twoSidedTPower } from '../distributions/noncentralT.ts';
import { StatisticsFailure } from '../failure.ts';

/** Power of a two-sided two-sample t test; d in standard deviations; sizes may be fractions while searching. */
export function twoSamplePower(d: number, n1: number, n2: number, alpha = 0.05): number {
	const df = n1 + n2 - 2;
	return twoSidedTPower(tQuantile(1 - alpha / 2, df), df, d / Math.sqrt(1 / n1 + 1 / n2));
}

/** Persons a group (not rounded) for a power, noncentral t. */
export function twoSampleSize(d: number, power = 0.8, alpha = 0.05): number {
	return rootRising((n) => twoSamplePower(d, n, n, alpha) - power, 2, 1e7);
}

/** Smallest standardised difference that n persons a group detect with the power, noncentral t. */
export function detectableDifference(n: number, power = 0.8, alpha = 0.05): number {
	return rootRising((d) => twoSamplePower(d, n, n, alpha) - power, 1e-6, 50);
}

/** (z₀.₉₇₅ + z₀.₈₀)·√(2/n): the usual approximation, for comparison. */
export function detectableDifferenceNormal(n: number, power = 0.8, alpha = 0.05): number {
	return (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * Math.sqrt(2 / n);
}

/** t₁₋α/₂ + t_power on df degrees of freedom. */
export function multiplier(df: number, power = 0.8, alpha = 0.05): number {
	return tQuantile(1 - alpha / 2, df) + tQuantile(power, df);
}

/** MDE of two arms of persons in outcome units; rho is the correlation of baseline and outcome. */
export function twoArmMde(sigma: number, rho: number, n1: number, n0: number, df = n1 + n0 - 2): number {
	return multiplier(df) * sigma * Math.sqrt((1 - rho ** 2) * (1 / n1 + 1 / n0));
}

export interface ClusterDesign {
	/** Units in both arms together. */
	units: number;
	/** Share of units treated. */
	share: number;
	/** Persons a unit. */
	size: number;
	icc: number;
	/** Share of between- and within-unit variance explained by covariates. */
	r2Between?: number;
	r2Within?: number;
	/** Unit-level covariates in the model. */
	covariates?: number;
}

/** MDE of assigned units in outcome SDs times sigma (Bloom 2005; Dong & Maynard 2013, two-level CRA). */
export function clusterMde(design: ClusterDesign, sigma = 1): { mde: number; designEffect: number; effectiveN: number } {
	const { units, share, size, icc, r2Between = 0, r2Within = 0, covariates = 0 } = design;
	const df = units - covariates - 2;
	if (!(df > 0)) throw new StatisticsFailure('TOO_FEW_ROWS', 'a clustered design needs at least three units');
	const spread = share * (1 - share) * units;
	const variance = (icc * (1 - r2Between)) / spread + ((1 - icc) * (1 - r2Within)) / (spread * size);
	const designEffect = 1 + (size - 1) * icc;
	return { mde: multiplier(df) * sigma * Math.sqrt(variance), designEffect, effectiveN: (units * size) / designEffect };
}

/** Smallest treated n with the power at `target`, keeping the current ratio of arms; a planning number, before data exist. */
export function moreParticipants(sd: number, n1: number, n0: number, target: number, power = 0.8) {
	const ratio = n0 / n1;
	const control = (n: number) => Math.ceil(n * ratio - 1e-9);
	let low = 1;
	let high = 2;
	const enough = (n: number) => n + control(n) > 2 && twoSamplePower(target / sd, n, control(n)) >= power;
	while (!enough(high)) {
		low = high;
		high *= 2;
	}
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (enough(middle)) high = middle;
		else low = middle;
	}
	return {
		neededTreated: high,
		neededControl: control(high),
		moreTreated: Math.max(0, high - n1),
		moreControl: Math.max(0, control(high) - n0)
	};
}

function rootRising(f: (x: number) => number, low: number, high: number): number {
	if (f(high) < 0) throw new StatisticsFailure('NOT_CONVERGED', 'no design in range reaches the power');
	for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
		const middle = 0.5 * (low + high);
		if (f(middle) < 0) low = middle;
		else high = middle;
	}
	return 0.5 * (low + high);
}
