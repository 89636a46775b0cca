/**
 * An installation with next to nothing in it, begun from an empty data folder: every page without a parameter, for each
 * role of the office, says something sensible, in both languages, and is no wider than a phone. First right after the
 * set-up, then with the unit tree and 200 officers, when nobody has assessed, planned or taught anything yet.
 */
import { globSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../src/platform/database/connection.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Policy } from '../../src/platform/policy.ts';
import { launch } from '../browser.ts';
import { browsing, firstAdministrator, FIXTURES, PASSWORD } from '../faults/visitor.ts';
import { startMailDouble, type MailDouble } from '../mail-double.ts';
import { startServer, type RunningServer } from '../server.ts';
import { cookieHeader, signIn, type Cookie } from '../sign-in.ts';
import { importByCommand } from './command.ts';
import { Person, PHONE } from './person.ts';

interface Walker {
	role: string;
	/** Has a NIP. */
	officer: boolean;
	cookies: Cookie[];
}

/** Lead elsewhere, or are for developers. */
const NOT_WALKED = ['/', '/siapkan', '/masuk/kode', '/komponen'];
/** Ask for something in the search part. */
const SEARCH: Record<string, string> = { '/kesenjangan/orang': '?kompetensi=M.3' };

let mail: MailDouble;
let server: RunningServer;
let behind: Connection;
let browser: Browser;
const walkers: Walker[] = [];
const pages: { path: string; policy: Policy }[] = [];

beforeAll(async () => {
	for (const folder of globSync('src/routes/**/+page.svelte').map((file) => dirname(file))) {
		const path = `/${relative('src/routes', folder)}`;
		if (path.includes('[') || NOT_WALKED.includes(path)) continue;
		pages.push({
			path: path + (SEARCH[path] ?? ''),
			policy: ((await import(/* @vite-ignore */ resolve(folder, 'policy.ts'))) as { policy: Policy }).policy
		});
	}
	mail = await startMailDouble();
	server = await startServer({ smtpPort: mail.port });
	behind = await server.database();
	browser = await launch();
	await firstAdministrator(server);
	walkers.push({ role: 'administrator', officer: false, cookies: await signIn(server.url, 'siti@jambi.example', PASSWORD) });
	for (const role of ['programme_manager', 'leadership', 'trainer']) await invited(role);
});
afterAll(async () => {
	await browser?.close();
	await behind?.close();
	await server?.stop();
	await mail?.close();
});

const administrator = () => browsing(server, cookieHeader(walkers[0]!.cookies));

async function accepted(role: string, officer: boolean, email: string): Promise<void> {
	const { text } = await mail.waitFor(email);
	await browsing(server).post(/\/undangan\/[\w.~-]+/.exec(text)![0], { password: PASSWORD, repeat: PASSWORD });
	walkers.push({ role, officer, cookies: await signIn(server.url, email, PASSWORD) });
}

/** Somebody who is no officer. */
async function invited(role: string, unit = ''): Promise<void> {
	const email = `${role}@jambi.example`;
	const { status } = await administrator().post('/akun/baru', { name: role, email, role, unit, form_key: newId() });
	expect(status, role).toBe(303);
	await accepted(role, false, email);
}

const opens = ({ load }: Policy, who: Walker): boolean =>
	load.kind === 'anyone' ||
	load.kind === 'signed-in' ||
	(load.kind === 'officer' && who.officer) ||
	(load.kind === 'roles' && load.roles.includes(who.role));

const NONSENSE = /\b(NaN|undefined|null|Infinity|Invalid Date)\b|\[object|\{\w+\}/;
/** A list, table or choice with nothing in it and no word why. */
const HOLLOW = /<(tbody|ul|ol|dl)\b[^>]*>\s*<\/\1>|<select\b[^>]*>\s*<option value=""[^>]*>(Pilih satu|Choose one)<\/option>\s*<\/select>/;

const words = (html: string): string =>
	html
		.replace(/<(script|style|svg|template)\b[\s\S]*?<\/\1>/g, ' ')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ');

/** @returns what is wrong with the page */
async function faultsOf(path: string, who: Walker, locale: 'id' | 'en'): Promise<string[]> {
	const cookie = cookieHeader([...who.cookies, { name: 'siginjai_locale', value: locale }]);
	const answer = await fetch(server.url + path, { headers: { cookie, accept: 'text/html' } });
	const html = (await answer.text()).replace(/<!--.*?-->/g, '');
	const name = `${path} as ${who.role}, ${locale}`;
	if (answer.status !== 200) return [`${name}: ${answer.status}`];
	const main = /<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
	const heading = words(/<h1\b[\s\S]*?<\/h1>/.exec(main)?.[0] ?? '').trim();
	const text = words(html);
	const wrong: string[] = [];
	if (!heading) wrong.push('no heading');
	if (words(main).trim().length < heading.length + 25) wrong.push(`says nothing but ${words(main)}`);
	const nonsense = NONSENSE.exec(text);
	if (nonsense) wrong.push(`says ${text.slice(Math.max(0, nonsense.index - 40), nonsense.index + 40)}`);
	const hollow = HOLLOW.exec(main);
	if (hollow) wrong.push(`holds nothing: ${hollow[0]}`);
	return wrong.map((fault) => `${name} ${fault}`);
}

const isFirst = (policy: Policy, who: Walker): boolean => walkers.find((one) => opens(policy, one)) === who;
const localesFor = (policy: Policy, who: Walker) => (isFirst(policy, who) ? (['id', 'en'] as const) : (['id'] as const));

async function walk(): Promise<string[]> {
	const faults: string[] = [];
	for (const who of walkers)
		for (const { path, policy } of pages)
			if (opens(policy, who)) for (const locale of localesFor(policy, who)) faults.push(...(await faultsOf(path, who, locale)));
	return faults;
}

const drawn = new Set<string>();

/** Every page once, by the first who may open it. */
async function widePages(): Promise<string[]> {
	const wide: string[] = [];
	for (const who of walkers) {
		const own = pages.filter(({ path, policy }) => isFirst(policy, who) && !drawn.has(path));
		if (own.length === 0) continue;
		const person = await Person.open(browser, server.url, PHONE);
		await person.context.addCookies(who.cookies.map((cookie) => ({ ...cookie, url: server.url })));
		for (const { path } of own) {
			drawn.add(path);
			await person.page.goto(server.url + path);
			const out = await person.wider();
			if (out) wide.push(`${path}: ${out}`);
		}
		expect(person.faults).toEqual([]);
		await person.close();
	}
	return wide;
}

test('right after the set-up', async () => {
	expect(pages.length).toBeGreaterThan(45);
	expect(await walk()).toEqual([]);
	expect(await widePages()).toEqual([]);
});

test('with units and officers, and nothing that anybody did', async () => {
	await importByCommand(server.data, 'units', `${FIXTURES}/unor.csv`, true);
	await importByCommand(server.data, 'officers', `${FIXTURES}/export-data-asn-200.csv`, true);
	const { rows } = await sql<{ id: string; email: string; unit_id: string }>`select id, email, unit_id from people.officer_cards
		where active and email is not null order by id limit 1`.execute(behind.db);
	const { id, email, unit_id } = rows[0]!;
	await invited('training_officer', unit_id);
	await administrator().post('/akun/undang', [
		['officers[]', id],
		['roles[]', 'superior'],
		['scope', 'own'],
		['form_key', newId()]
	]);
	await accepted('superior', true, email);
	expect(await walk()).toEqual([]);
	expect(await widePages()).toEqual([]);
	expect(server.output()).not.toContain('"msg":"fault"');
});
