/** Decisions about tests, as pure functions. */

/** A test begun in time may be finished this long after its end: a slow line is no fault of the person. */
export const GRACE_MINUTES = 120;

export interface KeyedQuestion {
	id: string;
	kind: 'single_choice' | 'multiple_choice';
	correctOptionIds: string[];
}

/** One point or none: exactly the right options. */
export function pointsOf(question: KeyedQuestion, chosen: readonly string[]): 0 | 1 {
	const wanted = new Set(question.correctOptionIds);
	const given = new Set(chosen);
	return wanted.size > 0 && wanted.size === given.size && [...given].every((id) => wanted.has(id)) ? 1 : 0;
}

/** Percent of points over all questions; unanswered ones count as wrong. Four decimals. */
export function scorePercent(questions: readonly KeyedQuestion[], answers: ReadonlyMap<string, readonly string[]>): number {
	if (questions.length === 0) return 0;
	const points = questions.reduce((sum, question) => sum + pointsOf(question, answers.get(question.id) ?? []), 0);
	return Math.round((points / questions.length) * 1_000_000) / 10_000;
}

export type SittingState = 'not_yet' | 'open' | 'closed' | 'submitted';

export function sittingState(
	sitting: { opens_at: Date; due_at: Date; started_at: Date | null; submitted_at: Date | null },
	at: Date
): SittingState {
	if (sitting.submitted_at) return 'submitted';
	if (at < sitting.opens_at) return 'not_yet';
	if (at <= sitting.due_at) return 'open';
	const begun = sitting.started_at !== null && sitting.started_at <= sitting.due_at;
	return begun && at.getTime() <= sitting.due_at.getTime() + GRACE_MINUTES * 60_000 ? 'open' : 'closed';
}
