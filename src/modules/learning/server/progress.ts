import { sql } from 'kysely';
import {
	addCompletionRequirement,
	enrolment,
	enrolmentsOf,
	fulfilCompletionRequirement,
	type Enrolment
} from '#modules/catalogue/server/index.ts';
import { pointsOf } from '#modules/assessment/index.ts';
import { questionsOf } from '#modules/assessment/server/index.ts';
import { store } from '#modules/records/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Listener } from '#platform/events.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { lessonBytes } from '../rules.ts';
import { mayLearn } from './access.ts';
import { lesson } from './courses.ts';
import { lessonHtml } from './markdown.ts';

/** A seat in a class whose version has lessons must finish them; whoever writes lessons later binds nobody. */
export const enrolledListener: Listener = {
	name: 'learning.course_requirement',
	type: 'catalogue.enrolled',
	async handle(db, event) {
		const seat = await enrolment(db, event.payload.enrolmentId!);
		const { rows } = await sql`select 1 from learning.lessons l join learning.courses c on c.id = l.course_id
			where c.programme_version_id = ${seat.programme_version_id} and l.published_at is not null limit 1`.execute(db);
		if (rows.length > 0) await addCompletionRequirement(db, seat.id, 'course');
	}
};

/** Published lessons of the seat's course and how many the person finished. */
export async function progressOf(db: Db, enrolmentId: string): Promise<{ lessons: number; finished: number }> {
	const { rows } = await sql<{
		lessons: number;
		finished: number;
	}>`select count(l.id)::int as lessons, count(g.finished_at)::int as finished
		from catalogue.enrolments e join catalogue.classes k on k.id = e.class_id
		join learning.courses c on c.programme_version_id = k.programme_version_id
		join learning.lessons l on l.course_id = c.id and l.published_at is not null
		left join learning.lesson_progress g on g.lesson_id = l.id and g.enrolment_id = e.id
		where e.id = ${enrolmentId}`.execute(db);
	return rows[0] ?? { lessons: 0, finished: 0 };
}

export interface LessonStep {
	id: string;
	position: number;
	title: string;
	minutes: number;
	bytes: number;
	finished_at: Date | null;
}

async function ownSeat(db: Db, actor: Actor, enrolmentId: string): Promise<Enrolment> {
	const seat = await enrolment(db, enrolmentId);
	if (!mayLearn(actor, seat)) throw new NotFound('enrolment');
	return seat;
}

async function steps(db: Db, seat: Enrolment): Promise<LessonStep[]> {
	const { rows } = await sql<
		Omit<LessonStep, 'bytes'> & { body_markdown: string }
	>`select l.id, l.position, l.title, l.minutes, l.body_markdown, g.finished_at
		from learning.lessons l join learning.courses c on c.id = l.course_id
		left join learning.lesson_progress g on g.lesson_id = l.id and g.enrolment_id = ${seat.id}
		where c.programme_version_id = ${seat.programme_version_id} and l.published_at is not null order by l.position`.execute(db);
	return rows.map(({ body_markdown, ...row }) => ({ ...row, bytes: lessonBytes(body_markdown) }));
}

/** The learner's seats that have lessons, the running ones first. */
export async function ownCourses(db: Db, actor: Actor) {
	if (!actor.officerId) return [];
	const seats = (await enrolmentsOf(db, actor.officerId)).filter((seat) => seat.withdrawn_at === null);
	return Promise.all(seats.map(async (seat) => ({ seat, ...(await progressOf(db, seat.id)) })));
}

export async function ownCourse(db: Db, actor: Actor, enrolmentId: string): Promise<{ seat: Enrolment; steps: LessonStep[] }> {
	const seat = await ownSeat(db, actor, enrolmentId);
	return { seat, steps: await steps(db, seat) };
}

