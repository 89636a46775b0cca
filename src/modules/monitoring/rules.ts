/** Decisions of the board, as pure functions. */
import type { Finding } from '#modules/evaluation/index.ts';

export interface FindingCounts {
	/** Analyses that answered anything or tried to. */
	all: number;
	effective: number;
	/** Shown too small, without meaning, or harmful: each has or had a review. */
	toReview: number;
	/** Not known yet: inconclusive, not enough data, or no comparison. None of these is "no effect". */
	unknown: number;
}

const TO_REVIEW: readonly Finding[] = ['TOO_SMALL', 'NO_MEANINGFUL_EFFECT', 'HARMFUL'];

export function countFindings(analyses: readonly { finding: Finding }[]): FindingCounts {
	const effective = analyses.filter(({ finding }) => finding === 'EFFECTIVE').length;
	const toReview = analyses.filter(({ finding }) => TO_REVIEW.includes(finding)).length;
	return { all: analyses.length, effective, toReview, unknown: analyses.length - effective - toReview };
}

/** What the headline says: the most pressing thing that is known, or that nothing is known yet. */
export function headline(counts: FindingCounts, openCases: number): 'nothing' | 'cases' | 'effective' | 'unknown' {
	if (counts.all === 0) return 'nothing';
	if (openCases > 0) return 'cases';
	return counts.effective > 0 ? 'effective' : 'unknown';
}
