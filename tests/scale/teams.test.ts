/** Superiors in a province of 80,000 officers: one in every unit, and somebody who was named over thousands. */
import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { teamOf } from '../../src/modules/competency/server/index.ts';
import { actorOfUser, superiorsOf } from '../../src/modules/people/server/index.ts';
import type { Connection } from '../../src/platform/database/connection.ts';
import { startServer, type RunningServer } from '../server.ts';
import { cookieHeader, signIn } from '../sign-in.ts';
import { ADMINISTRATOR, copyOfProvince, SUPERIOR } from './province.ts';

const at = new Date();
let server: RunningServer;
let behind: Connection;
beforeAll(async () => {
	server = await startServer({ data: copyOfProvince() });
	behind = await server.database();
});
afterAll(async () => {
	await behind?.close();
	await server?.stop();
});

const one = async <T>(query: RawBuilder<T>): Promise<T> => (await query.execute(behind.db)).rows[0]!;

test('a superior leads the officers of the own unit, though there is one in every other', async () => {
	const { id, unitId, userId } = await one(sql<{ id: string; unitId: string; userId: string }>`
		select a.officer_id as id, g.unit_id as "unitId", a.auth_user_id as "userId" from people.accounts a
		join people.role_grants g on g.account_id = a.id where a.email = ${SUPERIOR.email}`);
	const { rows: led } = await sql<{ id: string }>`
		select id from people.computed_cards where active and unit_id = ${unitId} and id <> ${id} order by id`.execute(behind.db);
	expect(led.length).toBeGreaterThan(15);
	const team = await teamOf(behind.db, (await actorOfUser(behind.db, at, userId))!, at);
	expect(team.rows.map((card) => card.id).sort()).toEqual(led.map((row) => row.id));
	const superiors = await superiorsOf(behind.db, at, [id, led[0]!.id]);
	expect(superiors.get(led[0]!.id)?.officerId).toBe(id);
	expect(superiors.get(id)?.officerId).not.toBe(id);
});

test('a team of more than a page: those rated least first, rated fifty at a time until everybody is', async () => {
	const cookie = cookieHeader(await signIn(server.url, SUPERIOR.email, SUPERIOR.password));
	const ask = async (path: string) => (await fetch(server.url + path, { headers: { cookie } })).text();
	const people = (page: string) => [...page.matchAll(/href="\/tim\/([0-9a-f-]{36})"/g)].map((match) => match[1]!);
	const next = (page: string) => /href="([^"]+)" rel="next"/.exec(page)?.[1]!.replaceAll('&amp;', '&');
	const rated = (page: string) => [...page.matchAll(/(\d+) dari \d+<\/td>/g)].map((match) => Number(match[1]));

	const pages = [await ask('/tim')];
	for (let path = next(pages[0]!); path; path = next(pages.at(-1)!)) pages.push(await ask(path));
	expect(pages.length).toBeGreaterThan(1);
	const all = Number(/1–50 dari (\d+) orang, yang paling sedikit dinilai lebih dulu/.exec(pages[0]!)![1]);
	expect(new Set(pages.flatMap((page) => people(page.slice(page.indexOf('<table'))))).size).toBe(all);
	expect(pages.flatMap(rated)).toEqual(pages.flatMap(rated).sort((a, b) => a - b));
	for (const page of pages) expect(page).toContain(`${all} orang`);

	// on one competency, each part sent leads to the next and the last one back
	const said = () => one(sql<{ count: number }>`select count(*)::int as count from competency.ratings where rated_at >= ${at}`);
	expect((await said()).count).toBe(0);
	const send = async (path: string, form: string, levels: string[], back = false): Promise<string> => {
		const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(form)![1]!;
		const answer = await fetch(server.url + path, {
			method: 'POST',
			headers: { cookie, origin: server.url, accept: 'text/html' },
			redirect: 'manual',
			body: new URLSearchParams([
				['form_key', hidden('form_key')],
				['competency_id', hidden('competency_id')],
				...levels.map((name): [string, string] => [name, '3']),
				...(back ? ([['sebelumnya', '1']] as [string, string][]) : [])
			])
		});
		expect(answer.status).toBe(303);
		return answer.headers.get('location')!;
	};
	let path = '/tim/nilai?kompetensi=M.1';
	const passedOver = await send(path, await ask(path), []);
	expect(passedOver).toMatch(/tersimpan=0&kompetensi=M.1&sesudah=/);
	expect((await said()).count).toBe(0);
	// and back, without a link that would lose what was chosen
	const second = await ask(passedOver);
	expect(second).toContain('name="sebelumnya"');
	expect(await ask(path)).not.toContain('name="sebelumnya"');
	expect(await send(passedOver, second, [], true)).toBe('/tim/nilai?tersimpan=0&kompetensi=M.1');
	const asked: string[] = [];
	while (path.includes('kompetensi')) {
		const form = await ask(path);
		const names = [...form.matchAll(/name="(level_[0-9a-f-]{36})" value="3"/g)].map((match) => match[1]!);
		expect(names.length).toBeLessThanOrEqual(50);
		asked.push(...names);
		path = await send(path, form, names);
		expect(await ask(path)).toContain(`Tersimpan: ${names.length} penilaian`);
	}
	expect(path).toMatch(/^\/tim\/nilai\?tersimpan=\d+$/);
	expect(new Set(asked).size).toBe(all);
	expect((await said()).count).toBe(all);
});

test('who is named superior of thousands is shown a part of them, and which part', async () => {
	const { id: largest, led } = await one(sql<{ id: string; led: number }>`
		select opd_id as id, count(*)::int as led from people.computed_cards where active group by opd_id order by count(*) desc limit 1`);
	await sql`insert into people.role_grants (id, account_id, role, unit_id, granted_at, valid_from)
		select gen_random_uuid(), id, 'superior', ${largest}, now(), current_date - 1 from people.accounts where email = ${ADMINISTRATOR.email}`.execute(
		behind.db
	);
	const cookie = cookieHeader(await signIn(server.url, ADMINISTRATOR.email, ADMINISTRATOR.password));
	const ask = async (path: string) => (await fetch(server.url + path, { headers: { cookie } })).text();
	const of = ` dari ${led.toLocaleString('id-ID')} orang`;
	const first = await ask('/tim');
	expect(first).toContain(`1–50${of}`);
	const next = /href="([^"]+)" rel="next"/.exec(first)![1]!;
	expect(await ask(next)).toContain(`51–100${of}`);
	expect(await ask('/tim/nilai')).toContain(`1–50${of}`);
	for (const path of ['/tim', '/tim/nilai', '/tim/nilai?kompetensi=M.1']) expect((await ask(path)).length, path).toBeLessThan(200_000);
});
