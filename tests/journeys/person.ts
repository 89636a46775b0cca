/** One person at a device: a browser context of their own, every page they reach checked by axe. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'vitest';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';

export interface Device {
	width: number;
	height: number;
	locale: 'id' | 'en';
	theme: 'light' | 'dark';
	script: boolean;
}

export const PHONE: Device = { width: 360, height: 740, locale: 'id', theme: 'light', script: false };
export const DESKTOP: Device = { width: 1280, height: 900, locale: 'en', theme: 'light', script: true };

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Pages already checked, by route shape and device; ids are folded so that each shape is looked at once. */
const checked = new Set<string>();
export const shapeOf = (url: string): string => {
	const { pathname, searchParams } = new URL(url);
	const path = pathname
		.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
		.replace(/\/(undangan|periksa|skm)\/[^/]+/, '/$1/:code')
		.replace(/\/kompetensi\/(kamus\/)?[A-Z][^/]*/, '/kompetensi/$1:code')
		.replace(/\/standar\/(jabatan|jenjang)\/[^/]+/, '/standar/$1/:key');
	const keys = [...new Set(searchParams.keys())].join('&');
	return keys ? `${path}?${keys}` : path;
};

export class Person {
	page: Page;
	context: BrowserContext;
	base: string;
	device: Device;
	/** Console errors and failed requests, each a fault. */
	faults: string[] = [];
	private session: CDPSession;
	private inFlight = 0;
	private lastTraffic = 0;

	constructor(context: BrowserContext, page: Page, session: CDPSession, base: string, device: Device) {
		this.context = context;
		this.page = page;
		this.session = session;
		this.base = base;
		this.device = device;
	}

	static async open(browser: Browser, base: string, device: Device): Promise<Person> {
		const context = await browser.newContext({
			viewport: { width: device.width, height: device.height },
			colorScheme: device.theme,
			locale: device.locale === 'en' ? 'en-GB' : 'id-ID',
			timezoneId: 'Asia/Jakarta'
		});
		await context.addCookies([{ name: 'siginjai_locale', value: device.locale, url: base }]);
		const page = await context.newPage();
		const person = new Person(context, page, await context.newCDPSession(page), base, device);
		await person.allowScript(false);
		page.on('console', (message) => {
			// a refused form answers 4xx on purpose, and the browser says so
			if (message.type() === 'error' && !/Failed to load resource.*(400|404|409|422|429)/.test(message.text()))
				person.faults.push(message.text());
		});
		const traffic = (change: number) => {
			person.inFlight += change;
			person.lastTraffic = Date.now();
		};
		page.on('request', () => traffic(1));
		page.on('requestfinished', () => traffic(-1));
		page.on('requestfailed', () => traffic(-1));
		page.on('pageerror', (error) => person.faults.push(error.message));
		page.on('response', (response) => {
			if (response.status() >= 500) person.faults.push(`${response.status()} ${response.url()}`);
			if (!response.url().startsWith(base)) person.faults.push(`third party: ${response.url()}`);
		});
		return person;
	}

	async goto(path: string): Promise<void> {
		await this.page.goto(this.base + path);
		await this.quiet();
		await this.settled();
	}

	/** Waits until nothing has been on the line for a moment: a page with script loads its data after the answer. */
	async quiet(): Promise<void> {
		if (!this.device.script) return;
		for (let waited = 0; waited < 10_000 && (this.inFlight > 0 || Date.now() - this.lastTraffic < 200); waited += 50)
			await this.page.waitForTimeout(50);
	}

	/** Waits for the page, then lets axe look at every new shape, and at its width on a phone. */
	async settled(): Promise<void> {
		await this.page.waitForLoadState('load');
		const key = `${shapeOf(this.page.url())} ${this.device.width} ${this.device.theme}`;
		if (checked.has(key)) return;
		checked.add(key);
		// axe itself is a script: it may run on the page as it stands, which has loaded none of its own
		await this.allowScript(true);
		await checkAccessibility(this.session, key);
		await this.allowScript(false);
	}

