/**
 * The access matrix over HTTP: every route and every action × every demo account and nobody, with real ids inside the
 * account's scope and outside it. What is not admitted and what lies outside read alike: not found.
 */
import { existsSync, globSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/platform/database/connection.ts';
import type { Gate, Policy } from '../../src/platform/policy.ts';
import { startDemo } from '../demo-folder.ts';
import type { RunningServer } from '../server.ts';
import { address, SAMPLES, samplesOf, visitors, type Params, type Visitor } from './facts.ts';

interface Route {
	id: string;
	folder: string;
	policy: Policy;
	/** Names of form actions of a page, methods of an endpoint other than GET. */
	acts: string[];
	endpoint: boolean;
}

const ROOT = resolve('src/routes');
const routes: Route[] = [];
const folders = [...new Set(globSync('src/routes/**/{+page.svelte,+page.server.ts,+server.ts}').map((file) => dirname(file)))].sort();
for (const folder of folders) {
	const id = `/${relative(ROOT, resolve(folder))}`;
	const read = async (name: string) =>
		existsSync(join(folder, name)) ? ((await import(/* @vite-ignore */ resolve(folder, name))) as Record<string, unknown>) : {};
	const [{ policy }, { actions }, methods] = [await read('policy.ts'), await read('+page.server.ts'), await read('+server.ts')];
	const acts = [...Object.keys(actions ?? {}), ...Object.keys(methods).filter((name) => /^[A-Z]+$/.test(name) && name !== 'GET')];
	routes.push({ id, folder, policy: policy as Policy, acts, endpoint: existsSync(join(folder, '+server.ts')) });
}

let server: RunningServer;
let behind: Connection;
let people: Visitor[];

beforeAll(async () => {
	server = await startDemo();
	behind = await server.database();
	people = await visitors(server, behind.db);
});

afterAll(async () => {
	await behind?.close();
	await server?.stop();
});

test('every page and endpoint has a policy, and every action and method is in it, and nothing else', () => {
	expect(routes.length).toBeGreaterThan(60);
	expect(routes.filter(({ policy }) => !policy?.load).map(({ id }) => id)).toEqual([]);
	for (const { id, policy, acts } of routes) expect(Object.keys(policy.actions ?? {}).sort(), id).toEqual([...acts].sort());
	expect(
		globSync('src/routes/**/policy.ts')
			.map((file) => dirname(file))
			.sort()
	).toEqual(folders);
	const ids = new Set(routes.map(({ id }) => id));
	expect(Object.keys(SAMPLES).filter((id) => !ids.has(id))).toEqual([]);
});

test('the demo has somebody of every role', () => {
	expect([...new Set(people.map(({ role }) => role))].sort()).toEqual(
		[null, 'administrator', 'leadership', 'learner', 'partner', 'programme_manager', 'superior', 'trainer', 'training_officer'].sort()
	);
});

/** What the gate must say, told from the demo's roles and not from the code that says it. */
function expected(gate: Gate | undefined, who: Visitor): 'admitted' | 'sign-in' | 'not-found' {
	if (!gate || gate.kind === 'development') return 'not-found';
	if (gate.kind === 'anyone') return 'admitted';
	if (who.role === null) return 'sign-in';
	if (gate.kind === 'signed-in') return 'admitted';
	if (gate.kind === 'officer') return who.officerId ? 'admitted' : 'not-found';
	return gate.roles.some((role) => who.roles.includes(role)) ? 'admitted' : 'not-found';
}

const STRANGE: string[] = ['01900000-0000-7000-8000-000000000000', 'bukan-id'];
const strangeParams = (id: string): Params[] =>
	STRANGE.map((value) => Object.fromEntries([...id.matchAll(/\[(\w+)\]/g)].map((match) => [match[1]!, value])));

/** Pages that ask for something in the search part before they show a thing. */
const SEARCH: Record<string, string> = {
	'/kesenjangan/orang': '?kompetensi=M.3',
	'/kesenjangan/orang/unduh.xlsx': '?kompetensi=M.3'
};
/** Not there for anybody: no token is set, the installation is set up. */
const CLOSED = ['/metrics', '/siapkan'];
/** Answers everybody the same for what does not exist, and leaves no trace of it. */
const OPEN_ANSWER = ['/periksa/[code]', '/undangan/[token]', '/skm/[code]/terima-kasih'];
/** The demo's one goal waits with a superior who is not on the list of accounts; the journey walks this page. */
const UNSEEN = ['/tim/sasaran/[id]'];
const refuses = (route: Route): boolean => !OPEN_ANSWER.includes(route.id) && !CLOSED.includes(route.id);

async function get(path: string, who: Visitor): Promise<{ status: number; location: string | null; body: string }> {
	const response = await fetch(server.url + path, {
		redirect: 'manual',
		headers: { cookie: who.cookie, accept: 'text/html' },
		signal: AbortSignal.timeout(20_000)
	});
	return { status: response.status, location: response.headers.get('location'), body: await response.text() };
}

async function post(path: string, who: Visitor, origin = server.url): Promise<{ status: number; location: string | null }> {
	const response = await fetch(server.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { cookie: who.cookie, accept: 'text/html', origin, 'content-type': 'application/x-www-form-urlencoded' },
		body: '',
		signal: AbortSignal.timeout(20_000)
	});
	await response.arrayBuffer();
	return { status: response.status, location: response.headers.get('location') };
}

const asksToSignIn = (answer: { status: number; location: string | null }): boolean =>
	answer.status === 303 && (answer.location ?? '').startsWith('/masuk');

