import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { rungOf, searchable } from './rules.ts';
import {
	accountsWithRole,
	createOrganisation,
	grantRole,
	installationIsEmpty,
	officerCard,
	officerCards,
	officersUnder,
	organisationOptions,
	ownGrants,
	superiorsOf,
	unitOptions,
	unitPage,
	visibleOfficers
} from './server/index.ts';
import { smallProvince, type SmallProvince } from './testing.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';

const at = new Date('2026-03-02T03:00:00Z');
let world: World;
let province: SmallProvince;

beforeAll(async () => {
	world = await openWorld();
	expect(await installationIsEmpty(world.db)).toBe(true);
	province = await world.transaction(smallProvince);
	expect(await installationIsEmpty(world.db)).toBe(false);
});
afterAll(() => world.close());

test('the superior of an officer is the deepest grant above her, never herself', async () => {
	const { officers, superior } = province;
	const map = await superiorsOf(world.db, at, [officers['RATNA DEWI']!, officers['MARLINA ZAHRA']!, officers['RIZAL FAUZI']!]);
	expect(map.get(officers['RATNA DEWI']!)).toMatchObject({ accountId: superior.accountId, name: 'MARLINA ZAHRA' });
	expect(map.has(officers['MARLINA ZAHRA']!)).toBe(false);
	expect(map.has(officers['RIZAL FAUZI']!)).toBe(false);
	const team = await officersUnder(world.db, superior, at);
	expect(team.map((card) => card.id).sort()).toEqual([...province.team].sort());
	expect(await officersUnder(world.db, province.leader, at)).toEqual([]);
});

test('who acts for the director is the superior while it lasts, is shown with the last day, and it ends by itself', async () => {
	const { administrator, superior, learner, officers, units, team } = province;
	const hospital = units['RSUD Contoh Siginjai'];
	const acting = { role: 'superior' as const, unit: hospital, acting: 'plh' as const, from: '2026-03-02', until: '2026-03-15' };
	const act = (input: object) => world.transaction((db) => grantRole(db, administrator, at, learner.accountId!, { ...acting, ...input }));
	await expect(act({ until: '' })).rejects.toThrow('people_refusal_acting_needs_until');
	await expect(act({ role: 'leadership', unit: '' })).rejects.toThrow('people_refusal_acting_needs_unit');
	await act({});
	await act({}); // twice is once
	const anisa = officers['ANISA PUTRI']!;
	const superiorOn = async (day: string) => (await superiorsOf(world.db, new Date(`${day}T03:00:00Z`), [anisa])).get(anisa)?.accountId;
	expect(await superiorOn('2026-03-01')).toBe(superior.accountId);
	expect(await superiorOn('2026-03-02')).toBe(learner.accountId);
	expect(await superiorOn('2026-03-15')).toBe(learner.accountId);
	expect(await superiorOn('2026-03-16')).toBe(superior.accountId);
	const shown = (when: string) => unitPage(world.db, administrator, new Date(`${when}T03:00:00Z`), hospital).then((page) => page.acting);
	expect(await shown('2026-03-10')).toEqual([
		{ id: learner.officerId, name: 'RATNA DEWI', acting: 'plh', role: 'superior', valid_to: '2026-03-15' }
	]);
	expect(await shown('2026-03-16')).toEqual([]);
	expect(await ownGrants(world.db, learner, at)).toMatchObject([{ role: 'superior', acting: 'plh', valid_to: '2026-03-15' }]);
	expect(await ownGrants(world.db, learner, new Date('2026-03-16T03:00:00Z'))).toEqual([]);
	// nobody acts over herself: for the one who acts the holder stays the superior
	const own = (await superiorsOf(world.db, at, [learner.officerId!])).get(learner.officerId!);
	expect(own?.accountId).toBe(superior.accountId);
	expect((await officersUnder(world.db, superior, at)).map((card) => card.id)).toEqual([learner.officerId]);
	// and nobody who acts for the director is above the director: that stays who leads the office above
	const director = superior.officerId!;
	expect((await superiorsOf(world.db, at, [director])).get(director)).toBeUndefined();
	const standIn = { ...learner, grants: superior.grants };
	expect((await officersUnder(world.db, standIn, at)).map((card) => card.id).sort()).toEqual(
		team.filter((id) => id !== learner.officerId).sort()
	);
	await sql`delete from people.role_grants where acting is not null`.execute(world.db);
	expect((await officersUnder(world.db, superior, at)).map((card) => card.id).sort()).toEqual([...team].sort());
});

