import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { passwordIsRight, sessionsOf } from '#platform/session/credentials.ts';
import {
	acceptInvitation,
	account,
	accountByName,
	accounts,
	actorOfUser,
	admitAttempt,
	createAccount,
	disableAccount,
	endGrant,
	forgiveAttempt,
	grantRole,
	invitationByToken,
	inviteAccounts,
	inviteOfficers,
	officersToInvite,
	openInvitations,
	ownPath,
	requestReset,
	setUp
} from './server/index.ts';
import { smallProvince, type SmallProvince } from './testing.ts';

const at = new Date('2026-03-02T03:00:00Z');
const base = { origin: 'https://siginjai.example', secret: 'a secret of the installation' };
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const tokenIn = (text: string): string => /\/undangan\/(\S+)/.exec(text)![1]!;

describe('set-up', () => {
	let world: World;
	beforeAll(async () => void (world = await openWorld()));
	afterAll(() => world.close());
	const input = {
		name: 'Helmi Syarif',
		email: 'helmi@contoh.example',
		password: 'sungai batanghari',
		repeat: 'sungai batanghari',
		government: '15',
		other_name: '',
		other_kind: 'provinsi' as const
	};

	test('two set-ups at once make one administrator and one government', async () => {
		const results = await Promise.allSettled([1, 2].map(() => world.transaction((db) => setUp(db, at, input))));
		expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
		const { rows } = await sql<{
			name: string;
			kind: string;
			bkn_code: string;
		}>`select name, kind, bkn_code from people.governments`.execute(world.db);
		expect(rows).toEqual([{ name: 'Pemerintah Provinsi Jambi', kind: 'provinsi', bkn_code: '5500' }]);
		const found = (await accountByName(world.db, ' HELMI@contoh.example'))!;
		const actor = await actorOfUser(world.db, at, found.auth_user_id!);
		expect(actor!.grants.map((grant) => grant.role)).toEqual(['administrator']);
		expect(await passwordIsRight(world.db, found.auth_user_id!, 'sungai batanghari')).toBe(true);
	});

	test('and never again', async () => {
		await expect(world.transaction((db) => setUp(db, at, { ...input, email: 'lain@contoh.example' }))).rejects.toThrow(NotFound);
	});

	test('the last administrator stays one', async () => {
		const { id, auth_user_id } = (await accountByName(world.db, input.email))!;
		const actor = (await actorOfUser(world.db, at, auth_user_id!))!;
		const { grants } = await account(world.db, actor, at, id);
		await expect(world.transaction((db) => endGrant(db, actor, at, id, grants[0]!.id))).rejects.toThrow(
			'people_refusal_last_administrator'
		);
		await expect(world.transaction((db) => disableAccount(db, actor, at, id))).rejects.toThrow('people_refusal_last_administrator');
	});
});

