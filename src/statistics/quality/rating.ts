/** Evidence rating with the thresholds of the WWC group-design standards; not a review by the WWC. */
export type Rating = 'MEETS_WITHOUT_RESERVATIONS' | 'MEETS_WITH_RESERVATIONS' | 'DOES_NOT_MEET';

export type EquivalenceStatus = 'MET' | 'NEEDS_ADJUSTMENT' | 'NOT_MET';

/** |g| ≤ 0.05 met; up to 0.25 only with that covariate in the model; beyond, not met. */
export function equivalence(g: number): EquivalenceStatus {
	const size = Math.abs(g);
	return size <= 0.05 ? 'MET' : size <= 0.25 ? 'NEEDS_ADJUSTMENT' : 'NOT_MET';
}

export function equivalenceMet(g: number, adjusted: boolean): boolean {
	const status = equivalence(g);
	return status === 'MET' || (status === 'NEEDS_ADJUSTMENT' && adjusted);
}

export interface RatingInput {
	design: 'RCT' | 'QED' | 'DESCRIPTIVE';
	lowAttrition: boolean;
	equivalent: boolean;
	/** Only one unit in an arm, or other timing or instrument for the treated. */
	confounded: boolean;
	/** Reliability of the outcome, same instrument, not over-aligned. */
	outcomeEligible: boolean;
	/** Class C only: pre-period Wald p ≥ 0.10 and at least two pre-periods. */
	parallelTrends?: boolean;
}

export function rate(input: RatingInput): Rating {
	if (input.design === 'DESCRIPTIVE' || input.confounded || !input.outcomeEligible) return 'DOES_NOT_MEET';
	if (input.design === 'RCT' && input.lowAttrition) return 'MEETS_WITHOUT_RESERVATIONS';
	return input.equivalent && (input.parallelTrends ?? true) ? 'MEETS_WITH_RESERVATIONS' : 'DOES_NOT_MEET';
}
