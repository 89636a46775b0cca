import { dayOf } from '#platform/clock.ts';
import { levelsAt, periodEnds } from '../moments.ts';
import type { ProfileRow } from './profiles.ts';

/** A year and today. */
const MONTHS = 12;

export interface LevelTrend {
	competencyId: string;
	name: string;
	/** What the post asks today. */
	required: number | null;
	/** At each end of month and today; null = no rating was valid then. */
	points: { day: string; level: number | null }[];
	/** Last known level less the first; null with fewer than two known. */
	change: number | null;
}

/** Level by competency over the last year, of those ever rated. No query and no check of access: the profile has both. */
export function levelTrends(rows: ProfileRow[], at: Date): LevelTrend[] {
	const moments = periodEnds(at, dayOf(at), 1, MONTHS + 1);
	return rows.flatMap(({ competencyId, name, required, ratings }) => {
		if (ratings.length === 0) return [];
		const levels = levelsAt(ratings, moments);
		const known = levels.filter((level) => level !== null);
		return {
			competencyId,
			name,
			required,
			points: levels.map((level, n) => ({ day: moments[n]!.day, level })),
			change: known.length < 2 ? null : known.at(-1)! - known[0]!
		};
	});
}
