import { sql } from 'kysely';
import { officerCards } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { lastDay, type Source } from '../rules.ts';
import { mayRate } from './access.ts';

export interface NewRating {
	officerId: string;
	competencyId: string;
	/** 1 to 5. */
	level: number;
	source: Source;
	note?: string;
	/** What a 360° round counted; the system's alone to say. */
	counted?: {
		roundId: string;
		/** One decimal. */
		mean: number;
		raters: number;
		/** Account of the one rater; null for a group. */
		ratedBy: string | null;
	};
}

/**
 * One more rating beside the earlier ones; none is overwritten. The rule of validity in force that day fixes its last
 * day.
 * @throws NotFound when the actor may not rate this officer from this source, or the competency does not exist
 */
export async function recordRating(db: Db, actor: Actor, at: Date, rating: NewRating): Promise<{ ratingId: string }> {
	const [ratingId] = await recordRatings(db, actor, at, [rating]);
	return { ratingId: ratingId! };
}

/** Several at once, all or none; the same officer and competency twice in one call is a fault of the caller. */
export async function recordRatings(db: Db, actor: Actor, at: Date, ratings: NewRating[]): Promise<string[]> {
	if (ratings.length === 0) throw new Refusal('competency_rate_nobody');
	const officers = new Map(
		(await officerCards(db, [...new Set(ratings.map((rating) => rating.officerId))])).map((card) => [card.id, card])
	);
	const validity = await validityMonths(db, at);
	const rows = [];
	for (const rating of ratings) {
		const officer = officers.get(rating.officerId);
		if (!officer || !(await mayRate(db, actor, at, officer, rating.source))) throw new NotFound('officer');
		if (rating.counted && !actor.system) throw new NotFound('round');
		const months = validity.get(rating.source)?.months;
		rows.push({
			id: newId(at.getTime()),
			officer_id: rating.officerId,
			competency_id: rating.competencyId,
			level: rating.level,
			source: rating.source,
			rated_by: rating.counted ? rating.counted.ratedBy : actor.accountId,
			rated_at: at,
			valid_until: months === undefined ? null : lastDay(dayOf(at), months),
			note: rating.note || null,
			round_id: rating.counted?.roundId ?? null,
			mean: rating.counted?.mean ?? null,
			raters: rating.counted?.raters ?? null
		});
	}
	const known =
		await sql`select id from competency.competencies where id = any(${[...new Set(rows.map((row) => row.competency_id))]}::uuid[])`.execute(
			db
		);
	if (known.rows.length !== new Set(rows.map((row) => row.competency_id)).size) throw new NotFound('competency');
	await sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_by, rated_at, valid_until, note, round_id, mean, raters)
		select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
			as t(id uuid, officer_id uuid, competency_id uuid, level int, source text, rated_by uuid, rated_at timestamptz, valid_until date, note text, round_id uuid, mean numeric, raters int)`.execute(
		db
	);
	for (const row of rows) {
		await audit(
			db,
			actor,
			at,
			'competency.rate',
			{ type: 'officer', id: row.officer_id },
			{ rating: row.id, competency: row.competency_id, source: row.source, level: row.level }
		);
	}
	return rows.map((row) => row.id);
}

export interface ValidityRule {
	source: Source;
	months: number;
	basis: string;
	confidence: string;
	valid_from: string;
}

/** The rule in force per source. */
export async function validityMonths(db: Db, at: Date): Promise<Map<Source, ValidityRule>> {
	const { rows } =
		await sql<ValidityRule>`select distinct on (source) source, months, basis, confidence, valid_from from competency.validity_rules
		where valid_from <= ${dayOf(at)} order by source, valid_from desc`.execute(db);
	return new Map(rows.map((row) => [row.source, row]));
}
