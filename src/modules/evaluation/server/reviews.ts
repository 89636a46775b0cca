import { sql } from 'kysely';
import { draftNextVersion, programme, programmeVersion, resumeVersion } from '#modules/catalogue/server/index.ts';
import { accountsWithRole } from '#modules/people/server/index.ts';
import type { EvaluationResult, Verdict } from '#statistics';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import type { Link } from '../diagnosis.ts';
import type { Level } from '../rules.ts';
import { mayManage, mayReadEffects } from './access.ts';
import { addStep, askOwner, levelsOf, ownerOf } from './review-opening.ts';

export interface ReviewCase {
	id: string;
	number: number;
	year: number;
	programme_id: string;
	programme_version_id: string;
	analysis_id: string;
	level: Level;
	opened_at: Date;
	owner_account_id: string;
	owner_name: string;
	due_on: string;
	diagnosis: { link?: Link; note?: string };
	new_version_id: string | null;
	next_class_id: string | null;
	next_analysis_id: string | null;
	closed_at: Date | null;
	closing_note: string | null;
	title: string;
	version_number: number;
	class_id: string;
	verdict: Verdict;
	result: EvaluationResult;
}

export interface ReviewStep {
	kind: string;
	note: string;
	ref: string | null;
	by_name: string | null;
	at: Date;
	/** What was found or measured again, on steps that rest on an analysis. */
	analysis: {
		level: Level;
		class_id: string;
		programme_id: string;
		verdict: Verdict;
		qualifier: EvaluationResult['qualifier'];
		sentence: EvaluationResult['sentence'];
	} | null;
}

const select = sql`select c.id, c.number, c.year, c.programme_id, c.programme_version_id, c.analysis_id, c.level, c.opened_at, c.owner_account_id,
	o.name as owner_name, c.due_on, c.diagnosis, c.new_version_id, c.next_class_id, c.next_analysis_id, c.closed_at, c.closing_note,
	p.title, v.number as version_number, a.class_id, a.verdict, a.result
	from evaluation.review_cases c join evaluation.analyses a on a.id = c.analysis_id
	join people.accounts o on o.id = c.owner_account_id
	join catalogue.programmes p on p.id = c.programme_id join catalogue.programme_versions v on v.id = c.programme_version_id`;

/** Cases for the list: open ones first, the earliest due on top. */
export async function reviewCases(db: Db, actor: Actor): Promise<ReviewCase[]> {
	if (!mayReadEffects(actor)) throw new NotFound('review cases');
	const { rows } = await sql<ReviewCase>`${select} order by c.closed_at is not null, c.due_on, c.id limit 200`.execute(db);
	return rows;
}

export const openReviewCases = async (db: Db, actor: Actor): Promise<ReviewCase[]> =>
	(await reviewCases(db, actor)).filter((review) => review.closed_at === null);

export async function reviewCase(db: Db, actor: Actor, id: string): Promise<ReviewCase> {
	const { rows } = isId(id) && mayReadEffects(actor) ? await sql<ReviewCase>`${select} where c.id = ${id}`.execute(db) : { rows: [] };
	if (!rows[0]) throw new NotFound('review case');
	return rows[0];
}

export async function stepsOf(db: Db, caseId: string): Promise<ReviewStep[]> {
	const { rows } = await sql<ReviewStep>`select s.kind, s.note, s.ref, u.name as by_name, s.at,
			case when a.id is not null then jsonb_build_object('level', a.level, 'class_id', a.class_id, 'programme_id', v.programme_id,
				'verdict', a.verdict, 'qualifier', a.result->'qualifier', 'sentence', a.result->'sentence') end as analysis
		from evaluation.review_steps s
		left join people.accounts u on u.id = s.by_account_id
		left join evaluation.analyses a on a.id = s.ref and s.kind in ('opening', 'finding', 'measurement')
		left join catalogue.classes k on k.id = a.class_id left join catalogue.programme_versions v on v.id = k.programme_version_id
		where s.case_id = ${caseId} order by s.at, s.id`.execute(db);
	return rows;
}

/** The case, locked, for who may change it; closed ones take nothing more. */
async function forChange(db: Db, actor: Actor, id: string): Promise<ReviewCase> {
	if (!mayManage(actor) || !isId(id)) throw new NotFound('review case');
	await sql`select 1 from evaluation.review_cases where id = ${id} for update`.execute(db);
	const review = await reviewCase(db, actor, id);
	if (review.closed_at) throw new Refusal('evaluation_case_closed');
	return review;
}

