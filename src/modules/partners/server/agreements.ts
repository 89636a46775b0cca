import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { mayKeep } from './access.ts';
import { organisation } from './organisations.ts';

export interface Agreement {
	id: string;
	kind: 'kesepakatan_bersama' | 'pks' | 'hibah';
	number: string;
	title: string;
	signed_on: string;
	valid_until: string;
}

export async function recordAgreement(
	db: Db,
	actor: Actor,
	at: Date,
	organisationId: string,
	input: Omit<Agreement, 'id'>
): Promise<{ id: string }> {
	if (!mayKeep(actor)) throw new NotFound('organisation');
	await organisation(db, actor, organisationId);
	const id = newId();
	await sql`insert into partners.agreements (id, organisation_id, kind, number, title, signed_on, valid_until, created_by, created_at)
		values (${id}, ${organisationId}, ${input.kind}, ${input.number}, ${input.title}, ${input.signed_on}, ${input.valid_until}, ${actor.accountId}, ${at})`.execute(
		db
	);
	await audit(db, actor, at, 'partners.agreement_recorded', { type: 'agreement', id });
	return { id };
}

export async function agreementsOf(db: Db, actor: Actor, organisationId: string): Promise<Agreement[]> {
	await organisation(db, actor, organisationId);
	const { rows } = await sql<Agreement>`select id, kind, number, title, signed_on, valid_until from partners.agreements
		where organisation_id = ${organisationId} order by signed_on desc, id`.execute(db);
	return rows;
}
