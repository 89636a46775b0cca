/**
 * Every file of the national system, in the browser and by command, each on an installation of its own: the figures are
 * those of `expected.json`, the same in both, and every planted fault is named at its row.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { secretsOf } from '../../src/platform/data-folder.ts';
import { startEmbedded, type EmbeddedServer } from '../../src/platform/database/embedded.ts';
import { launch } from '../browser.ts';
import { newDataFolder, startServer, type RunningServer } from '../server.ts';
import { importByCommand, type ImportAnswer } from './command.ts';
import { DESKTOP, Person } from './person.ts';

const FIXTURES = 'src/modules/people/fixtures';
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape of what is expected differs by file
const expected = (JSON.parse(readFileSync(`${FIXTURES}/expected.json`, 'utf8')) as { files: Record<string, any> }).files;

/** In the order that `expected.json` supposes. */
const FILES: [kind: string, file: string, apply: boolean][] = [
	['units', 'unor.csv', true],
	['officers', 'export-data-asn-bad.csv', false],
	['officers', 'export-data-asn-200.csv', true],
	['officers', 'export-data-asn-200-semicolon-latin1.csv', false],
	['officers', 'export-data-asn-200.xlsx', false],
	['riwayat-kursus', 'riwayat-kursus.csv', true],
	['riwayat-diklat', 'riwayat-diklat.csv', true],
	['predikat-kinerja', 'predikat-kinerja.csv', true],
	['hasil-asesmen', 'hasil-asesmen.csv', true],
	['skm', 'skm-2024.csv', true],
	['units', 'unor-next-year.csv', false],
	['officers', 'export-data-asn-200-next-month.csv', true]
];
const COUNTS = ['new', 'changed', 'unchanged', 'refused', 'warned', 'absent'] as const;

let server: RunningServer;
let browser: Browser;
let admin: Person;
let database: EmbeddedServer;
const folder = newDataFolder();
/** One after another, while the browser is at work. */
const byCommand = new Map<string, Promise<ImportAnswer>>();

beforeAll(async () => {
	database = await startEmbedded({ folder: `${folder}/postgres`, password: secretsOf(folder).database });
	server = await startServer();
	browser = await launch();
	admin = await Person.open(browser, server.url, DESKTOP);
	await admin.goto('/siapkan');
	await admin.set('name', 'Siti Administrator');
	await admin.set('email', 'admin@jambi.example');
	await admin.set('password', 'kata sandi yang panjang');
	await admin.set('repeat', 'kata sandi yang panjang');
	await admin.pick('government', /Jambi/);
	await admin.send();
	await admin.accepted();
	let before: Promise<unknown> = Promise.resolve();
	for (const [kind, file, apply] of FILES) {
		const answer = before.then(() => importByCommand(folder, kind, `${FIXTURES}/${file}`, apply));
		// who asks for it hears of a fault
		answer.catch(() => undefined);
		byCommand.set(file, answer);
		before = answer;
	}
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
	await database?.stop();
	rmSync(folder, { recursive: true, force: true });
	expect(admin.faults).toEqual([]);
});

test('no file of the national system is left out', () => {
	const files = readdirSync(FIXTURES).filter((name) => /\.(csv|xlsx)$/.test(name));
	expect(FILES.map(([, file]) => file).sort()).toEqual(files.sort());
});

test.each(FILES)('%s: %s in the browser', async (kind, file, apply) => {
	await admin.goto('/impor');
	await admin.tick('kind', kind);
	await admin.page.locator('input[type=file]').setInputFiles(resolve(FIXTURES, file));
	await admin.send();
	const tally = admin.page.locator('nav.tally a');
	await tally.first().waitFor({ timeout: 60_000 });
	const shown = Object.fromEntries(
		await tally.evaluateAll((links) =>
			links.map((link) => [
				new URL((link as HTMLAnchorElement).href).searchParams.get('tampil'),
				Number(link.querySelector('b')!.textContent!.replace(/\D/g, ''))
			])
		)
	) as Record<string, number>;
	const told = await byCommand.get(file)!;
	for (const name of COUNTS) expect(`${name} ${shown[name] ?? 0}`).toBe(`${name} ${told[name]}`);
	if (told.refused > 0) {
		await admin.goto(`${new URL(admin.page.url()).pathname}?tampil=refused`);
		const rows = await admin.page.locator('tr[data-row=refused] td:nth-child(3)').allInnerTexts();
		const refused = [...new Set(told.faults.filter(({ outcome }) => outcome === 'refused').map(({ row }) => row))];
		expect(rows.map((text) => Number(text.replace(/\D/g, '')))).toEqual(refused.slice(0, 50));
	}
	if (!apply) return;
	await admin.send('?/apply');
	await admin.page.locator('form[action="?/undo"]').waitFor({ timeout: 60_000 });
});

test.each(FILES)('%s: %s by command', async (_, file, apply) => {
	const answer = await byCommand.get(file)!;
	const wanted = expected[file];
	expect(answer.applied).toBe(apply);
	expect(answer.rows).toBe(wanted.rows);
	for (const name of COUNTS) if (typeof wanted[name] === 'number') expect(`${name} ${answer[name]}`).toBe(`${name} ${wanted[name]}`);
	const planted = ((wanted.planted ?? []) as { row: number; line: number; column: string | null; code: string; outcome: string }[]).filter(
		({ outcome }) => outcome === 'refused' || outcome === 'warned'
	);
	if (wanted.planted)
		expect(answer.faults.map(({ row, line, column, code, outcome }) => ({ row, line, column, code, outcome }))).toEqual(
			planted.map(({ row, line, column, code, outcome }) => ({ row, line, column, code, outcome }))
		);
	for (const fault of answer.faults) expect(fault.message).toMatch(new RegExp(`^Baris ${fault.row}\\b`));
});
