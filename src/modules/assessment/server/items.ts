import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { itemStatistics, minimumPersonsForItems, provisionalBelowPersons, reliability, type ItemFlag } from '#statistics';
import { mayAuthor } from './access.ts';
import { questionsOf } from './tests.ts';

/** Points of every handed-in attempt, persons × questions in their order; an unanswered question has none. */
async function pointsOfAttempts(db: Db, testId: string): Promise<number[][]> {
	const { rows } = await sql<{ points: number[] }>`select array(
			select coalesce((select r.points from assessment.answers r where r.attempt_id = a.id and r.question_id = q.id), 0)::float8
			from assessment.questions q where q.test_id = s.test_id order by q.position) as points
		from assessment.attempts a join assessment.sittings s on s.id = a.sitting_id
		where s.test_id = ${testId} and a.submitted_at is not null order by a.id`.execute(db);
	return rows.map((row) => row.points);
}

/** Alpha of the test; undefined below thirty attempts or without variance. */
export async function reliabilityOf(db: Db, testId: string): Promise<{ alpha: number; attempts: number } | undefined> {
	const points = await pointsOfAttempts(db, testId);
	if (points.length < minimumPersonsForItems || (points[0]?.length ?? 0) < 2) return undefined;
	const { alpha } = reliability(points);
	return alpha === null ? undefined : { alpha, attempts: points.length };
}

export interface ItemResult {
	questionId: string;
	position: number;
	stem: string;
	/** Share right, 0–1. */
	difficulty: number;
	itemRest: number | null;
	flags: ItemFlag[];
}

/** How each question behaves, once thirty people handed the test in. */
export async function itemResults(
	db: Db,
	actor: Actor,
	testId: string
): Promise<{ attempts: number; needed: number; provisional: boolean; items: ItemResult[] }> {
	if (!mayAuthor(actor)) throw new NotFound('test');
	const points = await pointsOfAttempts(db, testId);
	const questions = await questionsOf(db, testId);
	const enough = points.length >= minimumPersonsForItems && questions.length >= 2;
	const statistics = enough ? itemStatistics(points) : [];
	return {
		attempts: points.length,
		needed: minimumPersonsForItems,
		provisional: points.length < provisionalBelowPersons,
		items: statistics.map((item, index) => ({
			questionId: questions[index]!.id,
			position: questions[index]!.position,
			stem: questions[index]!.stem,
			difficulty: item.difficulty,
			itemRest: item.itemRest,
			flags: item.flags
		}))
	};
}
