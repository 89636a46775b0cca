/** Searches in a province of 80,000 officers: who is found against another way of asking, and nobody read whole for it. */
import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GAP_SORTS, GAP_STATES } from '../../src/modules/competency/rules.ts';
import { gapListPage } from '../../src/modules/competency/server/index.ts';
import { OFFICER_SORTS, searchable } from '../../src/modules/people/rules.ts';
import { officerList, officersPage, officersToInvite, searchPeopleAndUnits } from '../../src/modules/people/server/index.ts';
import { systemActor, type Actor } from '../../src/platform/actor.ts';
import type { Connection, Db } from '../../src/platform/database/connection.ts';
import { startServer, type RunningServer } from '../server.ts';
import { copyOfProvince, OFFICERS } from './province.ts';
import { listen, type Questions } from './questions.ts';

const administrator: Actor = {
	...systemActor,
	system: false,
	grants: [{ role: 'administrator', unitPath: null, unitId: null, organisationId: null }]
};
let server: RunningServer;
let behind: Connection;
let db: Db;
let questions: Questions;
beforeAll(async () => {
	server = await startServer({ data: copyOfProvince() });
	behind = await server.database();
	questions = listen(behind);
	db = behind.db;
});
afterAll(async () => {
	await behind?.close();
	await server?.stop();
});

const one = async <T>(query: RawBuilder<T>): Promise<T> => (await query.execute(db)).rows[0]!;

test('somebody is found by a misspelt name and by the beginning of a number, without reading everybody', async () => {
	const {
		id,
		full_name: name,
		nip
	} = await one(sql<{ id: string; full_name: string; nip: string }>`
		select id, full_name, nip from people.computed_cards where active and full_name like '% % %' order by id offset 5000 limit 1`);
	const byNumber = () => searchPeopleAndUnits(db, administrator, nip.slice(0, 16));
	const byName = () => searchPeopleAndUnits(db, administrator, name.toLowerCase().replace('a', 'aa'), 20);
	expect((await byNumber()).officers.map((found) => found.id)).toContain(id);
	const namesakes = (await byName()).officers.map((found) => found.display_name);
	expect(namesakes.some((found) => found.includes(name))).toBe(true);
	for (const ask of [byNumber, byName]) {
		const whole = await questions.readWhole(ask);
		for (const table of ['cards', 'names', 'officers', 'officer_numbers']) expect(whole).not.toContain(table);
	}
});

test('a name that thousands bear: count, pages, command bar and invitations, without reading everybody', async () => {
	const { word } = await one(sql<{ word: string }>`
		select split_part(search_name, ' ', 1) as word from people.officers where active group by 1 having count(*) > 1000 order by count(*) desc, 1 limit 1`);
	const { rows: bearers } = await sql<{ id: string }>`select id from people.officers
		where active and position(${word} in search_name) > 0 order by full_name, id`.execute(db);
	const usual = { sort: 'name', descending: false, after: undefined } as const;
	const first = () => officersPage(db, administrator, { search: word }, usual, 50);
	const page = await first();
	expect({ count: page.count, ids: page.rows.map(({ id }) => id) }).toEqual({
		count: bearers.length,
		ids: bearers.slice(0, 50).map(({ id }) => id)
	});
	const { key: value, id } = page.rows.at(-1)!;
	const next = await officersPage(db, administrator, { search: word }, { ...usual, after: { value, id } }, 50);
	expect({ count: next.count, ids: next.rows.map((row) => row.id) }).toEqual({
		count: bearers.length,
		ids: bearers.slice(50, 100).map((row) => row.id)
	});
	const found = () => searchPeopleAndUnits(db, administrator, word);
	const begun = () => searchPeopleAndUnits(db, administrator, word.slice(0, 2));
	const toInvite = () => officersToInvite(db, administrator, { search: word });
	expect((await found()).officers).toHaveLength(8);
	expect((await begun()).officers).toHaveLength(8);
	// some of them lead a unit and have an account
	const { n: invited } = await one(sql<{ n: number }>`
		select count(*)::int as n from people.accounts where officer_id = any(${bearers.map((row) => row.id)}::uuid[])`);
	expect(invited).toBeGreaterThan(0);
	expect((await toInvite()).total).toBe(bearers.length - invited);
	for (const ask of [first, found, begun, toInvite]) {
		const whole = await questions.readWhole(ask);
		for (const table of ['cards', 'names', 'officers']) expect(whole).not.toContain(table);
	}
});

test.each(['ari', 'muhammad'])(
	'%s, which thousands are called or have in their name, is counted and no order of the list reads everybody',
	async (search) => {
		const like = `%${searchable(search)}%`;
		const { n } = await one(sql<{ n: number }>`select count(*)::int as n from people.officers where active and search_name like ${like}`);
		expect(n).toBeGreaterThan(5000);
		for (const sort of OFFICER_SORTS)
			for (const descending of [false, true]) {
				const order = { sort, descending, after: undefined };
				const ask = () => officersPage(db, administrator, { search }, order, 50);
				const whole = await officerList(db, administrator, { search }, order, OFFICERS);
				expect(await ask()).toEqual({ rows: whole.slice(0, 50), count: n });
				expect(whole).toHaveLength(n);
				const read = await questions.readWhole(ask);
				for (const table of ['cards', 'names', 'officers']) expect(read, sort).not.toContain(table);
			}
	}
);

test('a name that thousands bear behind a cell of the map: the same persons as when all are counted, in every order and state', async () => {
	const { id: competencyId } = await one(sql<{ id: string }>`
		select id from competency.competencies where category = 'manajerial' order by position limit 1`);
	const at = new Date();
	for (const state of [undefined, ...GAP_STATES])
		for (const sort of GAP_SORTS)
			for (const descending of [false, true]) {
				const filter = { competencyId, search: 'ratna', state };
				const ask = (many?: number) => gapListPage(db, administrator, at, filter, { sort, descending, after: undefined }, 50, many);
				const [page, counted] = [await ask(), await ask(OFFICERS)];
				expect(page).toEqual({ rows: counted.rows, counts: undefined, found: counted.found });
				expect(counted.counts!.people).toBeGreaterThan(1000);
				const whole = await questions.readWhole(ask);
				for (const table of ['cards', 'names', 'officer_gaps', 'ratings']) expect(whole, `${sort} ${state}`).not.toContain(table);
			}
});
