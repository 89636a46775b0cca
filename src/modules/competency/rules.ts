/**
 * Decisions about one person's competence, as pure functions. Mass work says the same in SQL
 * (`server/levels.ts`); `levels.test.ts` holds the two equal.
 */

/** Where a rating may come from, the strongest first (regulations §2.3); the first that is still valid counts. */
export const SOURCES = ['assessment_centre', 'test', 'superior', 'peer', 'subordinate', 'self'] as const;
export type Source = (typeof SOURCES)[number];
/** As `competency.ratings.strength` keeps it, the higher the stronger: its indexes answer without reading a rating. */
export const strengthOf = (source: Source): number => SOURCES.length - SOURCES.indexOf(source);

/** No figure about fewer people leaves the circle that may see those people. */
export const SMALLEST_SHOWN = 5;

export interface Rating {
	id: string;
	level: number;
	source: Source;
	ratedAt: Date;
	/** Last day on which it counts, `yyyy-mm-dd`; null = without end. */
	validUntil: string | null;
}

/** True while the rating counts on `day`. */
export const isValid = (rating: Pick<Rating, 'validUntil'>, day: string): boolean => rating.validUntil === null || rating.validUntil >= day;

/** The rating that counts at `at` (calendar day `day`): strongest source, then newest; undefined when none is valid. */
export function strongest<R extends Rating>(ratings: R[], at: Date, day: string): R | undefined {
	return ratings
		.filter((rating) => rating.ratedAt <= at && isValid(rating, day))
		.sort(
			(a, b) => SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source) || b.ratedAt.getTime() - a.ratedAt.getTime() || (a.id < b.id ? 1 : -1)
		)[0];
}

/**
 * Levels short of what the post asks for, never below 0: a surplus closes no other gap. Null when either side is
 * unknown: somebody not rated yet has no gap of full size, the gap is not known.
 */
export const gapOf = (required: number | null, actual: number | null): number | null =>
	required === null || actual === null ? null : Math.max(0, required - actual);

export interface Standard {
	postRef: string | null;
	rung: string | null;
	level: number;
	validFrom: string;
	validTo: string | null;
}

/** The standard of one competency on `day`: the post's own newest version, else the rung's (*standar umum*). */
export function standardOf<S extends Standard>(
	standards: S[],
	post: { postRef: string | null; rung: string | null },
	day: string
): S | undefined {
	const inForce = standards.filter((standard) => standard.validFrom <= day).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
	// the newest version of the post decides, also when it has ended: an older one does not come back to life
	const own = inForce.find((standard) => standard.postRef !== null && standard.postRef === post.postRef);
	const common = inForce.find((standard) => standard.rung !== null && standard.rung === post.rung);
	return [own, common].find((standard) => standard && (standard.validTo === null || standard.validTo >= day));
}

/** Career lines, from the lowest rung to the highest (PermenPANRB 38/2017, PermenPANRB 1/2023). */
const LINES = [
	['pelaksana', 'pengawas', 'administrator', 'jpt_pratama', 'jpt_madya', 'jpt_utama'],
	['pemula', 'terampil', 'mahir', 'penyelia'],
	['ahli_pertama', 'ahli_muda', 'ahli_madya', 'ahli_utama']
];

/** The rung above in the same line; null at its top and for a rung that is not known. */
export function nextRung(rung: string | null): string | null {
	const line = LINES.find((one) => one.includes(rung ?? ''));
	return line?.[line.indexOf(rung!) + 1] ?? null;
}

/** The last day on which a rating made on `day` counts, `months` later. 31 January + 1 month is 28 February. */
export function lastDay(day: string, months: number): string {
	const [year, month, date] = day.split('-').map(Number) as [number, number, number];
	const end = new Date(Date.UTC(year, month - 1 + months + 1, 0));
	end.setUTCDate(Math.min(date, end.getUTCDate()));
	return end.toISOString().slice(0, 10);
}

export interface JobPersonMatch {
	/** Per cent, a level above the required one counted in full. */
	withSurplus: number;
	/** Per cent, each level counted at most as the required one. */
	withoutSurplus: number;
}

/**
 * JPM = Σ level ÷ Σ required × 100 (regulations §2.3). The sources do not settle whether a surplus counts, so both
 * are given. Null when a level is unknown or nothing is required.
 */
export function jobPersonMatch(rows: { required: number; actual: number | null }[]): JobPersonMatch | null {
	if (rows.length === 0 || rows.some((row) => row.actual === null)) return null;
	const required = rows.reduce((sum, row) => sum + row.required, 0);
	const levels = rows.reduce((sum, row) => sum + row.actual!, 0);
	const capped = rows.reduce((sum, row) => sum + Math.min(row.actual!, row.required), 0);
	return { withSurplus: (levels * 100) / required, withoutSurplus: (capped * 100) / required };
}

/**
 * Whether a kind of competency is part of the JPM. Peraturan BKN 26/2019, behind both category sets, is about assessment
 * centres, which measure managerial and socio-cultural competence; technical competence has its own test (*uji
 * kompetensi*) with weights of its own (regulations §2.3). No source puts it into the JPM, so its gaps stand beside it.
 */
export const inJobPersonMatch = (category: string): boolean => category === 'manajerial' || category === 'sosial_kultural';

export type JpmPurpose = 'pengisian_jabatan' | 'pemetaan';
export interface JpmCategory {
	purpose: JpmPurpose;
	code: string;
	minimum: number;
}

/** The category of a match for a purpose: the highest whose minimum it reaches. */
export const jpmCategory = <C extends JpmCategory>(categories: C[], purpose: JpmPurpose, match: number): C | undefined =>
	categories.filter((category) => category.purpose === purpose && match >= category.minimum).sort((a, b) => b.minimum - a.minimum)[0];

/**
 * Which of a column's cells to hide from somebody who may not see the persons. Cells of 1 to 4 rated people are
 * hidden; while the hidden ones together hold fewer than five, the next smallest goes too, since it could otherwise be
 * had by subtraction from the total. Returns the indexes to hide. Empty cells show "not rated" and hide nobody.
 */
export function hiddenCells(assessed: number[], smallest: number = SMALLEST_SHOWN): Set<number> {
	const filled = assessed
		.map((count, index) => ({ count, index }))
		.filter((cell) => cell.count > 0)
		.sort((a, b) => a.count - b.count);
	const hidden = new Set<number>();
	let people = 0;
	for (const cell of filled) {
		if (cell.count >= smallest && (hidden.size === 0 || people >= smallest)) break;
		hidden.add(cell.index);
		people += cell.count;
	}
	return hidden;
}

/** Columns and orders of the list of persons behind a gap; the name is always there. */
export const GAP_COLUMNS = ['name', 'unit', 'opd', 'required', 'actual', 'gap', 'rated'] as const;
export type GapColumn = (typeof GAP_COLUMNS)[number];
export const GAP_SORTS = ['gap', 'name', 'unit', 'required', 'actual', 'rated'] as const;
export type GapSort = (typeof GAP_SORTS)[number];
export const GAP_STATES = ['short', 'met', 'unknown'] as const;
export type GapState = (typeof GAP_STATES)[number];
