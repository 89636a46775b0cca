import { sql } from 'kysely';
import { pauseVersion, programme } from '#modules/catalogue/server/index.ts';
import type { EvaluationResult, Verdict } from '#statistics';
import { systemActor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Listener } from '#platform/events.ts';
import { newId } from '#platform/ids.ts';
import { ask } from '#platform/inbox.ts';
import { sendMail } from '#platform/mail/mail.ts';
import { nextNumber } from '#platform/once.ts';
import { setting } from '#platform/settings.ts';
import { classById } from '#modules/catalogue/server/index.ts';
import { addDays, measuredAgain, REVIEW_DAYS, REVIEW_DAYS_SETTING, startOfDay, type Level } from '../rules.ts';
import { reviewMail, type Owner } from './mails.ts';

interface Found {
	id: string;
	class_id: string;
	level: Level;
	verdict: Verdict;
	result: EvaluationResult;
}

export async function ownerOf(db: Db, accountId: string): Promise<Owner> {
	const { rows } =
		await sql<Owner>`select id as "accountId", coalesce(officer_id, id) as "personId", name, email, locale from people.accounts where id = ${accountId}`.execute(
			db
		);
	return rows[0]!;
}

export async function addStep(
	db: Db,
	at: Date,
	caseId: string,
	kind: string,
	step: { note?: string; ref?: string; by?: string | null } = {}
): Promise<void> {
	await sql`insert into evaluation.review_steps (id, case_id, kind, note, ref, by_account_id, at)
		values (${newId()}, ${caseId}, ${kind}, ${step.note ?? ''}, ${step.ref ?? null}, ${step.by ?? null}, ${at})`.execute(db);
}

/**
 * Opens the case a finding asks for, with owner and date, in the transaction of the analysis. While a case of the
 * version is open a further finding joins it. Harm stops new classes of the version until the case is closed.
 */
export async function openReviewCase(
	db: Db,
	at: Date,
	analysis: Found,
	cls: { programme_version_id: string; programme_id: string },
	ownerAccountId: string
): Promise<void> {
	const versionId = cls.programme_version_id;
	if (analysis.verdict === 'HARMFUL') await pauseVersion(db, versionId, 'review_closed');
	const { title } = await programme(db, cls.programme_id);
	const open = await sql<{
		id: string;
		number: number;
		year: number;
		due_on: string;
		owner_account_id: string;
	}>`select id, number, year, due_on, owner_account_id
		from evaluation.review_cases where programme_version_id = ${versionId} and closed_at is null for update`.execute(db);
	const known = open.rows[0];
	if (known) {
		await addStep(db, at, known.id, 'finding', { ref: analysis.id });
		return askOwner(db, at, {
			...known,
			title,
			dueOn: known.due_on,
			ownerAccountId: known.owner_account_id,
			finding: analysis.result.sentence
		});
	}

	const days = (await setting<number>(db, at, REVIEW_DAYS_SETTING)) ?? REVIEW_DAYS;
	const today = dayOf(at);
	const dueOn = addDays(today, days);
	const year = Number(today.slice(0, 4));
	const number = await nextNumber(db, 'review_case', year);
	const id = newId(at.getTime());
	await sql`insert into evaluation.review_cases (id, number, year, programme_id, programme_version_id, analysis_id, level, opened_at, owner_account_id, due_on)
		values (${id}, ${number}, ${year}, ${cls.programme_id}, ${versionId}, ${analysis.id}, ${analysis.level}, ${at}, ${ownerAccountId}, ${dueOn})`.execute(
		db
	);
	await addStep(db, at, id, 'opening', { ref: analysis.id });
	await audit(
		db,
		systemActor,
		at,
		'evaluation.review_opened',
		{ type: 'review_case', id },
		{ analysisId: analysis.id, verdict: analysis.verdict }
	);
	await askOwner(db, at, { id, number, year, title, dueOn, ownerAccountId, finding: analysis.result.sentence });
}

/** Inbox and mail of who answers for the case, in their language. */
export async function askOwner(
	db: Db,
	at: Date,
	review: {
		id: string;
		number: number;
		year: number;
		title: string;
		dueOn: string;
		ownerAccountId: string;
		finding: { id: string; en: string };
	}
): Promise<void> {
	const owner = await ownerOf(db, review.ownerAccountId);
	await ask(db, [
		{
			personId: owner.personId,
			kind: 'evaluation_review',
			ref: review.id,
			href: `/tinjauan/${review.id}`,
			params: { title: review.title },
			opensAt: at,
			dueAt: new Date(startOfDay(addDays(review.dueOn, 1)).getTime() - 1000)
		}
	]);
	await sendMail(db, reviewMail(owner, review));
}

/** Levels at which something was found, and those of them measured again since. */
export async function levelsOf(db: Db, caseId: string): Promise<{ found: Level[]; measured: Level[] }> {
	const { rows } = await sql<{ level: Level; measured: boolean }>`select distinct a.level, s.kind = 'measurement' as measured
		from evaluation.review_steps s join evaluation.analyses a on a.id = s.ref where s.case_id = ${caseId} and s.kind in ('opening', 'finding', 'measurement')`.execute(
		db
	);
	const of = (measured: boolean) => rows.filter((row) => row.measured === measured).map((row) => row.level);
	return { found: of(false), measured: of(true) };
}

/** The next class of a mended version was measured at a level of the case; once all are, it may be closed. */
export async function linkNextMeasurement(db: Db, at: Date, analysis: Found, versionId: string): Promise<void> {
	if (!measuredAgain(analysis.verdict)) return;
	const { rows } = await sql<{ id: string; owner_account_id: string; title: string }>`update evaluation.review_cases c
		set next_analysis_id = ${analysis.id}, next_class_id = ${analysis.class_id}
		where c.new_version_id = ${versionId} and c.closed_at is null and exists (
			select 1 from evaluation.review_steps s join evaluation.analyses a on a.id = s.ref
			where s.case_id = c.id and s.kind in ('opening', 'finding') and a.level = ${analysis.level})
		returning c.id, c.owner_account_id, (select title from catalogue.programmes p where p.id = c.programme_id) as title`.execute(db);
	for (const review of rows) {
		await addStep(db, at, review.id, 'measurement', { ref: analysis.id });
		const { found, measured } = await levelsOf(db, review.id);
		if (found.some((level) => !measured.includes(level))) continue;
		const owner = await ownerOf(db, review.owner_account_id);
		await ask(db, [
			{
				personId: owner.personId,
				kind: 'evaluation_review_close',
				ref: review.id,
				href: `/tinjauan/${review.id}`,
				params: { title: review.title },
				opensAt: at
			}
		]);
	}
}

/** A class of the mended version was drawn: the case knows where its next measurement comes from. */
export const nextClassListener: Listener = {
	name: 'evaluation.next_class',
	type: 'catalogue.class_drawn',
	async handle(db, event) {
		const cls = await classById(db, event.payload.classId!);
		const { rows } = await sql<{ id: string }>`update evaluation.review_cases set next_class_id = ${cls.id}
			where new_version_id = ${cls.programme_version_id} and closed_at is null and next_class_id is null returning id`.execute(db);
		for (const { id } of rows) await addStep(db, event.at, id, 'next_class', { ref: cls.id, note: cls.name });
	}
};
