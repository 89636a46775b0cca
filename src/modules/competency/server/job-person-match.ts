import type { Db } from '#platform/database/connection.ts';
import { inJobPersonMatch, jobPersonMatch, jpmCategory, type JobPersonMatch, type JpmPurpose } from '../rules.ts';
import { jpmCategories } from './dictionary.ts';

export interface AskedRow {
	competencyId: string;
	category: string;
	name: string;
	required: number | null;
	actual: number | null;
	gap: number | null;
}

export interface MatchByPurpose {
	purpose: JpmPurpose;
	/** Minimum of each category, the highest first, as the page names the set: `80/68`. */
	minimums: number[];
	/** Label for each way of counting; null while the match is not known. */
	withSurplus: string | null;
	withoutSurplus: string | null;
	basis: string;
	confidence: string;
}

export interface MatchView {
	/** Competencies in the match, and of these those with a level. */
	asked: number;
	known: number;
	/** Null until every level is known: no figure is made of some. */
	match: JobPersonMatch | null;
	purposes: MatchByPurpose[];
	/** Competencies asked that are no part of the match: technical ones. */
	outside: number;
	/** Every gap, of competencies outside the match too, the largest first; a good match hides none. */
	gaps: { name: string; required: number; actual: number; gap: number }[];
	/** Names of those asked without a level. */
	unknown: string[];
}

const PURPOSES: JpmPurpose[] = ['pengisian_jabatan', 'pemetaan'];

/** The match of levels with what a post asks, for both purposes, both ways of counting side by side. No check of access. */
export async function matchOf(db: Db, at: Date, rows: AskedRow[]): Promise<MatchView> {
	const categories = await jpmCategories(db, at);
	const asked = rows.filter((row) => row.required !== null);
	const inside = asked.filter((row) => inJobPersonMatch(row.category));
	const match = jobPersonMatch(inside.map((row) => ({ required: row.required!, actual: row.actual })));
	return {
		asked: inside.length,
		known: inside.filter((row) => row.actual !== null).length,
		match,
		purposes: PURPOSES.map((purpose) => {
			const set = categories.filter((one) => one.purpose === purpose);
			const label = (value: number | undefined) => (value === undefined ? null : (jpmCategory(set, purpose, value)?.label ?? null));
			return {
				purpose,
				minimums: set.map((one) => one.minimum).filter((minimum) => minimum > 0),
				withSurplus: label(match?.withSurplus),
				withoutSurplus: label(match?.withoutSurplus),
				basis: set[0]?.basis ?? '',
				confidence: set[0]?.confidence ?? ''
			};
		}),
		outside: asked.length - inside.length,
		gaps: asked
			.flatMap(({ name, required, actual, gap }) => (gap !== null && gap > 0 ? [{ name, required: required!, actual: actual!, gap }] : []))
			.sort((a, b) => b.gap - a.gap),
		unknown: asked.filter((row) => row.actual === null).map((row) => row.name)
	};
}
