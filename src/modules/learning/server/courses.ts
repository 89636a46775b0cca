import { sql } from 'kysely';
import { programme, programmeVersion } from '#modules/catalogue/server/index.ts';
import {
	addQuestion,
	createTest,
	publishTest,
	questionsOf,
	removeQuestion,
	type Question,
	type QuestionInput
} from '#modules/assessment/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { mayAuthor } from './access.ts';

export interface Lesson {
	id: string;
	course_id: string;
	position: number;
	title: string;
	minutes: number;
	body_markdown: string;
	practice_test_id: string | null;
	published_at: Date | null;
}

export interface Course {
	id: string;
	programme_version_id: string;
	title: string;
	lessons: Lesson[];
}

/** The course of a programme version, drafts included; undefined where nobody wrote one. */
export async function courseOf(db: Db, versionId: string): Promise<Course | undefined> {
	const { rows } = await sql<
		Omit<Course, 'lessons'>
	>`select id, programme_version_id, title from learning.courses where programme_version_id = ${versionId}`.execute(db);
	if (!rows[0]) return undefined;
	const lessons = await sql<Lesson>`select * from learning.lessons where course_id = ${rows[0].id} order by position`.execute(db);
	return { ...rows[0], lessons: lessons.rows };
}

/** For authors: versions with how many lessons each has. */
export async function courses(
	db: Db,
	actor: Actor
): Promise<{ version_id: string; title: string; number: number; lessons: number; published: number }[]> {
	if (!mayAuthor(actor)) throw new NotFound('courses');
	const { rows } = await sql<{ version_id: string; title: string; number: number; lessons: number; published: number }>`
		select v.id as version_id, p.title, v.number, count(l.id)::int as lessons, count(l.published_at)::int as published
		from catalogue.programme_versions v join catalogue.programmes p on p.id = v.programme_id
		left join learning.courses c on c.programme_version_id = v.id left join learning.lessons l on l.course_id = c.id
		group by v.id, p.title, v.number, v.created_at order by v.created_at desc, v.id limit 500`.execute(db);
	return rows;
}

export interface LessonInput {
	title: string;
	minutes: number;
	body_markdown: string;
}

/** Adds a lesson at the end of the version's course, which is made with its first lesson. */
export async function createLesson(db: Db, actor: Actor, at: Date, versionId: string, input: LessonInput): Promise<{ id: string }> {
	if (!mayAuthor(actor)) throw new NotFound('course');
	const version = await programmeVersion(db, versionId);
	const { title, competency_id, target_level } = await programme(db, version.programme_id);
	await sql`insert into learning.courses (id, programme_version_id, title, created_by, created_at) values (${newId()}, ${versionId}, ${title}, ${actor.accountId}, ${at})
		on conflict (programme_version_id) do nothing`.execute(db);
	const { rows } = await sql<{ id: string }>`select id from learning.courses where programme_version_id = ${versionId} for update`.execute(
		db
	);
	const practice = await createTest(db, actor, at, {
		title: input.title,
		competencyId: competency_id,
		targetLevel: target_level,
		kind: 'practice'
	});
	const id = newId();
	await sql`insert into learning.lessons (id, course_id, position, title, minutes, body_markdown, practice_test_id, created_by, created_at)
		values (${id}, ${rows[0]!.id}, (select coalesce(max(position), 0) + 1 from learning.lessons where course_id = ${rows[0]!.id}),
			${input.title}, ${input.minutes}, ${input.body_markdown}, ${practice.id}, ${actor.accountId}, ${at})`.execute(db);
	return { id };
}

/** @throws NotFound */
export async function lesson(db: Db, id: string): Promise<Lesson & { programme_version_id: string }> {
	const { rows } = isId(id)
		? await sql<
				Lesson & { programme_version_id: string }
			>`select l.*, c.programme_version_id from learning.lessons l join learning.courses c on c.id = l.course_id where l.id = ${id}`.execute(
				db
			)
		: { rows: [] };
	if (!rows[0]) throw new NotFound('lesson');
	return rows[0];
}

/** For its author, with the questions and their key. */
export async function readLesson(db: Db, actor: Actor, id: string) {
	if (!mayAuthor(actor)) throw new NotFound('lesson');
	const found = await lesson(db, id);
	return { ...found, questions: found.practice_test_id ? await questionsOf(db, found.practice_test_id) : ([] as Question[]) };
}

async function draft(db: Db, actor: Actor, id: string) {
	if (!mayAuthor(actor)) throw new NotFound('lesson');
	const found = await lesson(db, id);
	if (found.published_at) throw new Refusal('learning_refusal_published');
	return found;
}

export async function editLesson(db: Db, actor: Actor, id: string, input: LessonInput): Promise<void> {
	await draft(db, actor, id);
	await sql`update learning.lessons set title = ${input.title}, minutes = ${input.minutes}, body_markdown = ${input.body_markdown} where id = ${id}`.execute(
		db
	);
}

export async function addPractice(db: Db, actor: Actor, id: string, input: QuestionInput): Promise<{ id: string }> {
	const found = await draft(db, actor, id);
	return addQuestion(db, actor, found.practice_test_id!, input);
}

export async function removePractice(db: Db, actor: Actor, id: string, questionId: string): Promise<void> {
	const found = await draft(db, actor, id);
	await removeQuestion(db, actor, found.practice_test_id!, questionId);
}

/** From here on the lesson stands as it is; those who begin later read the same. */
export async function publishLesson(db: Db, actor: Actor, at: Date, id: string): Promise<void> {
	const found = await draft(db, actor, id);
	await sql`update learning.lessons set published_at = ${at} where id = ${id}`.execute(db);
	if (found.practice_test_id && (await questionsOf(db, found.practice_test_id)).length > 0)
		await publishTest(db, actor, at, found.practice_test_id);
	await audit(db, actor, at, 'learning.lesson_published', { type: 'lesson', id });
}
