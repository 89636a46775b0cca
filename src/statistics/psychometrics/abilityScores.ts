import { finite, StatisticsFailure } from '../failure.ts';
import { abilityGrid, logAbilityWeights } from './quadrature.ts';
import { checkDichotomous, type Scores } from './responses.ts';

/** Parameters of the items as a fit gives them; null for an item that was excluded and then says nothing. */
export interface ItemParameters {
	a: readonly (number | null)[];
	d: readonly (number | null)[];
}

export interface AbilityScore {
	/** Posterior mean of θ in standard deviations of the calibration group. */
	eap: number;
	/** Posterior standard deviation. */
	psd: number;
}

/**
 * Expected a posteriori scores with prior N(0, 1) (Bock & Mislevy 1982), finite also for all right and all wrong;
 * without any answer the prior itself. Throws BAD_INPUT when the number of items differs.
 */
export function eapScores(scores: Scores, { a, d }: ItemParameters): AbilityScore[] {
	if (checkDichotomous(scores) !== a.length || a.length !== d.length)
		throw new StatisticsFailure('BAD_INPUT', `answers to ${scores[0]!.length} items, parameters of ${a.length}`);
	const known = a.flatMap((slope, item) => (slope === null || d[item] === null ? [] : [item]));
	return scores.map((row) => {
		const log = logAbilityWeights.map((weight, q) => {
			let value = weight;
			for (const item of known) {
				if (row[item] === null) continue;
				const logit = a[item]! * abilityGrid[q]! + d[item]!;
				value -= softplus(row[item] === 1 ? -logit : logit);
			}
			return value;
		});
		const highest = Math.max(...log);
		let sum = 0;
		let first = 0;
		for (let q = 0; q < log.length; q++) {
			const weight = Math.exp(log[q]! - highest);
			sum += weight;
			first += weight * abilityGrid[q]!;
		}
		const eap = first / sum;
		let second = 0;
		for (let q = 0; q < log.length; q++) second += Math.exp(log[q]! - highest) * (abilityGrid[q]! - eap) ** 2;
		return { eap: finite(eap, 'EAP score'), psd: finite(Math.sqrt(second / sum), 'posterior SD') };
	});
}

/** Test information Σ a²·P·(1 − P) at each ability; 1/√information is the standard error of θ there. */
export function testInformation(theta: readonly number[], { a, d }: ItemParameters): number[] {
	return theta.map((ability) => {
		let sum = 0;
		a.forEach((slope, item) => {
			const intercept = d[item];
			if (slope === null || intercept === null || intercept === undefined) return;
			const p = 1 / (1 + Math.exp(-(slope * finite(ability, 'theta') + intercept)));
			sum += slope * slope * p * (1 - p);
		});
		return sum;
	});
}

function softplus(x: number): number {
	return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
