/**
 * Every page that a role can reach by links from its home, in the demo province: axe finds nothing, nothing is wider
 * than the screen or than a phone, the console is silent. `npm test` walks a dark English desktop and draws a page that
 * several roles reach once; `SIGINJAI_LONG` draws all pages of every role in all eight looks.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { demoAccounts } from '../../src/cli/accounts.ts';
import { launch } from '../browser.ts';
import { startDemo } from '../demo-folder.ts';
import type { RunningServer } from '../server.ts';
import { cookieHeader, signIn, type Cookie } from '../sign-in.ts';
import { DESKTOP, PHONE, Person, shapeOf, type Device } from './person.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
	server = await startDemo();
	browser = await launch();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

const looks: Device[] = [{ ...DESKTOP, theme: 'dark' }];
if (process.env.SIGINJAI_LONG)
	for (const base of [PHONE, DESKTOP])
		for (const theme of ['light', 'dark'] as const)
			for (const locale of ['id', 'en'] as const)
				if (base !== DESKTOP || theme !== 'dark' || locale !== 'en') looks.push({ ...base, theme, locale, script: true });

/** Not pages, or pages that end the walk. */
const NOT_WALKED = /^\/(keluar|tampilan)|\.(pdf|csv|txt|svg|xlsx|json)($|\?)|\/unduh|\/ekspor/;

/** Two people walk at a time: while one waits for a page, the other's is drawn. */
const LANES = 2;

test.each(looks)('$width px, $theme, $locale', { timeout: 1_200_000 }, async (device) => {
	const seen = new Set<string>();
	const accounts = [null, ...demoAccounts(server.data)];
	const walk = async () => {
		for (let account = accounts.shift(); account !== undefined; account = accounts.shift()) {
			const signedIn = account ? await signIn(server.url, account.signIn, account.password) : [];
			const cookies = [...signedIn, { name: 'siginjai_locale', value: device.locale }, { name: 'siginjai_theme', value: device.theme }];
			const person = await Person.open(browser, server.url, device);
			await person.context.addCookies(cookies.map((cookie) => ({ ...cookie, url: server.url })));
			const queue = account ? ['/beranda'] : ['/masuk', '/lupa', '/periksa'];
			const own = new Set<string>();
			for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
				const shape = shapeOf(server.url + path);
				if (own.has(shape)) continue;
				own.add(shape);
				const known = seen.has(shape);
				seen.add(shape);
				const name = `${account?.role ?? 'nobody'} on ${path}`;
				const links = known && !process.env.SIGINJAI_LONG ? await read(path, cookies, name) : await look(person, path, name);
				for (const link of links) if (!NOT_WALKED.test(link) && !own.has(shapeOf(server.url + link))) queue.push(link);
			}
			await person.close();
		}
	};
	await Promise.all(Array.from({ length: LANES }, walk));
	// a walk that ends at the door would find nothing wrong
	expect(seen.size).toBeGreaterThan(80);
});

/** In the browser. @returns the links of the page */
async function look(person: Person, path: string, name: string): Promise<string[]> {
	await person.goto(path);
	expect(person.faults, name).toEqual([]);
	// the same page on a phone
	await person.page.setViewportSize({ width: PHONE.width, height: PHONE.height });
	expect(await person.wider(), `sideways scroll at ${PHONE.width} px: ${name}`).toBe('');
	await person.page.setViewportSize({ width: person.device.width, height: person.device.height });
	return person.page.locator('main a[href^="/"], nav a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')!));
}

/** As the server sends it: what somebody of another role has looked at in the browser is not drawn again. @returns the links of the page */
async function read(path: string, cookies: Cookie[], name: string): Promise<string[]> {
	const answer = await fetch(server.url + path, { headers: { cookie: cookieHeader(cookies), accept: 'text/html' } });
	expect(answer.status, name).toBe(200);
	const html = await answer.text();
	// comments are there for a script to find its place, and for nobody else
	expect(html.includes('<!--'), name).toBe(html.includes('__sveltekit_'));
	return [...html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
}
