/** The demo province with a browser, for the journeys that begin in it. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Browser } from 'playwright-core';
import { demoAccounts, type DemoAccount } from '../../src/cli/accounts.ts';
import { launch } from '../browser.ts';
import { startDemo } from '../demo-folder.ts';
import type { RunningServer } from '../server.ts';
import { signIn, type Cookie } from '../sign-in.ts';
import { Person, type Device } from './person.ts';

export interface DemoStage {
	/** There from the first `beforeAll` on. */
	readonly server: RunningServer;
	/** The account of that role, of the person whose name holds these capitals. */
	account(role: string, person?: string): DemoAccount;
	cookiesOf(account: DemoAccount): Promise<Cookie[]>;
	/** Signed in at a device, in its language. */
	enter(account: DemoAccount, device: Device): Promise<Person>;
}

/** Starts the demo before the tests of the file and stops it after; a fault in anybody's browser fails the file. */
export function demoStage(options: Parameters<typeof startDemo>[0] = {}): DemoStage {
	let server: RunningServer;
	let browser: Browser;
	const people: Person[] = [];
	beforeAll(async () => {
		server = await startDemo(options);
		browser = await launch();
	});
	afterAll(async () => {
		const faults = people.flatMap((person) => person.faults);
		await browser?.close();
		await server?.stop();
		expect(faults).toEqual([]);
	});
	const cookiesOf = (account: DemoAccount) => signIn(server.url, account.signIn, account.password);
	return {
		get server() {
			return server;
		},
		account: (role, person = '') =>
			demoAccounts(server.data).find((one) => one.role === role && one.person.toUpperCase().includes(person))!,
		cookiesOf,
		async enter(account, device) {
			const person = await Person.open(browser, server.url, device);
			people.push(person);
			await person.context.addCookies((await cookiesOf(account)).map((cookie) => ({ ...cookie, url: server.url })));
			// the account's own language would win otherwise
			await person.context.addCookies([{ name: 'siginjai_locale', value: device.locale, url: server.url }]);
			return person;
		}
	};
}