describe('invitations', () => {
	let world: World;
	let province: SmallProvince;
	beforeAll(async () => {
		world = await openWorld();
		province = await world.transaction(smallProvince);
	});
	afterAll(() => world.close());

	test('officers of a unit are invited with a role over their own unit, once', async () => {
		const { administrator, units, officers } = province;
		const filter = { unitId: units['Bidang Administrasi Kependudukan'], headsOnly: true };
		expect((await officersToInvite(world.db, administrator, filter)).rows.map((row) => row.display_name)).toEqual(['YULIANA SAFITRI']);
		const choice = { officers: [], all: true, filter, roles: ['superior' as const], scope: 'own' };
		expect(await world.transaction((db) => inviteOfficers(db, administrator, at, choice, base))).toEqual({ invited: 1, withoutMail: 0 });
		await expect(world.transaction((db) => inviteOfficers(db, administrator, at, choice, base))).rejects.toThrow(
			'people_refusal_nobody_chosen'
		);
		await world.drain();
		const mail = world.mails.at(-1)!;
		expect(mail.to).toBe('yuliana.safitri@contoh.example');
		const token = tokenIn(mail.text);
		expect((await invitationByToken(world.db, at, token)).purpose).toBe('invitation');
		const accepted = await world.transaction((db) => acceptInvitation(db, later(5), token, 'gunung kerinci', 'en'));
		const row = (await accountByName(world.db, accepted.email))!;
		expect(row.locale).toBe('en');
		const actor = (await actorOfUser(world.db, at, row.auth_user_id!))!;
		expect(actor.officerId).toBe(officers['YULIANA SAFITRI']);
		expect(actor.grants).toMatchObject([{ role: 'superior', unitId: units['Bidang Administrasi Kependudukan'] }]);
		await expect(world.transaction((db) => acceptInvitation(db, later(6), token, 'dipakai lagi oleh orang', 'id'))).rejects.toThrow(
			NotFound
		);
		expect(await passwordIsRight(world.db, row.auth_user_id!, 'gunung kerinci')).toBe(true);
	});

	test('who is to be invited is found as in the directory: every word, in any order, and nobody besides', async () => {
		const found = async (search: string) =>
			(await officersToInvite(world.db, province.administrator, { search })).rows.map((row) => row.display_name);
		expect(await found('Setiawan, H. Wawan')).toEqual(['WAWAN SETIAWAN']);
		expect(await found('wawan setyawan')).toEqual(['WAWAN SETIAWAN']);
		// most of it is the name of somebody else: who ticks "all that fit" must not invite her
		expect(await found('budi setiawan')).toEqual([]);
		const known = async (search: string) =>
			(await accounts(world.db, province.administrator, at, { search })).map((account) => account.name);
		expect(await known('safitri yuliana')).toEqual(['YULIANA SAFITRI']);
		expect(await known('yuliana.safitri@')).toEqual(['YULIANA SAFITRI']);
		expect(await known('budi safitri')).toEqual([]);
	});

	test('the database alone opens nothing: only the hash is kept', async () => {
		const { rows } = await sql<{ text: string }>`select i::text as text from people.invitations i`.execute(world.db);
		const token = tokenIn(world.mails.at(-1)!.text);
		expect(rows.some((row) => row.text.includes(token))).toBe(false);
		const { rows: jobs } = await sql<{
			n: number;
		}>`select count(*)::int as n from platform.audit_entries where detail::text like ${`%${token}%`}`.execute(world.db);
		expect(jobs[0]!.n).toBe(0);
	});

	test('somebody without e-mail gets a link to hand over, and can be shown it again until used', async () => {
		const { administrator, officers } = province;
		await sql`update people.officers set email = null where id = ${officers['WAWAN SETIAWAN']}`.execute(world.db);
		const choice = { officers: [officers['WAWAN SETIAWAN']!], all: false, filter: {}, roles: [], scope: 'own' };
		expect(await world.transaction((db) => inviteOfficers(db, administrator, at, choice, base))).toEqual({ invited: 1, withoutMail: 1 });
		const before = world.mails.length;
		await world.drain();
		expect(world.mails).toHaveLength(before);
		const [open] = await openInvitations(world.db, administrator, at, base, { withoutMailOnly: true });
		expect(open!.name).toBe('WAWAN SETIAWAN');
		const { email } = await world.transaction((db) => acceptInvitation(db, later(60), tokenIn(open!.link), 'candi muaro jambi', 'id'));
		expect(email).toMatch(/@akun\.invalid$/);
		expect(await openInvitations(world.db, administrator, at, base, { withoutMailOnly: true })).toEqual([]);
		const number = (
			await sql<{ nip: string }>`select nip from people.officer_cards where id = ${officers['WAWAN SETIAWAN']}`.execute(world.db)
		).rows[0]!.nip;
		expect((await accountByName(world.db, `'${number.slice(0, 8)} ${number.slice(8)}`))!.email).toBe(email);
	});

	test('an invitation lives seven days, a reset one hour; a newer link ends the older; a new password ends all sessions', async () => {
		const found = (await accountByName(world.db, 'yuliana.safitri@contoh.example'))!;
		await sql`insert into auth.session (id, "expiresAt", token, "updatedAt", "userId") values ('s1', now() + interval '1 day', 't1', now(), ${found.auth_user_id})`.execute(
			world.db
		);
		await world.transaction((db) => requestReset(db, at, found, base));
		await world.transaction((db) => requestReset(db, later(1), found, base));
		await world.drain();
		const [first, second] = world.mails.slice(-2).map((mail) => tokenIn(mail.text));
		await expect(invitationByToken(world.db, later(2), first!)).rejects.toThrow(NotFound);
		await expect(invitationByToken(world.db, later(62), second!)).rejects.toThrow(NotFound);
		await world.transaction((db) => acceptInvitation(db, later(30), second!, 'danau sipin malam', 'id'));
		expect(await sessionsOf(world.db, found.auth_user_id!)).toEqual([]);
		expect(await passwordIsRight(world.db, found.auth_user_id!, 'gunung kerinci')).toBe(false);
	});

	test('roles with a unit need one; acting posts end by themselves', async () => {
		const { administrator, learner, units, officers } = province;
		await expect(world.transaction((db) => grantRole(db, administrator, at, learner.accountId!, { role: 'superior' }))).rejects.toThrow(
			Refusal
		);
		await world.transaction((db) =>
			grantRole(db, administrator, at, learner.accountId!, {
				role: 'superior',
				unit: units['Loket Pendaftaran'],
				from: '2026-03-01',
				until: '2026-03-31'
			})
		);
		const rolesOn = async (day: string) =>
			(await actorOfUser(world.db, new Date(`${day}T03:00:00Z`), learner.accountId!))!.grants.map((grant) => grant.role);
		expect(await rolesOn('2026-03-31')).toEqual(['superior']);
		expect(await rolesOn('2026-04-01')).toEqual([]);
		expect(officers['RATNA DEWI']).toBe(learner.officerId);
	});

	test('an ended role ends at once', async () => {
		const { administrator, leader } = province;
		const { grants } = await account(world.db, administrator, at, leader.accountId!);
		await world.transaction((db) => endGrant(db, administrator, at, leader.accountId!, grants[0]!.id));
		expect((await actorOfUser(world.db, at, leader.accountId!))!.grants).toEqual([]);
	});
});

