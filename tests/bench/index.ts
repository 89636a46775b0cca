/**
 * `npm run bench`: what a person waits for and what a page costs, measured on this machine on a demo installation of
 * its own. Prints a Markdown table; asserts nothing. `npm run bench -- pages` runs one part.
 */
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../browser.ts';
import { startServer, type RunningServer } from '../server.ts';
import { signIn } from '../sign-in.ts';
import { measureImports } from './imports.ts';
import { measureProvince } from './province.ts';
import { fixedWork } from './machine.ts';
import { learnerPages, officePages } from './pages.ts';
import { appMebibytes, appSeconds, databaseMebibytes, databaseSeconds } from './processes.ts';

const only = process.argv[2];
const row = (name: string, value: string, budget = '') => console.log(`| ${name} | ${value} | ${budget} |`);
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;

console.log(
	`\nMachine: ${cpus().length} × ${cpus()[0]!.model}; Node ${process.version}; a fixed piece of work takes ${fixedWork().toFixed(1)} ms\n\n| What | Measured | Budget |\n|---|---|---|`
);

if (!only || only === 'imports') await measureImports(row);
if (!only || only === 'province') await measureProvince(row);
if (!only || only === 'imports' || only === 'province') row('The fixed piece of work, at the end', `${fixedWork().toFixed(1)} ms`);
if (only === 'imports' || only === 'province') process.exit();

const started = performance.now();
const server = await startServer({ demo: true });
row('First start with the demo, after install and build', `${((performance.now() - started) / 1000).toFixed(1)} s`, '90 s');
await server.kill();
const again = performance.now();
await server.restart();
row('Second start, after a kill -9', `${((performance.now() - again) / 1000).toFixed(1)} s`, 'seconds');
const memory = () => `${Math.round(appMebibytes(server.data) + databaseMebibytes(`${server.data}/postgres`))} MiB`;
if (!only || only === 'memory') {
	await setTimeout(30_000);
	row('Memory, idle, app and database', memory(), '300 MiB');
}

const browser = await launch();
try {
	if (!only || only === 'pages') await pages(browser, server);
	if (!only || only === 'cpu') await processorTime(server);
	if (!only || only === 'cpu') row('Memory after the run, app and database', memory());
} finally {
	await browser.close();
	await server.stop();
}

/** Weight, requests and largest contentful paint of a cold visit on a slow line. */
async function pages(browser: Browser, server: RunningServer): Promise<void> {
	for (const { name, path, account } of await learnerPages(server)) {
		const cookie = account ? await signIn(server.url, account.signIn, account.password) : undefined;
		const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
		if (cookie) await context.addCookies(cookie.map(({ name, value }) => ({ name, value, url: server.url })));
		const page = await context.newPage();
		const weight = await visit(page, server.url + path);
		row(`${name}: compressed, all`, kilobytes(weight.bytes), '75 KB');
		row(`${name}: script`, kilobytes(weight.script), '50 KB');
		row(`${name}: requests`, String(weight.requests), '10');
		row(`${name}: LCP at 400 kbit/s, 400 ms`, `${(weight.lcp / 1000).toFixed(2)} s`, '2.5 s');
		await context.close();
	}
}

async function visit(page: Page, url: string): Promise<{ bytes: number; script: number; requests: number; lcp: number }> {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.enable');
	await session.send('Network.setCacheDisabled', { cacheDisabled: true });
	await session.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 400,
		downloadThroughput: 400_000 / 8,
		uploadThroughput: 400_000 / 8
	});
	const kinds = new Map<string, string>();
	let [bytes, script, requests] = [0, 0, 0];
	session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
	session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		bytes += encodedDataLength;
		requests++;
		if (kinds.get(requestId) === 'Script') script += encodedDataLength;
	});
	await page.addInitScript(() => {
		const holder = window as unknown as { lcp: number };
		new PerformanceObserver((list) => (holder.lcp = list.getEntries().at(-1)!.startTime)).observe({
			type: 'largest-contentful-paint',
			buffered: true
		});
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	return { bytes, script, requests, lcp: await page.evaluate(() => (window as unknown as { lcp: number }).lcp) };
}

/** CPU of app and database per page, over many requests, one at a time. */
async function processorTime(server: RunningServer): Promise<void> {
	const used = () => appSeconds(server.data) + databaseSeconds(`${server.data}/postgres`);
	for (const { name, path, account, budget } of [
		...(await learnerPages(server)).map((page) => ({ ...page, budget: '5 ms' })),
		...(await officePages(server)).map((page) => ({ ...page, budget: '15 ms' }))
	]) {
		const cookie = account ? await signIn(server.url, account.signIn, account.password) : [];
		const headers = { cookie: cookie.map(({ name, value }) => `${name}=${value}`).join('; '), 'accept-encoding': 'br' };
		const fetchOnce = async () => {
			const response = await fetch(server.url + path, { headers });
			await response.arrayBuffer();
			if (!response.ok) throw new Error(`${path} answered ${response.status}`);
		};
		for (let i = 0; i < 50; i++) await fetchOnce();
		const samples: number[] = [];
		for (let round = 0; round < 7; round++) {
			const before = used();
			for (let i = 0; i < 100; i++) await fetchOnce();
			samples.push(((used() - before) * 1000) / 100);
		}
		row(`${name}: server CPU, app and database`, `${median(samples).toFixed(2)} ms`, budget);
	}
}
