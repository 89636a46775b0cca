import type { Rating, EquivalenceStatus } from '../quality/rating.ts';
import type { Bilingual, DesignClass } from './plan.ts';

export type Verdict = 'NOT_ENOUGH_DATA' | 'NO_CAUSAL_VERDICT' | 'EFFECTIVE' | 'HARMFUL' | 'NO_MEANINGFUL_EFFECT' | 'INCONCLUSIVE';

export type Qualifier = 'LARGE_ENOUGH_CERTAIN' | 'SIZE_UNCERTAIN' | 'TOO_SMALL_TO_MATTER' | 'SIZE_UNCERTAIN_OR_LARGE';

export type Warning =
	| 'NO_COMPARISON_GROUP'
	| 'REGRESSION_TO_MEAN_RISK'
	| 'NO_OUTCOME_VARIANCE'
	| 'NO_OVERLAP'
	| 'CONFOUNDED_BY_UNIT'
	| 'CLUSTERED_ASSIGNMENT'
	| 'SMALL_COHORT'
	| 'CEILING_EFFECT'
	| 'CONTAMINATION'
	| 'HIGH_ATTRITION'
	| 'BASELINE_NOT_EQUIVALENT'
	| 'BASELINE_NEEDS_ADJUSTMENT'
	| 'QED_UNMEASURED_CONFOUNDING'
	| 'NOT_ROBUST'
	| 'SAY_HOW_MANY_MORE'
	| 'HARM_ALERT'
	| 'LOW_RELIABILITY'
	| 'OUTSIDE_WINDOW';

/** Why the verdict is what it is; a warning code may also be a reason. */
export type Reason =
	| Warning
	| 'NO_TREATED_GROUP'
	| 'FEW_PERSONS'
	| 'FEW_UNITS'
	| 'FEW_DEGREES_OF_FREEDOM'
	| 'FEW_ROWS'
	| 'LOW_EFFECTIVE_SAMPLE'
	| 'BALANCING_NOT_ATTAINABLE'
	| 'NOT_FINITE'
	| 'NOT_CONVERGED'
	| 'UNPLANNED_LOOK'
	| 'PRE_TRENDS'
	| 'OUTCOME_NOT_ELIGIBLE'
	| 'DIFFERENT_MEASUREMENT'
	| 'AFTER_ONLY';

export type Interval = [number, number];

export interface Beside {
	name: string;
	estimate: number;
	/** Null where the method gives none. */
	se: number | null;
	ci95: Interval | null;
	/** A reading aid, such as that a figure can mislead. */
	note?: string;
}

export interface ArmNumbers {
	treated: number;
	comparison: number;
}

export interface BalanceRow {
	name: string;
	/** Standardised difference before weighting; null when groups differ and neither varies. */
	g: number | null;
	/** After weighting (class B). */
	gWeighted: number | null;
	/** Status of the figure that counts: weighted where there are weights. */
	status: EquivalenceStatus;
	/** In the model of the headline. */
	adjusted: boolean;
}

export interface ArmMeans {
	n: number;
	/** Null below 5 persons; intervals null below 10. */
	before: number | null;
	beforeCi95: Interval | null;
	after: number | null;
	afterCi95: Interval | null;
}

export interface EvaluationResult {
	class: DesignClass;
	verdict: Verdict;
	qualifier: Qualifier | null;
	rating: Rating | null;
	reasons: Reason[];
	warnings: Warning[];
	/** Outcome units, as measured (not turned by `direction`). Null when nothing may be shown. */
	estimate: number | null;
	se: number | null;
	df: number | null;
	/** Two-sided p of no effect, for Holm over primary outcomes; never for the first screen. */
	p: number | null;
	ci95: Interval | null;
	ci90: Interval | null;
	/** Code of the headline estimator, and of the interval shown (the wider one where two are computed). */
	estimator: string | null;
	intervalMethod: string | null;
	beside: Beside[];
	effectSize: { name: 'hedges_g' | 'cox_index'; estimate: number; ci95: Interval } | null;
	/** Chance that a treated person ranks higher, ties counted half. */
	superiority: { estimate: number; ci95: Interval } | null;
	flow: {
		/** Persons, or panel units in C and D. */
		assigned: ArmNumbers;
		attended: ArmNumbers;
		measured: ArmNumbers;
		analysed: ArmNumbers;
		/** Units in each arm, null without a unit column. */
		units: ArmNumbers | null;
		/** Class C: treated already in the first period, hence left out. */
		alwaysTreated: number;
	};
	attrition: {
		overall: number;
		differential: number;
		boundary: 'cautious' | 'optimistic';
		boundaryPoints: number | null;
		low: boolean;
		/** A2: the same for units. */
		units: { overall: number; differential: number; low: boolean } | null;
	} | null;
	balance: BalanceRow[];
	means: { treated: ArmMeans; comparison: ArmMeans | null } | null;
	/** Class C: effects by periods since the start, and the test of the periods before. */
	eventStudy: { period: number; estimate: number; se: number }[];
	preTrend: { wald: number; df: number; p: number } | null;
	mde: number | null;
	moreNeeded: { treated: number; comparison: number; of: 'persons' | 'units' } | null;
	sentence: Bilingual;
	/** What was done to rows and columns, such as `COLLINEAR_DROPPED:age`. */
	notes: string[];
	engineVersion: string;
	planHash: string;
	dataHash: string;
	seed: number;
	draws: number;
}
