/** Decisions about 360° rounds, as pure functions. */

export const FEEDBACK_SOURCES = ['superior', 'self', 'peer', 'subordinate'] as const;
export type FeedbackSource = (typeof FEEDBACK_SOURCES)[number];
/** Sources whose raters are promised that nobody learns who said what. */
export const ANONYMOUS_SOURCES = ['peer', 'subordinate'] as const satisfies readonly FeedbackSource[];
export const isAnonymous = (source: FeedbackSource): boolean => (ANONYMOUS_SOURCES as readonly FeedbackSource[]).includes(source);

/** Fewer anonymous raters are no group: each could work out the others. */
export const FEWEST_RATERS = 3;
/** So many colleagues at most (as peer and as subordinate together) is one person asked about in a round. */
export const MOST_COLLEAGUES = 5;
/** So many raters of one anonymous source are proposed: three must answer, and two may be away. */
export const WANTED_RATERS = 5;
export const MOST_RATERS = 10;
/** Nine take about three minutes; more would not stay under five. */
export const MOST_TOPICS = 12;
export const MOST_SUBJECTS = 300;
/**
 * Days between two rounds about the same person. Two rounds close together, the second with one rater more, would
 * give that rater's answer by subtraction; and nobody wants to answer the same questions every month.
 */
export const REST_DAYS = 180;
export const SHORTEST_DAYS = 3;
export const LONGEST_DAYS = 60;

const DAY = 86_400_000;

export interface GroupResult {
	/** Mean of the answers, one decimal. */
	mean: number;
	level: number;
	/** Who gave a level; those who do not know enough are not counted. */
	raters: number;
}

/**
 * What one source says about one competency; null when it says nothing. Peers and subordinates need three levels. The
 * level is the mean rounded to a whole one, a half downwards: a group in two minds has not seen the higher level. It
 * follows from the mean as published and from nothing else, so both together tell no more than the mean alone.
 * @param answers levels 1–5, null = does not know enough
 */
export function groupResult(source: FeedbackSource, answers: readonly (number | null)[]): GroupResult | null {
	const levels = answers.filter((level) => level !== null);
	if (levels.length < (isAnonymous(source) ? FEWEST_RATERS : 1)) return null;
	const tenths = Math.round((levels.reduce((sum, level) => sum + level, 0) * 10) / levels.length);
	return { mean: tenths / 10, level: Math.floor(tenths / 10) + (tenths % 10 > 5 ? 1 : 0), raters: levels.length };
}

/** When raters are reminded: at the opening, half way, and on the day before the last; no moment twice. */
export function reminderMoments(opensAt: Date, dueAt: Date): Date[] {
	const half = new Date(opensAt.getTime() + (dueAt.getTime() - opensAt.getTime()) / 2);
	// the last day ends at `dueAt`: the mail of the day before goes out in that morning
	const before = new Date(dueAt.getTime() - 2 * DAY);
	return [opensAt, half, before].filter((moment, i, all) => i === 0 || moment.getTime() - all[i - 1]!.getTime() >= DAY / 2);
}

export interface Colleague {
	personId: string;
	unitId: string | null;
	rung: string | null;
	superiorPersonId: string | null;
	/** Can sign in today. */
	hasAccount: boolean;
}

export interface RaterOf {
	subjectId: string;
	raterId: string;
	source: FeedbackSource;
}

/**
 * Proposes who rates whom: oneself, the superior, and up to five peers (same superior) and five subordinates, nearest
 * first (same unit, same rung, can sign in) and the least burdened before others; nobody about more than five
 * colleagues. A group that cannot reach three is left out: its answers would be asked for nothing.
 * @param excluded who may read the results: their own answer would tell them the rest of the group
 */
export function proposeRaters(subjectIds: readonly string[], circle: readonly Colleague[], excluded: ReadonlySet<string>): RaterOf[] {
	const known = new Map(circle.map((one) => [one.personId, one]));
	const proposed: RaterOf[] = [];
	const groups: Group[] = [];
	for (const subjectId of subjectIds) {
		const subject = known.get(subjectId);
		if (!subject) continue;
		proposed.push({ subjectId, raterId: subjectId, source: 'self' });
		if (subject.superiorPersonId) proposed.push({ subjectId, raterId: subject.superiorPersonId, source: 'superior' });
		for (const source of ANONYMOUS_SOURCES) {
			const candidates = candidatesOf(subject, source, circle).filter((one) => !excluded.has(one.personId));
			if (candidates.length >= FEWEST_RATERS) groups.push({ subject, source, candidates, chosen: [] });
		}
	}
	fill(groups);
	return [
		...proposed,
		...groups.flatMap(({ subject, source, chosen }) => chosen.map((raterId): RaterOf => ({ subjectId: subject.personId, raterId, source })))
	];
}

interface Group {
	subject: Colleague;
	source: FeedbackSource;
	candidates: Colleague[];
	chosen: string[];
}

/** Who could rate this person from that source, the nearest first. */
export function candidatesOf(subject: Colleague, source: FeedbackSource, circle: readonly Colleague[]): Colleague[] {
	const fits = (one: Colleague) =>
		one.personId !== subject.personId &&
		one.personId !== subject.superiorPersonId &&
		(source === 'subordinate'
			? one.superiorPersonId === subject.personId
			: one.superiorPersonId !== null && one.superiorPersonId === subject.superiorPersonId);
	return circle.filter(fits).sort((a, b) => distance(subject, a) - distance(subject, b) || (a.personId < b.personId ? -1 : 1));
}

const distance = (subject: Colleague, one: Colleague): number =>
	(one.hasAccount ? 0 : 4) + (one.unitId === subject.unitId ? 0 : 2) + (one.rung === subject.rung ? 0 : 1);

/** Deals raters one by one, so that everybody has three before anybody has four. */
function fill(groups: Group[]): void {
	const load = new Map<string, number>();
	const loadOf = (personId: string) => load.get(personId) ?? 0;
	const deal = (alive: Group[]) => {
		for (let round = 1; round <= WANTED_RATERS; round++) {
			for (const group of alive.toSorted((a, b) => a.candidates.length - b.candidates.length)) {
				if (group.chosen.length >= round) continue;
				const free = group.candidates.filter((one) => !group.chosen.includes(one.personId) && loadOf(one.personId) < MOST_COLLEAGUES);
				// somebody further away, rather than a neighbour who was asked about one colleague more
				const cost = (one: Colleague) => loadOf(one.personId) + distance(group.subject, one);
				const next = free.toSorted((a, b) => cost(a) - cost(b))[0];
				if (!next) continue;
				group.chosen.push(next.personId);
				load.set(next.personId, loadOf(next.personId) + 1);
			}
		}
	};
	deal(groups);
	for (const group of groups.filter((one) => one.chosen.length < FEWEST_RATERS)) {
		for (const personId of group.chosen) load.set(personId, loadOf(personId) - 1);
		group.chosen = [];
	}
	// what the left-out groups gave back may fill the others
	deal(groups.filter((group) => group.chosen.length > 0));
}