test('who holds a unit has a superior above it, not who came to the same unit later', async () => {
	const { administrator, superior, learner, leader, units } = province;
	const granted = async (account: string, input: { role: 'superior'; unit: string }, day: string) =>
		world.transaction((db) => grantRole(db, administrator, new Date(`${day}T03:00:00Z`), account, input));
	const above = async (id: string) => (await superiorsOf(world.db, at, [id])).get(id)?.accountId;
	await granted(learner.accountId!, { role: 'superior', unit: units['RSUD Contoh Siginjai'] }, '2026-03-01');
	expect(await above(superior.officerId!)).toBeUndefined();
	expect(await above(learner.officerId!)).toBe(superior.accountId);
	await granted(leader.accountId!, { role: 'superior', unit: units['Dinas Kesehatan'] }, '2026-03-01');
	expect(await above(superior.officerId!)).toBe(leader.accountId);
	await sql`delete from people.role_grants where (account_id = ${learner.accountId} or account_id = ${leader.accountId}) and role = 'superior'`.execute(
		world.db
	);
});

test('a grant that ended makes nobody a superior', async () => {
	await expect(
		world.transaction(async (db) => {
			await sql`update people.role_grants set valid_to = '2026-02-01' where role = 'superior'`.execute(db);
			expect((await superiorsOf(db, at, province.team)).size).toBe(0);
			expect((await superiorsOf(db, new Date('2026-01-15T00:00:00Z'), province.team)).size).toBe(12);
			throw new Error('undo');
		})
	).rejects.toThrow('undo');
});

test('each role sees its own subtree', async () => {
	const count = async (actor: SmallProvince['learner']) =>
		(await sql<{ n: number }>`select count(*)::int as n from people.officer_cards c where ${visibleOfficers(actor)}`.execute(world.db))
			.rows[0]!.n;
	expect(await count(province.administrator)).toBe(30);
	expect(await count(province.leader)).toBe(30);
	expect(await count(province.trainingOfficer)).toBe(16);
	expect(await count(province.superior)).toBe(13);
	expect(await count(province.learner)).toBe(0);
	expect(await count(province.partner)).toBe(0);
	expect((await unitOptions(world.db, province.trainingOfficer)).map((unit) => unit.label.trim())).toEqual([
		'Dinas Kesehatan',
		'RSUD Contoh Siginjai',
		'Instalasi Rawat Jalan',
		'Loket Pendaftaran'
	]);
});

test('cards carry post, unit and OPD', async () => {
	const card = await officerCard(world.db, province.officers['RATNA DEWI']!);
	expect(card).toMatchObject({
		post_name: 'Perawat Ahli Muda',
		rung: 'ahli_muda',
		unit_name: 'Loket Pendaftaran',
		opd_name: 'Dinas Kesehatan'
	});
	expect(await officerCards(world.db, province.team)).toHaveLength(12);
	await expect(officerCard(world.db, 'nobody')).rejects.toThrow(NotFound);
});

test('organisations: made by those who may, once by name', async () => {
	await expect(
		world.transaction((db) => createOrganisation(db, province.learner, at, { kind: 'ngo', name: 'Yayasan Contoh' }))
	).rejects.toThrow(NotFound);
	await world.transaction((db) => createOrganisation(db, province.manager, at, { kind: 'ngo', name: 'Yayasan Contoh' }));
	await expect(
		world.transaction((db) => createOrganisation(db, province.manager, at, { kind: 'ngo', name: 'yayasan contoh' }))
	).rejects.toThrow(Refusal);
	expect((await organisationOptions(world.db)).map((option) => option.label)).toEqual(['Universitas Contoh Batanghari', 'Yayasan Contoh']);
	expect((await accountsWithRole(world.db, at, 'leadership')).map((account) => account.name)).toEqual(['RADEN USMAN']);
});

test('rungs come from the post', () => {
	expect(rungOf('functional', 'Perencana Ahli Muda', null)).toBe('ahli_muda');
	expect(rungOf('functional', 'Radiografer Mahir', null)).toBe('mahir');
	expect(rungOf('structural', 'Kepala Dinas Kesehatan', '21')).toBe('jpt_pratama');
	expect(rungOf('structural', 'Kepala Seksi', '41')).toBe('pengawas');
	expect(rungOf('general', 'Pengadministrasi Perkantoran', null)).toBe('pelaksana');
});

test('names fold: titles, spelling, apostrophes', () => {
	expect(searchable('Dr. H. Moh. Soekarno, S.E., M.M.')).toBe('muhamad sukarno');
	expect(searchable("NUR'AINI")).toBe('nuraini');
	expect(searchable('Djoko Tjahjono')).toBe('joko cahjono');
});
