/**
 * Every page that a role can reach by links from its home, in the demo province: axe finds nothing, nothing is wider
 * than the screen, the console is silent. `npm test` walks a dark English desktop; `SIGINJAI_LONG` all eight looks.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { demoAccounts } from '../../src/cli/accounts.ts';
import { launch } from '../browser.ts';
import { startDemo } from '../demo-folder.ts';
import type { RunningServer } from '../server.ts';
import { signIn } from '../sign-in.ts';
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

test.each(looks)('$width px, $theme, $locale', { timeout: 1_200_000 }, async (device) => {
	const seen = new Set<string>();
	for (const account of [null, ...demoAccounts(server.data)]) {
		const person = await Person.open(browser, server.url, device);
		await person.context.addCookies([{ name: 'siginjai_theme', value: device.theme, url: server.url }]);
		if (account)
			await person.context.addCookies(
				(await signIn(server.url, account.signIn, account.password)).map((cookie) => ({ ...cookie, url: server.url }))
			);
		const queue = account ? ['/beranda'] : ['/masuk', '/lupa', '/periksa'];
		const own = new Set<string>();
		while (queue.length > 0) {
			const path = queue.shift()!;
			const shape = shapeOf(server.url + path);
			if (own.has(shape)) continue;
			own.add(shape);
			await person.goto(path);
			expect(person.faults, `${account?.role ?? 'nobody'} on ${path}`).toEqual([]);
			seen.add(shape);
			const links = await person.page
				.locator('main a[href^="/"], nav a[href^="/"]')
				.evaluateAll((all) => all.map((a) => a.getAttribute('href')!));
			for (const link of links) if (!NOT_WALKED.test(link) && !own.has(shapeOf(server.url + link))) queue.push(link);
		}
		await person.close();
	}
	// a walk that ends at the door would find nothing wrong
	expect(seen.size).toBeGreaterThan(80);
});