test('signing in slows down per address and name, and cannot lock another address out', async () => {
	const world = await openWorld();
	try {
		const attack = () => admitAttempt(world.db, 'sign-in', '10.0.0.66', '199001012015031901');
		for (let i = 0; i < 6; i++) expect(await attack()).toBe(0);
		expect(await attack()).toBeGreaterThan(0);
		expect(await admitAttempt(world.db, 'sign-in', '10.0.0.7', '199001012015031901')).toBe(0);
		// an office behind one address: those who succeed use nothing up
		for (let i = 0; i < 200; i++) {
			expect(await admitAttempt(world.db, 'sign-in', '10.0.0.8', `person${i}`)).toBe(0);
			await forgiveAttempt(world.db, 'sign-in', '10.0.0.8', `person${i}`);
		}
	} finally {
		await world.close();
	}
});

test('after signing in one goes to a page of ours only', () => {
	expect(ownPath('/orang?cari=a')).toBe('/orang?cari=a');
	for (const path of ['//jahat.example', '/\\jahat.example', 'https://jahat.example', 'javascript:alert(1)', '/a\\b', ''])
		expect(ownPath(path)).toBe('/');
});

test('only an administrator may do what an administrator does', async () => {
	const world = await openWorld();
	try {
		const province = await world.transaction(smallProvince);
		const id = province.otherOfficer.accountId!;
		const commands: Record<string, (db: Db, actor: Actor) => Promise<unknown>> = {
			accounts: (db, actor) => accounts(db, actor, at, {}),
			account: (db, actor) => account(db, actor, at, id),
			officersToInvite: (db, actor) => officersToInvite(db, actor, {}),
			inviteOfficers: (db, actor) =>
				inviteOfficers(
					db,
					actor,
					at,
					{ officers: [province.officers['BUDI SANTOSO']!], all: false, filter: {}, roles: [], scope: 'own' },
					base
				),
			inviteAccounts: (db, actor) => inviteAccounts(db, actor, at, [id], 'invitation', base),
			openInvitations: (db, actor) => openInvitations(db, actor, at, base, { withoutMailOnly: false }),
			createAccount: (db, actor) =>
				createAccount(
					db,
					actor,
					at,
					{ name: 'Baru', email: 'baru@contoh.example', role: 'partner', unit: '', organisation: province.organisationId },
					base
				),
			grantRole: (db, actor) => grantRole(db, actor, at, id, { role: 'trainer' }),
			disableAccount: (db, actor) => disableAccount(db, actor, at, id)
		};
		const others = [
			province.manager,
			province.trainer,
			province.trainingOfficer,
			province.superior,
			province.learner,
			province.otherOfficer,
			province.leader,
			province.partner
		];
		for (const [name, command] of Object.entries(commands)) {
			for (const actor of others)
				await expect(
					world.transaction((db) => command(db, actor)),
					`${name} as ${actor.name}`
				).rejects.toThrow(NotFound);
		}
		// the fixture's administrator never signed in; disabling another needs one who can
		await sql`update people.accounts set auth_user_id = id where id = ${province.administrator.accountId}`.execute(world.db);
		for (const [name, command] of Object.entries(commands))
			await expect(
				world.transaction((db) => command(db, province.administrator)),
				name
			).resolves.not.toThrow();
	} finally {
		await world.close();
	}
});
