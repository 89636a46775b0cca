/** Points in the past at which a state is looked at, and what a person's level was there. Pure. */
import { strongest, type Rating } from './rules.ts';

export interface Moment {
	/** Calendar day in WIB, `yyyy-mm-dd`. */
	day: string;
	/** The end of that day; for today, now. */
	at: Date;
}

/** The last `count − 1` ends of periods of `months` (1: months, 3: quarters) before today, then today. */
export function periodEnds(now: Date, today: string, months: 1 | 3, count: number): Moment[] {
	const [year, month] = today.split('-').map(Number) as [number, number];
	// the period that today lies in, counted in whole periods since year 0
	const period = Math.floor((year * 12 + month - 1) / months);
	const past = Array.from({ length: count - 1 }, (_, i) => {
		const after = (period - i) * months;
		const end = new Date(Date.UTC(Math.floor(after / 12), after % 12, 0));
		const day = end.toISOString().slice(0, 10);
		return { day, at: new Date(`${day}T23:59:59.999+07:00`) };
	}).reverse();
	return [...past, { day: today, at: now }];
}

/** The level that counted at each moment, by the ratings known today; null where none was valid. */
export const levelsAt = (ratings: Rating[], moments: Moment[]): (number | null)[] =>
	moments.map(({ at, day }) => strongest(ratings, at, day)?.level ?? null);
