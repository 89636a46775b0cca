/** Behaviours are rated by how often they are seen: 1 never … 5 always. */
export const SCALE_MINIMUM = 1;
export const SCALE_MAXIMUM = 5;

/** A mean of fewer behaviours says more about the one sentence than about the person. */
export const FEWEST_ITEMS = 3;
export const MOST_ITEMS = 20;

/** One behaviour a line; blank lines and the bullets or numbers people paste along are dropped. */
export const linesOf = (text: string): string[] =>
	text
		.split(/\r?\n/)
		.map((line) => line.replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, '').trim())
		.filter((line) => line !== '');

export type SubjectState = 'empty' | 'begun' | 'complete' | 'excused';

/**
 * What one subject's part of the form amounts to. "Cannot rate" needs its reason; without one it is unfinished, so
 * that nobody drops out of a measurement in silence.
 */
export function subjectState(answered: number, items: number, cannotRate: boolean, reason: string): SubjectState {
	if (cannotRate) return reason.trim() === '' ? 'begun' : 'excused';
	if (answered === 0) return 'empty';
	return answered === items ? 'complete' : 'begun';
}

export type RoundState = 'not_open' | 'open' | 'closed';

/** Both arms are rated in one window; an answer outside it is no outcome (evaluation methods §8, OUTSIDE_WINDOW). */
export const roundState = (at: Date, opensAt: Date, dueAt: Date): RoundState =>
	at < opensAt ? 'not_open' : at > dueAt ? 'closed' : 'open';