/** Opens a lesson: what is read, the questions in it, and the newest answer to each with its explanation. */
export async function openLesson(db: Db, actor: Actor, at: Date, enrolmentId: string, lessonId: string) {
	const seat = await ownSeat(db, actor, enrolmentId);
	const all = await steps(db, seat);
	const place = all.findIndex((step) => step.id === lessonId);
	if (place < 0) throw new NotFound('lesson');
	const found = await lesson(db, lessonId);
	await sql`insert into learning.lesson_progress (enrolment_id, lesson_id, opened_at) values (${seat.id}, ${lessonId}, ${at}) on conflict do nothing`.execute(
		db
	);
	const { rows: answers } = await sql<{
		question_id: string;
		option_ids: string[];
		correct: boolean;
	}>`select distinct on (question_id) question_id, option_ids, correct
		from learning.practice_answers where enrolment_id = ${seat.id} order by question_id, answered_at desc, id desc`.execute(db);
	const questions = found.practice_test_id ? await questionsOf(db, found.practice_test_id) : [];
	return {
		seat,
		step: all[place]!,
		of: all.length,
		next: all[place + 1],
		html: lessonHtml(found.body_markdown),
		questions: questions.map((question) => {
			const answer = answers.find((candidate) => candidate.question_id === question.id);
			return {
				id: question.id,
				kind: question.kind,
				stem: question.stem,
				options: question.options.map(({ id, text, correct }) => ({ id, text, correct: answer ? correct : undefined })),
				chosen: answer?.option_ids ?? [],
				correct: answer?.correct,
				explanation: answer ? question.explanation : ''
			};
		})
	};
}

/** Answers a question inside a lesson; every try is kept, the explanation comes at once. */
export async function answerPractice(
	db: Db,
	actor: Actor,
	at: Date,
	enrolmentId: string,
	lessonId: string,
	questionId: string,
	chosen: string[]
): Promise<{ correct: boolean }> {
	const seat = await ownSeat(db, actor, enrolmentId);
	const found = await lesson(db, lessonId);
	if (found.programme_version_id !== seat.programme_version_id || !found.practice_test_id) throw new NotFound('lesson');
	const question = (await questionsOf(db, found.practice_test_id)).find((candidate) => candidate.id === questionId);
	if (!question) throw new NotFound('question');
	const known = question.options.map((option) => option.id).filter((id) => chosen.includes(id));
	if (known.length === 0) throw new Refusal('learning_refusal_choose', { field: questionId });
	const correct =
		pointsOf(
			{
				id: question.id,
				kind: question.kind,
				correctOptionIds: question.options.filter((option) => option.correct).map((option) => option.id)
			},
			known
		) === 1;
	const id = newId();
	await sql`insert into learning.practice_answers (id, enrolment_id, question_id, option_ids, correct, answered_at) values (${id}, ${seat.id}, ${questionId}, ${known}::uuid[], ${correct}, ${at})`.execute(
		db
	);
	await store(db, at, {
		id,
		personId: seat.officer_id,
		verb: 'answered',
		objectType: 'question',
		objectId: questionId,
		context: { enrolment: seat.id, lesson: lessonId },
		result: { success: correct }
	});
	return { correct };
}

/** "Selesai dan lanjut": marks the lesson finished once; with the last one the course requirement is fulfilled. */
export async function finishLesson(
	db: Db,
	actor: Actor,
	at: Date,
	enrolmentId: string,
	lessonId: string
): Promise<{ next: string | undefined }> {
	const seat = await ownSeat(db, actor, enrolmentId);
	const all = await steps(db, seat);
	if (!all.some((step) => step.id === lessonId)) throw new NotFound('lesson');
	const first =
		await sql`insert into learning.lesson_progress (enrolment_id, lesson_id, opened_at, finished_at) values (${seat.id}, ${lessonId}, ${at}, ${at})
		on conflict (enrolment_id, lesson_id) do update set finished_at = excluded.finished_at where learning.lesson_progress.finished_at is null returning lesson_id`.execute(
			db
		);
	if (first.rows.length > 0)
		await store(db, at, {
			id: newId(),
			personId: seat.officer_id,
			verb: 'completed',
			objectType: 'lesson',
			objectId: lessonId,
			context: { enrolment: seat.id }
		});
	const { lessons, finished } = await progressOf(db, seat.id);
	if (lessons > 0 && finished === lessons) await fulfilCompletionRequirement(db, at, seat.id, 'course');
	return { next: all.find((step) => step.id !== lessonId && step.finished_at === null)?.id };
}
