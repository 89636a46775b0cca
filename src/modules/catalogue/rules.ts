/** Decisions of the catalogue that need no database. Days are `yyyy-mm-dd`. */

/** Share of the class's days that must have been attended, unless the setting `catalogue.minimum_attendance` says otherwise. */
export const MINIMUM_ATTENDANCE = 0.8;

export type Arm = 'programme' | 'comparison';

/** What a version waits for before it may be published; the module that owns the thing fulfils it. */
export const PUBLICATION_REQUIREMENTS = ['evaluation_plan'] as const;

export type ClassState = 'soon' | 'open' | 'closed' | 'drawn' | 'running' | 'ended';

/**
 * Where a class stands. Without a draw it stays `closed` however late it is: nobody was enrolled yet.
 * @param day the calendar day of `at`
 */
export function classState(
	held: { applications_open_at: Date; applications_close_at: Date; starts_on: string; ends_on: string; drawn_at: Date | null },
	at: Date,
	day: string
): ClassState {
	if (held.drawn_at === null) {
		if (at < held.applications_open_at) return 'soon';
		return at < held.applications_close_at ? 'open' : 'closed';
	}
	if (day < held.starts_on) return 'drawn';
	return day <= held.ends_on ? 'running' : 'ended';
}

const DAY = 86_400_000;
const next = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

/** Days on which a class meets by default: Monday to Friday; every day where the class is shorter than a week and lies on a weekend. */
export function classDays(startsOn: string, endsOn: string): string[] {
	const all: string[] = [];
	for (let day = startsOn; day <= endsOn; day = next(day)) all.push(day);
	const weekdays = all.filter((day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
	return weekdays.length > 0 ? weekdays : all;
}

export interface CompletionFacts {
	/** Days the class met. */
	days: number;
	present: number;
	/** Between 0 and 1. */
	minimumShare: number;
	requirements: { kind: string; fulfilled: boolean }[];
}

/** What still stands in the way of completing; nothing = may be completed. */
export type CompletionObstacle = { kind: 'attendance'; missing: number } | { kind: 'requirement'; requirement: string };

/** Days somebody must attend: at least the share, never none. */
export const daysNeeded = (days: number, minimumShare: number): number => Math.max(1, Math.ceil(days * minimumShare - 1e-9));

export function completionObstacles(facts: CompletionFacts): CompletionObstacle[] {
	const missing = daysNeeded(facts.days, facts.minimumShare) - facts.present;
	return [
		...(missing > 0 ? [{ kind: 'attendance', missing } as const] : []),
		...facts.requirements
			.filter((requirement) => !requirement.fulfilled)
			.map((requirement) => ({ kind: 'requirement', requirement: requirement.kind }) as const)
	];
}

/** The application window of whole days in WIB: from the first moment of one to the last of the other. */
export const windowOf = (opensOn: string, closesOn: string): { applicationsOpenAt: Date; applicationsCloseAt: Date } => ({
	applicationsOpenAt: new Date(`${opensOn}T00:00:00+07:00`),
	applicationsCloseAt: new Date(`${next(closesOn)}T00:00:00+07:00`)
});

export interface ClassDates {
	applicationsOpenAt: Date;
	applicationsCloseAt: Date;
	startsOn: string;
	endsOn: string;
}

/** Why these dates make no class, as a code and its field; undefined = they do. */
export function datesObstacle(dates: ClassDates, at: Date, closesOn: string): { code: string; field: string } | undefined {
	if (dates.applicationsCloseAt <= at) return { code: 'catalogue_refusal_closes_past', field: 'closesOn' };
	if (dates.applicationsCloseAt <= dates.applicationsOpenAt) return { code: 'catalogue_refusal_closes_before_opening', field: 'closesOn' };
	if (dates.startsOn <= closesOn) return { code: 'catalogue_refusal_starts_before_draw', field: 'startsOn' };
	if (dates.endsOn < dates.startsOn) return { code: 'catalogue_refusal_ends_before_start', field: 'endsOn' };
	if (Date.parse(dates.endsOn) - Date.parse(dates.startsOn) > 366 * DAY) return { code: 'catalogue_refusal_too_long', field: 'endsOn' };
	return undefined;
}
