import { sql } from 'kysely';
import { officerCard } from '#modules/people/server/index.ts';
import { covers, type Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { predicateOf, type ExpectationRating, type Predicate } from '../rules.ts';

export interface Appraisal {
	year: number;
	result_rating: ExpectationRating | null;
	behaviour_rating: ExpectationRating | null;
	/** As the national system says it. */
	predicate: Predicate | null;
	/** False when the two ratings give another predicate by the matrix. */
	agrees: boolean;
	score: number | null;
}

/** An officer's appraisals, the newest first: for the officer and those who work with the persons of that unit. */
export async function appraisalsOf(db: Db, actor: Actor, officerId: string): Promise<Appraisal[]> {
	const card = await officerCard(db, officerId);
	if (actor.officerId !== card.id && !covers(actor, card.unit_path, 'administrator', 'programme_manager', 'training_officer', 'superior'))
		throw new NotFound('officer');
	const { rows } = await sql<
		Omit<Appraisal, 'agrees'>
	>`select year, result_rating, behaviour_rating, predicate, score from performance.appraisals
		where officer_id = ${officerId} order by year desc`.execute(db);
	return rows.map((row) => {
		const expected = predicateOf(row.result_rating, row.behaviour_rating);
		return { ...row, agrees: expected === null || row.predicate === null || expected === row.predicate };
	});
}

/** Officers by predicate in a year, only where the two ratings are there and agree with it. */
export async function predicatesIn(db: Db, year: number): Promise<Map<Predicate, number>> {
	const { rows } = await sql<
		Omit<Appraisal, 'agrees'>
	>`select year, result_rating, behaviour_rating, predicate, score from performance.appraisals
		where year = ${year} and predicate is not null`.execute(db);
	const counts = new Map<Predicate, number>();
	for (const row of rows)
		if (predicateOf(row.result_rating, row.behaviour_rating) === row.predicate)
			counts.set(row.predicate!, (counts.get(row.predicate!) ?? 0) + 1);
	return counts;
}
