import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { publish } from '#platform/events.ts';
import { isId, newId } from '#platform/ids.ts';
import { ask, settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { store } from '#modules/records/server/index.ts';
import { pointsOf, scorePercent, sittingState, type SittingState } from '../rules.ts';
import { maySit } from './access.ts';
import { questionsOf, test } from './tests.ts';

export interface SittingOrder {
	testId: string;
	/** Who asked, a measurement; a person is asked once for it. */
	ref: string;
	officerIds: string[];
	opensAt: Date;
	dueAt: Date;
}

/** Asks each officer, enrolled or not, for the test in the window; asking again changes nothing. */
export async function assignSittings(db: Db, at: Date, order: SittingOrder): Promise<void> {
	const { title } = await test(db, order.testId);
	const rows = order.officerIds.map((officerId) => ({ id: newId(), officer_id: officerId }));
	const { rows: made } = await sql<{
		id: string;
		officer_id: string;
	}>`insert into assessment.sittings (id, test_id, officer_id, ref, opens_at, due_at, created_at)
		select t.id, ${order.testId}, t.officer_id, ${order.ref}, ${order.opensAt}, ${order.dueAt}, ${at}
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, officer_id uuid)
		on conflict (ref, officer_id) do nothing returning id, officer_id`.execute(db);
	await ask(
		db,
		made.map((row) => ({
			personId: row.officer_id,
			kind: 'assessment_test',
			ref: row.id,
			href: `/tes/${row.id}`,
			params: { title },
			opensAt: order.opensAt,
			dueAt: order.dueAt
		}))
	);
}

export interface Sitting {
	id: string;
	test_id: string;
	officer_id: string;
	ref: string;
	opens_at: Date;
	due_at: Date;
	attempt_id: string | null;
	started_at: Date | null;
	submitted_at: Date | null;
	score_percent: number | null;
	/** The same test is asked of this person again later: key and score stay hidden. */
	comes_again: boolean;
}

/** The actor's own sitting; anybody else's is not found. */
export async function sitting(db: Db, actor: Actor, id: string): Promise<Sitting> {
	const { rows } = isId(id)
		? await sql<Sitting>`select s.id, s.test_id, s.officer_id, s.ref, s.opens_at, s.due_at, a.id as attempt_id, a.started_at, a.submitted_at, a.score_percent,
			exists (select 1 from assessment.sittings l where l.officer_id = s.officer_id and l.test_id = s.test_id and l.opens_at > s.opens_at) as comes_again
			from assessment.sittings s left join assessment.attempts a on a.sitting_id = s.id where s.id = ${id}`.execute(db)
		: { rows: [] };
	if (!rows[0] || !maySit(actor, rows[0].officer_id)) throw new NotFound('sitting');
	return rows[0];
}

/** The paper in front of the person: questions without key, what was saved so far. */
export async function paper(db: Db, actor: Actor, at: Date, id: string) {
	const found = await sitting(db, actor, id);
	const held = await test(db, found.test_id);
	const state = sittingState(found, at);
	const questions = state === 'open' ? await questionsOf(db, found.test_id) : [];
	const saved = found.attempt_id ? await answersOf(db, found.attempt_id) : new Map<string, string[]>();
	return {
		sitting: found,
		title: held.title,
		state,
		questions: questions.map((question) => ({
			id: question.id,
			kind: question.kind,
			stem: question.stem,
			options: question.options.map(({ id: optionId, text }) => ({ id: optionId, text })),
			chosen: saved.get(question.id) ?? []
		}))
	};
}

async function answersOf(db: Db, attemptId: string): Promise<Map<string, string[]>> {
	const { rows } = await sql<{
		question_id: string;
		option_ids: string[];
	}>`select question_id, option_ids from assessment.answers where attempt_id = ${attemptId}`.execute(db);
	return new Map(rows.map((row) => [row.question_id, row.option_ids]));
}

/** The attempt, begun now where it was not; locked until the transaction ends, so that two hand-ins come one by one. */
async function attempt(db: Db, at: Date, sittingId: string): Promise<{ id: string; submitted_at: Date | null }> {
	await sql`insert into assessment.attempts (id, sitting_id, started_at) values (${newId()}, ${sittingId}, ${at}) on conflict (sitting_id) do nothing`.execute(
		db
	);
	const { rows } = await sql<{
		id: string;
		submitted_at: Date | null;
	}>`select id, submitted_at from assessment.attempts where sitting_id = ${sittingId} for update`.execute(db);
	return rows[0]!;
}

const requireOpen = (state: SittingState): void => {
	if (state === 'not_yet') throw new Refusal('assessment_refusal_not_yet');
	if (state === 'closed') throw new Refusal('assessment_refusal_closed');
};

/** Keeps answers as they are given; the last one to a question counts until the test is handed in. */
export async function saveAnswers(
	db: Db,
	actor: Actor,
	at: Date,
	sittingId: string,
	answers: ReadonlyMap<string, string[]>
): Promise<void> {
	const found = await sitting(db, actor, sittingId);
	requireOpen(sittingState(found, at));
	const begun = await attempt(db, at, sittingId);
	if (begun.submitted_at) return;
	const questions = await questionsOf(db, found.test_id);
	for (const question of questions) {
		const chosen = answers.get(question.id);
		if (!chosen) continue;
		const known = question.options.map((option) => option.id).filter((optionId) => chosen.includes(optionId));
		await sql`insert into assessment.answers (attempt_id, question_id, option_ids, answered_at) values (${begun.id}, ${question.id}, ${known}::uuid[], ${at})
			on conflict (attempt_id, question_id) do update set option_ids = excluded.option_ids, answered_at = excluded.answered_at`.execute(db);
	}
}

/** Hands the test in: saves, scores, records, tells who asked. A second hand-in answers the first result. */
export async function submit(
	db: Db,
	actor: Actor,
	at: Date,
	sittingId: string,
	answers: ReadonlyMap<string, string[]>
): Promise<{ scorePercent: number }> {
	const found = await sitting(db, actor, sittingId);
	if (found.submitted_at) return { scorePercent: found.score_percent! };
	requireOpen(sittingState(found, at));
	const begun = await attempt(db, at, sittingId);
	if (begun.submitted_at) return { scorePercent: (await sitting(db, actor, sittingId)).score_percent! };
	await saveAnswers(db, actor, at, sittingId, answers);
	const questions = (await questionsOf(db, found.test_id)).map((question) => ({
		id: question.id,
		kind: question.kind,
		correctOptionIds: question.options.filter((option) => option.correct).map((option) => option.id)
	}));
	const given = await answersOf(db, begun.id);
	const score = scorePercent(questions, given);
	for (const question of questions)
		await sql`update assessment.answers set points = ${pointsOf(question, given.get(question.id) ?? [])} where attempt_id = ${begun.id} and question_id = ${question.id}`.execute(
			db
		);
	await sql`update assessment.attempts set submitted_at = ${at}, score_percent = ${score} where id = ${begun.id}`.execute(db);
	await store(db, at, {
		id: begun.id,
		personId: found.officer_id,
		verb: 'completed',
		objectType: 'test',
		objectId: found.test_id,
		context: { sitting: sittingId },
		result: { scaled: score / 100 }
	});
	await settle(db, at, 'assessment_test', sittingId);
	await publish(db, at, 'assessment.submitted', { sittingId, ref: found.ref, officerId: found.officer_id });
	return { scorePercent: score };
}

export interface Score {
	officerId: string;
	/** 0–100. */
	scorePercent: number;
	submittedAt: Date;
}

/** Scores of everybody asked by `ref` who handed in. */
export async function scoresOf(db: Db, ref: string): Promise<Score[]> {
	const { rows } = await sql<Score>`select s.officer_id as "officerId", a.score_percent as "scorePercent", a.submitted_at as "submittedAt"
		from assessment.sittings s join assessment.attempts a on a.sitting_id = s.id
		where s.ref = ${ref} and a.submitted_at is not null order by a.submitted_at, s.officer_id`.execute(db);
	return rows;
}

/** Answers of a posted paper: fields `q-<question>` hold the chosen options, one or several. */
export function answersIn(form: FormData): Map<string, string[]> {
	const answers = new Map<string, string[]>();
	for (const key of new Set(form.keys())) if (key.startsWith('q-')) answers.set(key.slice(2), form.getAll(key).map(String));
	return answers;
}
