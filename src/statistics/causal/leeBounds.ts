import { mean, standardDeviation } from '../describe.ts';
import { StatisticsFailure } from '../failure.ts';
import { seeded } from '../random.ts';

export interface LeeBounds {
	lower: number;
	upper: number;
	/** Share trimmed from the arm that answered more. */
	trimmed: number;
	trimmedArm: 'treated' | 'comparison' | 'none';
	/** Bootstrap standard errors, persons resampled within arms. */
	seLower: number;
	seUpper: number;
}

/**
 * Lee's (2009) bounds on the effect among those who would be measured in either arm. `null` outcomes are the missing.
 * The arm with the higher response is trimmed from above and from below by the excess share; trimming a fraction of a
 * person gives that person a fractional weight, so bounds move smoothly.
 * Units for whom assignment lowers the chance to be measured are assumed not to exist (monotonicity).
 */
export function leeBounds(
	treated: readonly (number | null)[],
	comparison: readonly (number | null)[],
	draws: number,
	seed: number
): LeeBounds {
	const point = bounds(treated, comparison);
	const random = seeded(seed);
	const lows: number[] = [];
	const highs: number[] = [];
	const resample = (arm: readonly (number | null)[]) => arm.map(() => arm[random.below(arm.length)]!);
	for (let d = 0; d < draws; d++) {
		const drawn = [resample(treated), resample(comparison)] as const;
		if (drawn.some((arm) => arm.every((v) => v === null))) continue;
		const b = bounds(drawn[0], drawn[1]);
		lows.push(b.lower);
		highs.push(b.upper);
	}
	return { ...point, seLower: standardDeviation(lows), seUpper: standardDeviation(highs) };
}

function bounds(treated: readonly (number | null)[], comparison: readonly (number | null)[]) {
	const y1 = treated.filter((v) => v !== null).sort((a, b) => a - b);
	const y0 = comparison.filter((v) => v !== null).sort((a, b) => a - b);
	if (y1.length === 0 || y0.length === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'an arm has no measured outcome');
	const rate1 = y1.length / treated.length;
	const rate0 = y0.length / comparison.length;
	if (rate1 === rate0) {
		const difference = mean(y1) - mean(y0);
		return { lower: difference, upper: difference, trimmed: 0, trimmedArm: 'none' as const };
	}
	if (rate1 > rate0) {
		const trimmed = (rate1 - rate0) / rate1;
		return {
			lower: trimmedMean(y1, trimmed, 'top') - mean(y0),
			upper: trimmedMean(y1, trimmed, 'bottom') - mean(y0),
			trimmed,
			trimmedArm: 'treated' as const
		};
	}
	const trimmed = (rate0 - rate1) / rate0;
	return {
		lower: mean(y1) - trimmedMean(y0, trimmed, 'bottom'),
		upper: mean(y1) - trimmedMean(y0, trimmed, 'top'),
		trimmed,
		trimmedArm: 'comparison' as const
	};
}

function trimmedMean(sorted: readonly number[], share: number, from: 'top' | 'bottom'): number {
	const keep = sorted.length * (1 - share);
	const order = from === 'top' ? sorted : [...sorted].reverse();
	let left = keep;
	let sum = 0;
	for (const value of order) {
		const weight = Math.min(1, left);
		if (weight <= 0) break;
		sum += weight * value;
		left -= weight;
	}
	return sum / keep;
}
