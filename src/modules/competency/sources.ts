/**
 * What several sources say together, as pure functions. None of it changes a level: the strongest valid source decides
 * (`strongest` in `rules.ts`); this stands beside it.
 */
import { isValid, SOURCES, type Rating, type Source } from './rules.ts';

/**
 * Sources so many levels apart disagree. One level apart is what careful raters of the same person differ by; two are
 * different behaviours, and worth a talk. A choice of ours.
 */
export const DISAGREE_LEVELS = 2;
/** A superior's habit shows only over so many people. */
export const FEWEST_OFFICERS = 5;
/** With so many people rated a habit is believed by half; a choice of ours, on the careful side. */
export const BELIEVED_BY_HALF = 5;
/** Below half a level the habit is not worth a word. */
export const WORTH_A_WORD = 0.5;

export interface SourceRating extends Rating {
	/** Mean of a group; null where one person or a test said the level. */
	mean: number | null;
}

/** What a rating says as a number: a group's mean, else the level. */
export const valueOf = (rating: Pick<SourceRating, 'mean' | 'level'>): number => rating.mean ?? rating.level;

/** The newest valid rating of each source at `at` (calendar day `day`), the strongest source first. */
export function newestBySource<R extends Rating>(ratings: readonly R[], at: Date, day: string): R[] {
	const counting = ratings.filter((rating) => rating.ratedAt <= at && isValid(rating, day));
	return SOURCES.flatMap((source) => {
		const [newest] = counting
			.filter((rating) => rating.source === source)
			.sort((a, b) => b.ratedAt.getTime() - a.ratedAt.getTime() || (a.id < b.id ? 1 : -1));
		return newest ? [newest] : [];
	});
}

export interface SourceWeight {
	source: Source;
	weight: number;
	basis: string;
	confidence: string;
}

export interface Combined {
	/** One decimal. */
	value: number;
	parts: { source: Source; value: number; weight: number; share: number }[];
	basis: string;
	confidence: string;
}

/**
 * Weighted mean over the sources that are there, their weights brought to 1. Null with fewer than two sources: a
 * combination of one would only repeat it.
 * @param said one rating a source, as of `newestBySource`
 */
export function combined(said: readonly SourceRating[], weights: readonly SourceWeight[]): Combined | null {
	const parts = said.flatMap((rating) => {
		const weight = weights.find((one) => one.source === rating.source)?.weight ?? 0;
		return weight > 0 ? [{ source: rating.source, value: valueOf(rating), weight }] : [];
	});
	if (parts.length < 2) return null;
	const total = parts.reduce((sum, part) => sum + part.weight, 0);
	return {
		value: Math.round((parts.reduce((sum, part) => sum + part.value * part.weight, 0) * 10) / total) / 10,
		parts: parts.map((part) => ({ ...part, share: part.weight / total })),
		basis: weights[0]!.basis,
		confidence: weights[0]!.confidence
	};
}

export interface Disagreement {
	high: { source: Source; level: number };
	low: { source: Source; level: number };
}

/** The two sources furthest apart, when that is two levels or more; of equals the stronger source speaks. */
export function disagreement(said: readonly Pick<Rating, 'source' | 'level'>[]): Disagreement | null {
	const end = (sign: 1 | -1) =>
		said.toSorted((a, b) => sign * (b.level - a.level) || SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source))[0];
	const [high, low] = [end(1), end(-1)];
	if (!high || !low || high.level - low.level < DISAGREE_LEVELS) return null;
	return { high: { source: high.source, level: high.level }, low: { source: low.source, level: low.level } };
}

/** One competency of one officer, as the superior and as others see it. */
export interface KindnessPair {
	officerId: string;
	own: number;
	/** Mean of the other sources, the officer's own view left out: it is no measure of somebody else's kindness. */
	others: number;
}

export interface Kindness {
	officers: number;
	pairs: number;
	/** Mean over officers of the officer's mean difference; positive = higher than others. */
	difference: number;
	/** `difference` × officers ÷ (officers + 5). */
	shrunk: number;
}

/**
 * A rater's habit: how much higher than others he rates the same people on the same competencies. Each officer counts
 * once, since nine ratings of one person are not nine witnesses; drawn towards 0 while the officers are few. Null with
 * fewer than five officers. It may also be that he knows his people better: a reason to talk, never to change a level.
 */
export function kindness(pairs: readonly KindnessPair[]): Kindness | null {
	const byOfficer = Map.groupBy(pairs, (pair) => pair.officerId);
	if (byOfficer.size < FEWEST_OFFICERS) return null;
	const means = [...byOfficer.values()].map((own) => own.reduce((sum, pair) => sum + pair.own - pair.others, 0) / own.length);
	const difference = means.reduce((sum, mean) => sum + mean, 0) / means.length;
	return {
		officers: means.length,
		pairs: pairs.length,
		difference,
		shrunk: (difference * means.length) / (means.length + BELIEVED_BY_HALF)
	};
}

/** What to say of it. */
export const kindnessWord = (habit: Kindness): 'higher' | 'lower' | 'alike' =>
	habit.shrunk >= WORTH_A_WORD ? 'higher' : habit.shrunk <= -WORTH_A_WORD ? 'lower' : 'alike';
