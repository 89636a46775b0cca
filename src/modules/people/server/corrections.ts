/** Requests to correct what is held about a person: asked by the person, answered by an administrator. */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { ask, settle } from '#platform/inbox.ts';
import { sendMail } from '#platform/mail/mail.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { CORRECTION_HOURS, type CorrectionOutcome } from '../rules.ts';
import { mayAdminister } from './access.ts';
import { correctionMail } from './mails.ts';
import { accountsWithRole } from './options.ts';

/** So many may wait for an answer at once. */
const OPEN_LIMIT = 10;

export interface CorrectionRequest {
	id: string;
	category: string;
	wrong: string;
	asked_at: Date;
	due_at: Date;
	outcome: CorrectionOutcome | null;
	answer: string | null;
	answered_at: Date | null;
	/** Name of the person who asked. */
	name: string;
	account_id: string;
	officer_id: string | null;
}

const select = sql`select q.id, q.category, q.wrong, q.asked_at, q.due_at, a.outcome, a.text as answer, a.answered_at, k.name, q.account_id, k.officer_id
	from people.correction_requests q join people.accounts k on k.id = q.account_id left join people.correction_answers a on a.request_id = q.id`;

/** Puts the request into every administrator's inbox, due in three days. @throws Refusal when too many wait already */
export async function requestCorrection(
	db: Db,
	actor: Actor,
	at: Date,
	input: { category: string; wrong: string }
): Promise<{ id: string }> {
	if (actor.accountId === null) throw new NotFound('account');
	const { rows } = await sql<{ open: number }>`select count(*)::int as open from people.correction_requests q
		where q.account_id = ${actor.accountId} and not exists (select 1 from people.correction_answers a where a.request_id = q.id)`.execute(db);
	if (rows[0]!.open >= OPEN_LIMIT) throw new Refusal('people_refusal_corrections_open', { params: { count: OPEN_LIMIT } });
	const id = newId(at.getTime());
	const dueAt = new Date(at.getTime() + CORRECTION_HOURS * 3_600_000);
	await sql`insert into people.correction_requests (id, account_id, category, wrong, asked_at, due_at)
		values (${id}, ${actor.accountId}, ${input.category}, ${input.wrong}, ${at}, ${dueAt})`.execute(db);
	const administrators = await accountsWithRole(db, at, 'administrator');
	await ask(
		db,
		administrators.map(({ personId }) => ({
			personId,
			kind: 'people_correction',
			ref: id,
			href: `/akun/koreksi/${id}`,
			params: { name: actor.name },
			opensAt: at,
			dueAt
		}))
	);
	await audit(db, actor, at, 'people.correction_requested', { type: 'correction_request', id }, { category: input.category });
	return { id };
}

/** One's own requests, the newest first. */
export async function ownCorrections(db: Db, actor: Actor): Promise<CorrectionRequest[]> {
	const { rows } =
		await sql<CorrectionRequest>`${select} where q.account_id = ${actor.accountId} order by q.asked_at desc, q.id desc limit 50`.execute(
			db
		);
	return rows;
}

/** For administrators: what waits, the most urgent first; with `answered` what was answered, the newest first. */
export async function correctionRequests(
	db: Db,
	actor: Actor,
	filter: { answered: boolean; before?: { at: string; id: string } | undefined; limit?: number }
): Promise<CorrectionRequest[]> {
	if (!mayAdminister(actor)) throw new NotFound('correction request');
	const limit = filter.limit ?? 50;
	const { rows } = filter.answered
		? await sql<CorrectionRequest>`${select} where a.request_id is not null
			${filter.before ? sql`and (a.answered_at, q.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)` : sql``}
			order by a.answered_at desc, q.id desc limit ${limit}`.execute(db)
		: await sql<CorrectionRequest>`${select} where a.request_id is null order by q.due_at, q.id limit ${limit}`.execute(db);
	return rows;
}

/** @throws NotFound for anybody but an administrator */
export async function correctionRequest(db: Db, actor: Actor, id: string): Promise<CorrectionRequest> {
	const { rows } = mayAdminister(actor) && isId(id) ? await sql<CorrectionRequest>`${select} where q.id = ${id}`.execute(db) : { rows: [] };
	if (!rows[0]) throw new NotFound('correction request');
	return rows[0];
}

/** Answers once; the person is told by mail and in the inbox. @throws Refusal when somebody answered already */
export async function answerCorrection(
	db: Db,
	actor: Actor,
	at: Date,
	id: string,
	input: { outcome: CorrectionOutcome; text: string },
	origin: string
): Promise<void> {
	const request = await correctionRequest(db, actor, id);
	const made = await sql`insert into people.correction_answers (request_id, outcome, text, answered_by, answered_at)
		values (${id}, ${input.outcome}, ${input.text}, ${actor.accountId}, ${at}) on conflict do nothing returning request_id`.execute(db);
	if (made.rows.length === 0) throw new Refusal('people_refusal_correction_answered');
	await settle(db, at, 'people_correction', id);
	await ask(db, [
		{
			personId: request.officer_id ?? request.account_id,
			kind: 'people_correction_answered',
			ref: id,
			href: '/saya/data#permintaan',
			opensAt: at
		}
	]);
	const { rows } = await sql<{ name: string; email: string; locale: 'id' | 'en' }>`
		select name, email, locale from people.accounts where id = ${request.account_id} and disabled_at is null`.execute(db);
	if (rows[0]) await sendMail(db, correctionMail(rows[0], { ...input, link: `${origin}/saya/data` }));
	await audit(db, actor, at, 'people.correction_answered', { type: 'correction_request', id }, { outcome: input.outcome });
}

/** The person has read the answer: it leaves the inbox. */
export async function acknowledgeCorrection(db: Db, actor: Actor, at: Date, id: string): Promise<void> {
	const { rows } = isId(id)
		? await sql`select 1 from people.correction_requests where id = ${id} and account_id = ${actor.accountId}`.execute(db)
		: { rows: [] };
	if (rows.length === 0) throw new NotFound('correction request');
	await settle(db, at, 'people_correction_answered', id, actor.personId!);
}