	private async allowScript(allowed: boolean): Promise<void> {
		if (!this.device.script) await this.session.send('Emulation.setScriptExecutionDisabled', { value: !allowed });
	}

	/** Presses a button or link by its words and waits for what comes. */
	async press(name: string | RegExp): Promise<void> {
		const target = this.page.getByRole('button', { name }).or(this.page.getByRole('link', { name })).first();
		await target.click();
		await this.page.waitForLoadState('load');
		await this.quiet();
		await this.settled();
	}

	fill(label: string | RegExp, value: string): Promise<void> {
		return this.page.getByLabel(label).first().fill(value);
	}

	/** Fills the field of that name. */
	set(name: string, value: string): Promise<void> {
		return this.page.locator(`[name="${name}"]:not([type=hidden])`).first().fill(value);
	}

	/** Chooses in the list of that name by the words of an option. */
	async pick(name: string, option: RegExp): Promise<void> {
		const select = this.page.locator(`select[name="${name}"]`).first();
		const labels = (await select.locator('option').allTextContents()).map((label) => label.trim());
		const found = labels.findIndex((text) => option.test(text));
		if (found < 0) throw new Error(`No option ${option} of ${name} among ${labels.join(' | ').slice(0, 400)}`);
		await select.selectOption({ index: found });
	}

	/** Ticks the box or dot of that name and value. */
	tick(name: string, value: string): Promise<void> {
		return this.page.locator(`input[name="${name}"][value="${value}"]`).first().check({ force: true });
	}

	/** Sends the form with that action (or the only one of the page) and waits for the answer. */
	async send(action?: string): Promise<void> {
		const form = action ? this.page.locator(`form[action="${action}"]`).first() : this.page.locator('main form, form.form').last();
		const answered = this.page.waitForResponse((response) => response.request().method() === 'POST');
		await form.locator('button[type=submit]').first().click();
		await answered;
		await this.page.waitForLoadState('load');
		await this.quiet();
		await this.settled();
	}

	/** Fails with the page's own words when a form was refused. */
	async accepted(): Promise<void> {
		const refusal = await this.page.locator('[role=alert]').allInnerTexts();
		expect(refusal, `refused on ${this.page.url()}`).toEqual([]);
	}

	/** What is wider than the screen; empty where nothing is. */
	async wider(): Promise<string> {
		return String(await this.page.evaluate(WIDER_THAN_SCREEN));
	}

	heading(): Promise<string> {
		return this.page.locator('h1').first().innerText();
	}

	text(): Promise<string> {
		return this.page.locator('body').innerText();
	}

	async sees(text: string | RegExp): Promise<void> {
		const body = await this.text();
		if (typeof text === 'string') expect(body).toContain(text);
		else expect(body).toMatch(text);
	}

	close(): Promise<void> {
		return this.context.close();
	}
}

const WIDER_THAN_SCREEN = `(() => {
	const root = document.documentElement;
	if (root.scrollWidth <= root.clientWidth) return '';
	const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
	return out.slice(-3).map((e) => e.outerHTML.slice(0, 120)).join(' | ') || 'unknown';
})()`;

const AXE_RUN = `axe.run(document, { resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations.map((v) => ({ id: v.id, impact: v.impact, nodes: v.nodes.map((n) => n.html.slice(0, 160)) }))))`;

/** Evaluated over the protocol, so that our own content security policy does not keep axe out. */
async function checkAccessibility(session: CDPSession, name: string): Promise<void> {
	const evaluate = async (expression: string) =>
		String((await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value ?? '');
	await evaluate(`${axeSource}; ''`);
	expect(JSON.parse((await evaluate(AXE_RUN)) || '"axe did not run"'), `axe on ${name}`).toEqual([]);
	expect(await evaluate(WIDER_THAN_SCREEN), `sideways scroll on ${name}`).toBe('');
}
