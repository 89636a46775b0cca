import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { jobPersonMatch, jpmCategory, type JobPersonMatch, type JpmPurpose } from '../rules.ts';
import { jpmCategories } from './dictionary.ts';
import { profileOf } from './profiles.ts';

export interface AssessmentResult {
	assessedOn: string;
	validUntil: string | null;
	provider: string | null;
	method: string | null;
	purpose: JpmPurpose;
	/** Null when a level is missing. */
	match: JobPersonMatch | null;
	/** Labels of the purpose's set, with and without surplus. */
	category: string | null;
	categoryWithoutSurplus: string | null;
}

/** The newest result of an officer against the standard of the post held now; undefined without any. No check of access. */
export async function newestAssessment(db: Db, at: Date, officerId: string): Promise<AssessmentResult | undefined> {
	const { rows } = await sql<{
		assessed_on: string;
		valid_until: string | null;
		provider: string | null;
		method: string | null;
		purpose: JpmPurpose;
		levels: Record<string, number>;
	}>`select assessed_on, valid_until, provider, method, purpose, levels from competency.assessments
		where officer_id = ${officerId} order by assessed_on desc, id desc limit 1`.execute(db);
	const found = rows[0];
	if (!found) return undefined;
	const asked = (await profileOf(db, at, officerId)).filter((row) => row.required !== null && /^(M|SK)\./.test(row.code));
	const match = jobPersonMatch(asked.map((row) => ({ required: row.required!, actual: found.levels[row.code] ?? null })));
	const categories = await jpmCategories(db, at);
	const label = (value: number | undefined) =>
		value === undefined ? null : (jpmCategory(categories, found.purpose, value)?.label ?? null);
	return {
		assessedOn: found.assessed_on,
		validUntil: found.valid_until,
		provider: found.provider,
		method: found.method,
		purpose: found.purpose,
		match,
		category: label(match?.withSurplus),
		categoryWithoutSurplus: label(match?.withoutSurplus)
	};
}