/** Where the chain broke, in the owner's judgement; a later diagnosis takes its place, the step before stays. */
export async function recordDiagnosis(db: Db, actor: Actor, at: Date, caseId: string, input: { link: Link; note: string }): Promise<void> {
	const review = await forChange(db, actor, caseId);
	await sql`update evaluation.review_cases set diagnosis = ${JSON.stringify({ link: input.link, note: input.note })}::jsonb where id = ${review.id}`.execute(
		db
	);
	await addStep(db, at, review.id, 'diagnosis', { note: input.note, by: actor.accountId });
	await audit(db, actor, at, 'evaluation.review_diagnosed', { type: 'review_case', id: review.id }, { link: input.link });
}

/** Another owner or another date, with who decided it. */
export async function handOver(
	db: Db,
	actor: Actor,
	at: Date,
	caseId: string,
	input: { owner_account_id: string; due_on: string; note: string }
): Promise<void> {
	const review = await forChange(db, actor, caseId);
	const owners = await accountsWithRole(db, at, 'programme_manager');
	if (!owners.some((owner) => owner.accountId === input.owner_account_id))
		throw new Refusal('evaluation_owner_role', { field: 'owner_account_id' });
	if (input.due_on < dayOf(at)) throw new Refusal('evaluation_due_past', { field: 'due_on' });
	if (review.owner_account_id === input.owner_account_id && review.due_on === input.due_on) return;
	await sql`update evaluation.review_cases set owner_account_id = ${input.owner_account_id}, due_on = ${input.due_on} where id = ${review.id}`.execute(
		db
	);
	await addStep(db, at, review.id, 'handover', { note: input.note, by: actor.accountId });
	await audit(
		db,
		actor,
		at,
		'evaluation.review_handed_over',
		{ type: 'review_case', id: review.id },
		{ owner: input.owner_account_id, dueOn: input.due_on }
	);
	if (review.owner_account_id === input.owner_account_id) return;
	await settle(db, at, 'evaluation_review', review.id, (await ownerOf(db, review.owner_account_id)).personId);
	await askOwner(db, at, { ...review, dueOn: input.due_on, ownerAccountId: input.owner_account_id, finding: review.result.sentence });
}

/** The mended version, drafted from the old one; what to change is the diagnosis, so that comes first. */
export async function startNewVersion(
	db: Db,
	actor: Actor,
	at: Date,
	caseId: string,
	input: { change_reason: string }
): Promise<{ versionId: string }> {
	const review = await forChange(db, actor, caseId);
	if (review.new_version_id) return { versionId: review.new_version_id };
	if (!review.diagnosis.link) throw new Refusal('evaluation_missing_diagnosis');
	// a draft somebody has begun already is the new version
	const { draft_version_id } = await programme(db, review.programme_id);
	const made = draft_version_id
		? { id: draft_version_id }
		: await draftNextVersion(db, actor, at, review.programme_id, input.change_reason);
	await sql`update evaluation.review_cases set new_version_id = ${made.id} where id = ${review.id}`.execute(db);
	await addStep(db, at, review.id, 'new_version', { note: input.change_reason, ref: made.id, by: actor.accountId });
	await audit(db, actor, at, 'evaluation.review_new_version', { type: 'review_case', id: review.id }, { versionId: made.id });
	return { versionId: made.id };
}

export type Missing = 'diagnosis' | 'new_version' | 'publication' | 'next_class' | 'next_analysis';

/** What still stands between a case and its closing, in order. */
export async function missingFor(db: Db, review: ReviewCase): Promise<Missing[]> {
	const missing: Missing[] = [];
	if (!review.diagnosis.link) missing.push('diagnosis');
	if (!review.new_version_id) missing.push('new_version');
	else if (!(await programmeVersion(db, review.new_version_id)).published_at) missing.push('publication');
	if (!review.next_class_id) missing.push('next_class');
	const { found, measured } = await levelsOf(db, review.id);
	if (found.some((level) => !measured.includes(level))) missing.push('next_analysis');
	return missing;
}

/** Closes a case that was measured again; nothing else closes it. @throws Refusal saying what is missing */
export async function closeCase(db: Db, actor: Actor, at: Date, caseId: string, input: { note: string }): Promise<void> {
	const review = await forChange(db, actor, caseId);
	const [first] = await missingFor(db, review);
	if (first) throw new Refusal(`evaluation_missing_${first}`);
	await sql`update evaluation.review_cases set closed_at = ${at}, closed_by = ${actor.accountId}, closing_note = ${input.note} where id = ${review.id}`.execute(
		db
	);
	await addStep(db, at, review.id, 'closing', { note: input.note, ref: review.next_analysis_id!, by: actor.accountId });
	await resumeVersion(db, at, review.programme_version_id, 'review_closed', actor.accountId);
	await settle(db, at, 'evaluation_review', review.id);
	await settle(db, at, 'evaluation_review_close', review.id);
	await audit(db, actor, at, 'evaluation.review_closed', { type: 'review_case', id: review.id }, { nextAnalysis: review.next_analysis_id });
}