describe.each(routes.map((route) => [route.id, route] as const))('%s', (id, route) => {
	test('reading', { timeout: 120_000 }, async () => {
		let admittedInside = 0;
		for (const who of people) {
			const admission = expected(route.policy.load, who);
			const samples = await samplesOf(behind.db, who, id);
			const some = samples.inside[0] ?? samples.outside[0] ?? strangeParams(id)[0]!;
			const search = SEARCH[id] ?? '';
			if (admission !== 'admitted') {
				const answer = await get(address(id, some) + search, who);
				if (admission === 'sign-in') expect(asksToSignIn(answer), `${who.label}: ${answer.status}`).toBe(true);
				else expect(answer.status, who.label).toBe(404);
				continue;
			}
			for (const params of samples.inside) {
				const path = address(id, params) + search;
				const answer = await get(path, who);
				const name = `${who.label} reads ${path}`;
				if (CLOSED.includes(id)) expect(answer.status, name).toBe(404);
				else {
					expect([200, 303], `${name}: ${answer.status}`).toContain(answer.status);
					if (who.role !== null) expect(asksToSignIn(answer), name).toBe(false);
					admittedInside++;
				}
			}
			if (!refuses(route)) continue;
			for (const params of [...samples.outside, ...(id.includes('[') ? strangeParams(id) : [])]) {
				const path = address(id, params) + search;
				expect((await get(path, who)).status, `${who.label} reads ${path}, which is outside`).toBe(404);
				if (route.endpoint) continue;
				// the same page as the browser's script asks for it
				const data = await get(`${address(id, params)}/__data.json${search}`, who);
				if (data.status !== 404) expect(data.body, `${who.label} reads the data of ${path}`).toContain('"type":"error"');
			}
		}
		// the demo shows each page to somebody: a matrix of refusals only would prove nothing
		if (!CLOSED.includes(id) && !UNSEEN.includes(id) && route.policy.load.kind !== 'development')
			expect(admittedInside, 'nobody got in').toBeGreaterThan(0);
	});
});

test('a unit or a person named in the search part is held to the same scope', async () => {
	const officer = people.find(({ role }) => role === 'training_officer')!;
	const superior = people.find(({ role }) => role === 'superior')!;
	const { outside: units } = await SAMPLES['/unit/[id]']!(behind.db, officer);
	const { inside: own, outside: others } = await SAMPLES['/tim/[officerId]']!(behind.db, superior);
	const all: [Visitor, string, number][] = [
		[officer, `/kesenjangan?unit=${units[0]!.id}`, 404],
		[officer, `/kesenjangan/orang?kompetensi=M.3&unit=${units.at(-1)!.id}`, 404],
		[superior, `/tim/nilai?kompetensi=M.3&orang=${others[0]!.officerId}`, 404],
		[superior, `/tim/nilai?kompetensi=M.3&orang=${own[0]!.officerId}`, 200]
	];
	for (const [who, path, status] of all) expect((await get(path, who)).status, path).toBe(status);
	const { body } = await get(`/orang?unit=${units[0]!.id}`, officer);
	const { outside: strangers } = await SAMPLES['/orang/[id]']!(behind.db, officer);
	for (const { id } of strangers) expect(body).not.toContain(id);
});

/** Ends the sessions that the other tests need, so it comes last. */
const last = (route: Route): number => (route.id === '/keluar' ? 1 : 0);
const acts = routes
	.toSorted((a, b) => last(a) - last(b))
	.flatMap((route) => route.acts.map((act) => [`${route.id} ${act}`, route, act] as const));

describe.each(acts)('%s', (_, route, act) => {
	test('acting with an empty form', { timeout: 120_000 }, async () => {
		for (const who of people) {
			const admission = expected(route.policy.actions?.[act], who);
			const samples = await samplesOf(behind.db, who, route.id);
			const search = route.endpoint || act === 'default' ? '' : `?/${act}`;
			const some = samples.inside[0] ?? samples.outside[0] ?? strangeParams(route.id)[0]!;
			if (admission !== 'admitted') {
				const answer = await post(address(route.id, some) + search, who);
				if (admission === 'sign-in') expect(asksToSignIn(answer), `${who.label}: ${answer.status}`).toBe(true);
				else expect(answer.status, who.label).toBe(404);
				continue;
			}
			for (const params of [...samples.inside, ...samples.outside, ...(route.id.includes('[') ? strangeParams(route.id) : [])]) {
				const path = address(route.id, params) + search;
				const { status } = await post(path, who);
				const mine = samples.inside.includes(params);
				// an open form refuses the empty body before it looks at the record, so 400 there tells nothing
				expect(mine ? [200, 303, 400, 404, 409, 422, 429] : [400, 404, 422, 429], `${who.label} sends ${path}: ${status}`).toContain(
					status
				);
			}
		}
	});
});

test('a page without actions takes no form, and a form from another place is refused', { timeout: 120_000 }, async () => {
	const administrator = people.find(({ role }) => role === 'administrator')!;
	for (const route of routes.filter(({ acts: own }) => own.length === 0)) {
		const samples = await samplesOf(behind.db, administrator, route.id);
		const some = samples.inside[0] ?? samples.outside[0] ?? strangeParams(route.id)[0]!;
		expect((await post(address(route.id, some), administrator)).status, route.id).toBe(404);
	}
	for (const [, route, act] of acts) {
		const samples = await samplesOf(behind.db, administrator, route.id);
		const some = samples.inside[0] ?? samples.outside[0] ?? strangeParams(route.id)[0]!;
		const path = address(route.id, some) + (route.endpoint || act === 'default' ? '' : `?/${act}`);
		expect((await post(path, administrator, 'https://tempat-lain.example')).status, path).toBe(403);
	}
});

test('no request of all these was a fault', () => {
	expect(server.output()).not.toContain('"msg":"fault"');
});
