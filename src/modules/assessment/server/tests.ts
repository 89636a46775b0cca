import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { mayAuthor } from './access.ts';

export interface Test {
	id: string;
	title: string;
	competency_id: string;
	competency_name_id: string;
	competency_name_en: string;
	target_level: number;
	kind: 'test' | 'practice';
	version: number;
	published_at: Date | null;
	superseded_by: string | null;
	questions: number;
}

export interface Option {
	id: string;
	text: string;
	correct: boolean;
}

export interface Question {
	id: string;
	position: number;
	kind: 'single_choice' | 'multiple_choice';
	stem: string;
	explanation: string;
	options: Option[];
}

const select = sql`select t.id, t.title, t.competency_id, c.name_id as competency_name_id, c.name_en as competency_name_en, t.target_level, t.kind, t.version,
	t.published_at, (select n.id from assessment.tests n where n.supersedes_id = t.id limit 1) as superseded_by,
	(select count(*)::int from assessment.questions q where q.test_id = t.id) as questions
	from assessment.tests t join competency.competencies c on c.id = t.competency_id`;

export interface NewTest {
	title: string;
	competencyId: string;
	targetLevel: number;
	kind?: 'test' | 'practice';
}

export async function createTest(db: Db, actor: Actor, at: Date, input: NewTest): Promise<{ id: string }> {
	if (!mayAuthor(actor)) throw new NotFound('test');
	const id = newId();
	await sql`insert into assessment.tests (id, title, competency_id, target_level, kind, created_by, created_at)
		values (${id}, ${input.title}, ${input.competencyId}, ${input.targetLevel}, ${input.kind ?? 'test'}, ${actor.accountId}, ${at})`.execute(
		db
	);
	return { id };
}

/** @throws NotFound */
export async function test(db: Db, id: string): Promise<Test> {
	const { rows } = isId(id) ? await sql<Test>`${select} where t.id = ${id}`.execute(db) : { rows: [] };
	if (!rows[0]) throw new NotFound('test');
	return rows[0];
}

/** For its author: with the questions and their key. */
export async function readTest(db: Db, actor: Actor, id: string): Promise<Test & { items: Question[] }> {
	if (!mayAuthor(actor)) throw new NotFound('test');
	return { ...(await test(db, id)), items: await questionsOf(db, id) };
}

export async function tests(db: Db, actor: Actor): Promise<Test[]> {
	if (!mayAuthor(actor)) throw new NotFound('tests');
	const { rows } = await sql<Test>`${select} where t.kind = 'test' order by t.created_at desc, t.id desc limit 500`.execute(db);
	return rows;
}

/** Tests that may measure: published, and no newer version published. Those of a competency only, when one is named. */
export async function publishedTests(db: Db, competencyId?: string): Promise<Test[]> {
	const { rows } = await sql<Test>`${select} where t.kind = 'test' and t.published_at is not null
		and not exists (select 1 from assessment.tests n where n.supersedes_id = t.id and n.published_at is not null)
		${competencyId ? sql`and t.competency_id = ${competencyId}` : sql``} order by t.title, t.id limit 500`.execute(db);
	return rows;
}

export async function questionsOf(db: Db, testId: string): Promise<Question[]> {
	const { rows } = await sql<Question>`select q.id, q.position, q.kind, q.stem, q.explanation,
		(select jsonb_agg(jsonb_build_object('id', o.id, 'text', o.text, 'correct', o.correct) order by o.position) from assessment.options o where o.question_id = q.id) as options
		from assessment.questions q where q.test_id = ${testId} order by q.position`.execute(db);
	return rows;
}

export interface QuestionInput {
	stem: string;
	explanation: string;
	options: { text: string; correct: boolean }[];
}

/** A published test is what people were measured with: it is never changed. */
async function draft(db: Db, actor: Actor, testId: string): Promise<Test> {
	if (!mayAuthor(actor)) throw new NotFound('test');
	const found = await test(db, testId);
	if (found.published_at) throw new Refusal('assessment_refusal_published');
	return found;
}

export async function addQuestion(db: Db, actor: Actor, testId: string, input: QuestionInput): Promise<{ id: string }> {
	await draft(db, actor, testId);
	const id = newId();
	const kind = input.options.filter((option) => option.correct).length > 1 ? 'multiple_choice' : 'single_choice';
	// the test's row is locked, so that two authors do not take one place
	await sql`select 1 from assessment.tests where id = ${testId} for update`.execute(db);
	await sql`insert into assessment.questions (id, test_id, position, kind, stem, explanation)
		values (${id}, ${testId}, (select coalesce(max(position), 0) + 1 from assessment.questions where test_id = ${testId}), ${kind}, ${input.stem}, ${input.explanation})`.execute(
		db
	);
	for (const [position, option] of input.options.entries())
		await sql`insert into assessment.options (id, question_id, position, text, correct) values (${newId()}, ${id}, ${position + 1}, ${option.text}, ${option.correct})`.execute(
			db
		);
	return { id };
}

export async function removeQuestion(db: Db, actor: Actor, testId: string, questionId: string): Promise<void> {
	await draft(db, actor, testId);
	if (!isId(questionId)) throw new NotFound('question');
	await sql`delete from assessment.questions where id = ${questionId} and test_id = ${testId}`.execute(db);
}

export async function publishTest(db: Db, actor: Actor, at: Date, testId: string): Promise<void> {
	const found = await draft(db, actor, testId);
	if (found.questions === 0) throw new Refusal('assessment_refusal_empty');
	await sql`update assessment.tests set published_at = ${at} where id = ${testId} and published_at is null`.execute(db);
	await audit(db, actor, at, 'assessment.test_published', { type: 'test', id: testId });
}

/** A copy to change, one at a time; those measured with the old one stay measured with it. */
export async function draftNextTest(db: Db, actor: Actor, at: Date, testId: string): Promise<{ id: string }> {
	if (!mayAuthor(actor)) throw new NotFound('test');
	await test(db, testId);
	await sql`select 1 from assessment.tests where id = ${testId} for update`.execute(db);
	// read after the lock: of two at once the second finds the first one's draft
	const found = await test(db, testId);
	if (!found.published_at) throw new Refusal('assessment_refusal_not_published');
	if (found.superseded_by) return { id: found.superseded_by };
	const id = newId();
	await sql`insert into assessment.tests (id, title, competency_id, target_level, kind, version, created_by, created_at, supersedes_id)
		values (${id}, ${found.title}, ${found.competency_id}, ${found.target_level}, ${found.kind}, ${found.version + 1}, ${actor.accountId}, ${at}, ${testId})`.execute(
		db
	);
	for (const item of await questionsOf(db, testId)) await addQuestion(db, actor, id, item);
	return { id };
}
