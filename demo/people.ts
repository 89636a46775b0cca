/** Government, tree and officers through the import that everybody uses; accounts with passwords of this installation. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { actorOfAccount, actorOfUser, peopleImports, setUp } from '../src/modules/people/server/index.ts';
import { systemActor, type Actor } from '../src/platform/actor.ts';
import { inTransaction, type Db } from '../src/platform/database/connection.ts';
import type { FileStore } from '../src/platform/files/files.ts';
import { newId } from '../src/platform/ids.ts';
import { createImport, importById, importJob, requestApply } from '../src/platform/imports/imports.ts';
import { addUser } from '../src/platform/session/credentials.ts';
import type { DemoAccount } from '../src/cli/accounts.ts';
import type { DemoProvince } from './province.ts';
import { dayText } from './stage.ts';

/** Speakable, without look-alikes; 60 bits. */
const password = (): string => {
	const bytes = randomBytes(15);
	const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
	return [...bytes].map((byte, i) => (i > 0 && i % 5 === 0 ? '-' : '') + signs[byte % signs.length]).join('');
};

export async function bringInPeople(
	db: Db,
	files: FileStore,
	at: Date,
	province: DemoProvince
): Promise<{ administrator: { email: string; password: string } }> {
	const administrator = { email: 'administrator@contoh.example', password: password() };
	await inTransaction(db, (own) =>
		setUp(own, at, {
			name: 'Administrator Contoh',
			email: administrator.email,
			password: administrator.password,
			repeat: administrator.password,
			government: '15',
			other_name: '',
			other_kind: 'provinsi'
		} as never)
	);
	for (const [kind, text] of [
		['people.units', province.unitsCsv],
		['people.officers', province.officersCsv]
	] as const) {
		const { id } = await inTransaction(db, (own) =>
			createImport(own, files, systemActor, at, { kind, fileName: `${kind}.csv`, bytes: Buffer.from(text), effectiveOn: '2024-01-01' })
		);
		const work = importJob(db, files, peopleImports, () => at, actorOfAccount);
		await work({ importId: id });
		await inTransaction(db, (own) => requestApply(own, systemActor, at, id));
		await work({ importId: id });
		const done = await importById(db, id);
		if (done.state !== 'applied' || (done.counts.refused ?? 0) > 0)
			throw new Error(`The demo's ${kind} did not come in: ${JSON.stringify(done)}`);
	}
	return { administrator };
}

export interface Person {
	role: string;
	name: string;
	grants: { role: string; unit?: string; organisationId?: string }[];
	/** Without an officer behind: a partner. */
	email?: string;
}

/** An account with a password; the list is what `siginjai accounts` shows. */
export async function openAccount(db: Db, at: Date, person: Person, list: DemoAccount[]): Promise<Actor> {
	const secret = password();
	return inTransaction(db, async (own) => {
		const { rows } = await sql<{
			id: string;
			email: string;
			display_name: string;
			unit_name: string;
		}>`select id, email, display_name, unit_name from people.officer_cards where full_name = ${person.name}`.execute(own);
		const officer = person.email ? undefined : rows[0];
		if (!person.email && !officer) throw new Error(`The demo has no ${person.name}`);
		const email = person.email ?? officer!.email;
		const name = officer?.display_name ?? person.name;
		const userId = await addUser(own, at, { email, name, password: secret });
		const accountId = newId();
		const organisationId = person.grants.find((grant) => grant.organisationId)?.organisationId ?? null;
		await sql`insert into people.accounts (id, auth_user_id, officer_id, organisation_id, name, email, created_at)
			values (${accountId}, ${userId}, ${officer?.id ?? null}, ${organisationId}, ${name}, ${email}, ${at})`.execute(own);
		for (const grant of person.grants)
			await sql`insert into people.role_grants (id, account_id, role, unit_id, organisation_id, granted_at, valid_from)
				values (${newId()}, ${accountId}, ${grant.role}, (select id from people.current_units where name = ${grant.unit ?? null}), ${grant.organisationId ?? null}, ${at}, ${dayText(at)})`.execute(
				own
			);
		list.push({ role: person.role, person: name, unit: officer?.unit_name ?? '–', signIn: email, password: secret });
		return (await actorOfUser(own, at, userId))!;
	});
}

/** Heads of units act as superiors without signing in. */
export async function appointSuperiors(db: Db, at: Date, province: DemoProvince, taken: Map<string, Actor>): Promise<Map<string, Actor>> {
	const superiors = new Map(taken);
	for (const head of province.officers.filter((officer) => officer.head && !taken.has(officer.unit))) {
		await inTransaction(db, async (own) => {
			const { rows } = await sql<{
				id: string;
				display_name: string;
				email: string;
				unit_id: string;
				unit_path: string;
			}>`select id, display_name, email, unit_id, unit_path::text as unit_path from people.officer_cards where full_name = ${head.name}`.execute(
				own
			);
			const officer = rows[0]!;
			const accountId = newId();
			await sql`insert into people.accounts (id, officer_id, name, email, created_at) values (${accountId}, ${officer.id}, ${officer.display_name}, ${officer.email}, ${at})
				on conflict do nothing`.execute(own);
			const known = await sql<{ id: string }>`select id from people.accounts where officer_id = ${officer.id}`.execute(own);
			await sql`insert into people.role_grants (id, account_id, role, unit_id, granted_at, valid_from) values (${newId()}, ${known.rows[0]!.id}, 'superior', ${officer.unit_id}, ${at}, ${dayText(at)})`.execute(
				own
			);
			superiors.set(head.unit, {
				accountId: known.rows[0]!.id,
				officerId: officer.id,
				personId: officer.id,
				name: officer.display_name,
				email: officer.email,
				locale: 'id',
				grants: [{ role: 'superior', unitId: officer.unit_id, unitPath: officer.unit_path, organisationId: null }],
				system: false
			});
		});
	}
	return superiors;
}

export const writeAccounts = (folder: string, list: DemoAccount[]): void =>
	writeFileSync(join(folder, 'demo-accounts.json'), JSON.stringify(list, null, 2), { mode: 0o600 });
