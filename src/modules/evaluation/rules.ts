import type { Qualifier, Verdict } from '#statistics';

export const LEVELS = ['L2', 'L3'] as const;
/** Kirkpatrick's levels: L2 learning, by a test; L3 behaviour at work, by the superior's rating. */
export type Level = (typeof LEVELS)[number];

export const MOMENTS = ['before', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Designs with a way for their data today. A1: individual lottery. E, F and none describe, they never conclude. */
export const DESIGNS = ['A1', 'E', 'F', 'none'] as const;
export type Design = (typeof DESIGNS)[number];

export const COVARIATES = ['age', 'years_of_service'] as const;
export type Covariate = (typeof COVARIATES)[number];

/** Days after the last day of class, both inclusive. Behaviour needs time to show: 90–180 (methods §6). */
export const DEFAULT_WINDOWS: Record<Level, { from: number; to: number }> = { L2: { from: 1, to: 14 }, L3: { from: 90, to: 180 } };

/** The offered smallest effect that matters: a quarter of the spread before (methods §1). */
export const offeredDelta = (baselineSd: number): number => Math.round(baselineSd * 25) / 100;

/** True when the design cannot answer its own question. */
export const cannotAnswer = (mde: number | undefined, delta: number): boolean => mde === undefined || mde > delta;

const DAY = 86_400_000;

/** The instant a calendar day begins in a zone (WIB unless the government set another). */
export function startOfDay(day: string, timeZone = 'Asia/Jakarta'): Date {
	const utc = new Date(`${day}T00:00:00Z`);
	const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(utc);
	const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
	const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(offset) ?? [];
	const ahead = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
	return new Date(utc.getTime() - ahead * 60_000);
}

export const addDays = (day: string, days: number): string =>
	new Date(new Date(`${day}T00:00:00Z`).getTime() + days * DAY).toISOString().slice(0, 10);

export interface Window {
	opensAt: Date;
	dueAt: Date;
}

/**
 * Before: from the draw until class begins, at least a day when the draw came late. After: whole days counted from the
 * last day of class. The same instants for both arms.
 */
export function windowOf(
	moment: Moment,
	drawnAt: Date,
	cls: { startsOn: string; endsOn: string },
	days: { from: number; to: number }
): Window {
	if (moment === 'before') {
		const start = startOfDay(cls.startsOn).getTime();
		return { opensAt: drawnAt, dueAt: new Date(Math.max(start, drawnAt.getTime() + DAY)) };
	}
	return {
		opensAt: startOfDay(addDays(cls.endsOn, days.from)),
		dueAt: new Date(startOfDay(addDays(cls.endsOn, days.to + 1)).getTime() - 1000)
	};
}

/** Whole-and-fraction years between two days; null when the first is unknown. */
export const yearsBetween = (from: string | null, to: string): number | null =>
	from === null ? null : Math.round(((new Date(to).getTime() - new Date(from).getTime()) / (365.2425 * DAY)) * 100) / 100;

export type Readiness =
	/** Not planned at this level: "tidak diukur". */
	| { state: 'not_measured' }
	/** The after measurement has not begun. */
	| { state: 'not_begun'; opensAt: Date; asked: number }
	/** Running: with one planned look nobody looks before it closes. */
	| { state: 'waiting'; answered: number; asked: number; until: Date }
	| { state: 'ready'; answered: number; asked: number };

/** One planned look: after the window closed, or once everybody answered (which ends the window early). */
export function readiness(at: Date, after: { opensAt: Date; dueAt: Date } | undefined, asked: number, answered: number): Readiness {
	if (!after) return { state: 'not_measured' };
	if (at < after.opensAt) return { state: 'not_begun', opensAt: after.opensAt, asked };
	if (at <= after.dueAt && answered < asked) return { state: 'waiting', answered, asked, until: after.dueAt };
	return { state: 'ready', answered, asked };
}

/** Answers that ask for a correction (methods §4, actions). */
export const needsReview = (verdict: Verdict, qualifier: Qualifier | null): boolean =>
	verdict === 'NO_MEANINGFUL_EFFECT' || verdict === 'HARMFUL' || (verdict === 'EFFECTIVE' && qualifier === 'TOO_SMALL_TO_MATTER');

/** What the card says in one word; "too small" is a word of its own. */
export type Finding = Verdict | 'TOO_SMALL';

export const findingOf = (verdict: Verdict, qualifier: Qualifier | null): Finding =>
	verdict === 'EFFECTIVE' && qualifier === 'TOO_SMALL_TO_MATTER' ? 'TOO_SMALL' : verdict;

/** A next measurement counts when it answered something: "not enough data" is not yet a measurement. */
export const measuredAgain = (verdict: Verdict | undefined): boolean => verdict !== undefined && verdict !== 'NOT_ENOUGH_DATA';

/** No figure about fewer than five persons, no interval under ten (methods §7). */
export const SMALLEST_SHOWN = 5;
export const SMALLEST_WITH_INTERVAL = 10;

export const REVIEW_DAYS = 30;
export const REVIEW_DAYS_SETTING = 'evaluation.review_days';

/** An estimate or an interval turned so that above zero is better, whichever way the instrument counts. */
export const better = (direction: 'higher' | 'lower', estimate: number): number => (direction === 'lower' ? -estimate : estimate);
export const betterInterval = (direction: 'higher' | 'lower', [low, high]: readonly [number, number]): [number, number] =>
	direction === 'lower' ? [-high, -low] : [low, high];
