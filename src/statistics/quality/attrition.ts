/**
 * Attrition after the What Works Clearinghouse (Standards Handbook 4.1, Table II.1): the largest differential attrition,
 * in percentage points, tolerated at each whole percent of overall attrition. Past the end of a column nothing is low.
 */
export type AttritionBoundary = 'cautious' | 'optimistic';

const CAUTIOUS = [
	5.7, 5.8, 5.9, 5.9, 6, 6.1, 6.2, 6.3, 6.3, 6.3, 6.3, 6.2, 6.2, 6.1, 6, 5.9, 5.9, 5.8, 5.7, 5.5, 5.4, 5.3, 5.2, 5.1, 4.9, 4.8, 4.7, 4.5,
	4.4, 4.3, 4.1, 4, 3.8, 3.6, 3.5, 3.3, 3.2, 3.1, 2.9, 2.8, 2.6, 2.5, 2.3, 2.1, 2, 1.8, 1.6, 1.5, 1.3, 1.2, 1, 0.9, 0.7, 0.6, 0.4, 0.3, 0.2,
	0
];
const OPTIMISTIC = [
	10, 10.1, 10.2, 10.3, 10.4, 10.5, 10.7, 10.8, 10.9, 10.9, 10.9, 10.9, 10.9, 10.8, 10.8, 10.7, 10.6, 10.5, 10.3, 10.2, 10, 9.9, 9.7, 9.5,
	9.4, 9.2, 9, 8.8, 8.6, 8.4, 8.2, 8, 7.8, 7.6, 7.4, 7.2, 7, 6.7, 6.5, 6.3, 6, 5.8, 5.6, 5.3, 5.1, 4.9, 4.6, 4.4, 4.2, 3.9, 3.7, 3.5, 3.2,
	3, 2.8, 2.6, 2.3, 2.1, 1.9, 1.6, 1.4, 1.1, 0.9, 0.7, 0.5, 0.3
];

export interface ArmCounts {
	treated: number;
	comparison: number;
}

export interface Attrition {
	/** Shares, 0 to 1. */
	overall: number;
	differential: number;
	/** Percentage points, null where no differential is tolerated. */
	boundaryPoints: number | null;
	low: boolean;
}

/** Largest tolerated differential attrition in percentage points, null when the overall attrition is off the table. */
export function boundaryAt(overall: number, boundary: AttritionBoundary): number | null {
	const table = boundary === 'cautious' ? CAUTIOUS : OPTIMISTIC;
	return table[Math.round(overall * 100)] ?? null;
}

export function attrition(assigned: ArmCounts, retained: ArmCounts, boundary: AttritionBoundary): Attrition {
	const lost = (a: number, r: number) => 1 - r / a;
	const overall = lost(assigned.treated + assigned.comparison, retained.treated + retained.comparison);
	const differential = Math.abs(lost(assigned.treated, retained.treated) - lost(assigned.comparison, retained.comparison));
	const points = boundaryAt(overall, boundary);
	// Ties are low; the small slack keeps 0.102 − 0.002 from losing a tie to rounding.
	return { overall, differential, boundaryPoints: points, low: points !== null && 100 * differential <= points + 1e-9 };
}
