import { randomBytes } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { officerCard } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { nextNumber } from '#platform/once.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { setting } from '#platform/settings.ts';
import { certificateNumber, CODE_LENGTH, codeFrom, NUMBER_TEMPLATE, readCode } from '../rules.ts';
import { mayRead, mayRevoke } from './access.ts';
import { certificateContent, type CertificateContent } from './certificate-content.ts';

export interface Certificate {
	id: string;
	completion_id: string;
	officer_id: string;
	number: string;
	/** Public and unguessable; with it anybody may check the certificate. */
	code: string;
	issued_at: Date;
	content: CertificateContent;
	revoked_at: Date | null;
	revocation_reason: string | null;
}

const certificatesWhere = async (db: Db, condition: RawBuilder<unknown>): Promise<Certificate[]> =>
	(
		await sql<Certificate>`select s.id, s.completion_id, s.officer_id, s.number, s.code, s.issued_at, s.content, r.revoked_at, r.reason as revocation_reason
			from credentials.certificates s left join credentials.certificate_revocations r on r.certificate_id = s.id where ${condition}`.execute(db)
	).rows;

/**
 * Issues the certificate of a completion, once. What is printed is frozen here; the number is gapless in its year
 * because its row stays locked until this transaction ends.
 */
export async function issueCertificate(db: Db, at: Date, completionId: string): Promise<void> {
	// two deliveries at once wait here, and the second finds the first one's certificate
	await sql`select id from catalogue.completions where id = ${completionId} for update`.execute(db);
	if ((await certificatesWhere(db, sql`s.completion_id = ${completionId}`)).length > 0) return;
	const { officerId, content } = await certificateContent(db, at, completionId);
	const year = Number(dayOf(at).slice(0, 4));
	const template = (await setting<string>(db, at, 'credentials.number_template')) ?? NUMBER_TEMPLATE;
	const number = certificateNumber(template, await nextNumber(db, 'certificate', year), year);
	const code = codeFrom(randomBytes(CODE_LENGTH));
	await sql`insert into credentials.certificates (id, completion_id, officer_id, number, code, issued_at, content)
		values (${newId(at.getTime())}, ${completionId}, ${officerId}, ${number}, ${code}, ${at}, ${JSON.stringify(content)}::jsonb)`.execute(db);
}

/** An officer's certificates, the newest first; the caller has checked the scope. */
export const certificatesOf = (db: Db, officerId: string): Promise<Certificate[]> =>
	certificatesWhere(db, sql`s.officer_id = ${officerId} order by s.issued_at desc, s.id desc limit 500`);

/** Certificates of a class's completions, by completion. */
export async function certificatesOfClass(db: Db, classId: string): Promise<Map<string, Certificate>> {
	const found = await certificatesWhere(
		db,
		sql`s.completion_id in (select x.id from catalogue.completions x join catalogue.enrolments e on e.id = x.enrolment_id where e.class_id = ${classId})`
	);
	return new Map(found.map((certificate) => [certificate.completion_id, certificate]));
}

/** @throws NotFound outside the actor's scope */
export async function certificate(db: Db, actor: Actor, id: string): Promise<Certificate> {
	const [found] = isId(id) ? await certificatesWhere(db, sql`s.id = ${id}`) : [];
	if (!found || !mayRead(actor, await officerCard(db, found.officer_id))) throw new NotFound('certificate');
	return found;
}

/** What the public learns: name, activity, dates, number and state; no NIP, no birth date, no unit. */
export interface CheckedCertificate {
	name: string;
	title: string;
	startsOn: string;
	endsOn: string;
	jp: number;
	number: string;
	code: string;
	issuedOn: string;
	institution: string;
	government: string;
	revokedAt: Date | null;
}

/** Undefined when no certificate has this code; the reason of a revocation stays inside. */
export async function checkCertificate(db: Db, typed: string): Promise<CheckedCertificate | undefined> {
	const code = readCode(typed);
	const [found] = code ? await certificatesWhere(db, sql`s.code = ${code}`) : [];
	if (!found) return undefined;
	const { name, title, startsOn, endsOn, jp, institution, government } = found.content;
	return {
		name,
		title,
		startsOn,
		endsOn,
		jp,
		institution,
		government,
		number: found.number,
		code: found.code,
		issuedOn: dayOf(found.issued_at),
		revokedAt: found.revoked_at
	};
}

/** Takes a certificate back, with the reason; it stays and says so. JP are a matter of their own. */
export async function revokeCertificate(db: Db, actor: Actor, at: Date, id: string, reason: string): Promise<void> {
	if (!mayRevoke(actor)) throw new NotFound('certificate');
	await certificate(db, actor, id);
	const { rows } = await sql`insert into credentials.certificate_revocations (certificate_id, reason, revoked_by, revoked_at)
		values (${id}, ${reason}, ${actor.accountId}, ${at}) on conflict do nothing returning certificate_id`.execute(db);
	if (rows.length === 0) throw new Refusal('credentials_refusal_revoked');
	await audit(db, actor, at, 'credentials.certificate_revoked', { type: 'certificate', id }, { reason });
}
