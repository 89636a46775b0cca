import { seeded } from '../random.ts';
import type { EvaluationPlan } from './plan.ts';
import type { EvaluationRow } from './rows.ts';

/**
 * Programmes with a known truth, for tests and for the simulation that the documentation reports. Scores are normal:
 * baseline N(65, 10), outcome with correlation 0.7, the effect added for the treated.
 */
export interface LotteryWorld {
	perArm: number;
	effect: number;
	seed: number;
	/** Share of missing outcomes in each arm. */
	lost?: { treated: number; comparison: number };
	/** Share of the assigned who attend, and of the comparison who get in. */
	attending?: { treated: number; comparison: number };
}

export function lotteryRows({
	perArm,
	effect,
	seed,
	lost = { treated: 0, comparison: 0 },
	attending = { treated: 1, comparison: 0 }
}: LotteryWorld): EvaluationRow[] {
	const random = seeded(seed);
	const order = random.shuffle(Array.from({ length: 2 * perArm }, (_, i) => i));
	return order.map((place, i) => {
		const assigned = place < perArm ? 1 : 0;
		const arm = assigned ? 'treated' : 'comparison';
		const before = 65 + 10 * random.normal();
		const attended = random.uniform() < attending[arm] ? 1 : 0;
		const after = 65 + 0.7 * (before - 65) + 10 * Math.sqrt(0.51) * random.normal() + effect * attended;
		return {
			id: `P${i}`,
			unit: `U${random.below(12)}`,
			assigned,
			attended,
			pre: before,
			post: random.uniform() < lost[arm] ? null : after,
			age: 25 + random.below(30)
		};
	});
}

export interface UnitWorld {
	unitsPerArm: number;
	size: number;
	icc: number;
	effect: number;
	seed: number;
}

export function unitRows({ unitsPerArm, size, icc, effect, seed }: UnitWorld): EvaluationRow[] {
	const random = seeded(seed);
	const labels = random.shuffle(Array.from({ length: 2 * unitsPerArm }, (_, i) => (i < unitsPerArm ? 1 : 0)));
	return labels.flatMap((assigned, u) => {
		const shift = 10 * Math.sqrt(icc) * random.normal();
		return Array.from({ length: size }, (_, i) => {
			const own = 10 * Math.sqrt(1 - icc) * random.normal();
			const before = 65 + shift + own;
			// The unit's standing persists; half of the personal part does.
			const after =
				65 +
				shift * 0.7 +
				10 * Math.sqrt(icc * 0.51) * unitNoise(seed, u) +
				0.7 * own +
				10 * Math.sqrt((1 - icc) * 0.51) * random.normal() +
				effect * assigned;
			return { id: `P${u}-${i}`, unit: `U${u}`, assigned, attended: assigned, pre: before, post: after };
		});
	});
}

function unitNoise(seed: number, unit: number): number {
	return seeded((seed * 1009 + unit) >>> 0).normal();
}

export interface StaggeredWorld {
	units: number;
	periods: number;
	effect: number;
	seed: number;
	/** Slope a period by which the treated drift apart before they start. */
	drift?: number;
	/** First treated periods, shared out in turn; 0 = never. */
	starts?: number[];
}

export function staggeredRows({ units, periods, effect, seed, drift = 0, starts = [0, 4, 0, 6] }: StaggeredWorld): EvaluationRow[] {
	const random = seeded(seed);
	return Array.from({ length: units }, (_, u) => u).flatMap((u) => {
		const first = starts[u % starts.length]!;
		const level = 70 + 5 * random.normal();
		return Array.from({ length: periods }, (_, i) => {
			const period = i + 1;
			const treated = first > 0 && period >= first ? effect : 0;
			return {
				unit: `U${u}`,
				period,
				first,
				index: level + 0.5 * period + (first > 0 ? drift * period : 0) + treated + 2 * random.normal()
			};
		});
	});
}

/** Baseline decides who takes the course; the comparison is larger. */
export function comparisonRows({
	treated,
	comparison,
	effect,
	seed,
	gap = 4
}: {
	treated: number;
	comparison: number;
	effect: number;
	seed: number;
	gap?: number;
}): EvaluationRow[] {
	const random = seeded(seed);
	return Array.from({ length: treated + comparison }, (_, i) => {
		const assigned = i < treated ? 1 : 0;
		const before = 65 - gap * assigned + 10 * random.normal();
		const age = 35 + 2 * assigned + 6 * random.normal();
		const after = 65 + 0.7 * (before - 65) + 0.1 * (age - 35) + 6 * random.normal() + effect * assigned;
		return { id: `P${i}`, unit: `U${random.below(15)}`, assigned, attended: assigned, pre: before, post: after, age };
	});
}

export const LOTTERY_PLAN: EvaluationPlan = {
	class: 'A1',
	columns: { id: 'id', unit: 'unit', assigned: 'assigned', attended: 'attended', baseline: 'pre', outcome: 'post' },
	delta: 3,
	seed: 20261
};
export const UNIT_PLAN: EvaluationPlan = { ...LOTTERY_PLAN, class: 'A2' };
export const COMPARISON_PLAN: EvaluationPlan = { ...LOTTERY_PLAN, class: 'B', columns: { ...LOTTERY_PLAN.columns, covariates: ['age'] } };
export const STAGGERED_PLAN: EvaluationPlan = {
	class: 'C',
	columns: { unit: 'unit', period: 'period', firstTreated: 'first', outcome: 'index' },
	delta: 2,
	seed: 20261
};
