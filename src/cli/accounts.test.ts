import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run, type DemoAccount } from './accounts.ts';

/** Somebody who tries the demo asks for the accounts; somebody on a real installation asks in vain. */

const accounts: DemoAccount[] = [
	{ role: 'trainer', person: 'NYIMAS LAILA', unit: 'BPSDM', signIn: 'nyimas@contoh.example', password: 'abcde-fghjk-mnpqr' }
];
let folder: string;
let out: string[] = [];
let faults: string[] = [];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'accounts-'));
	vi.stubEnv('SIGINJAI_DATA', folder);
	[out, faults] = [[], []];
	vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
	vi.spyOn(console, 'error').mockImplementation((text: string) => void faults.push(text));
	// left over from a demo that the folder once was
	writeFileSync(join(folder, 'demo-accounts.json'), JSON.stringify(accounts));
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true });
});

test('the demo tells its accounts, with --json nothing but JSON', async () => {
	writeFileSync(join(folder, 'installation.json'), '{"kind":"demo"}');
	expect(await run(['--json'])).toBe(0);
	expect(JSON.parse(out.join('\n'))).toEqual(accounts);
	out = [];
	expect(await run([])).toBe(0);
	expect(out).toEqual(['nyimas@contoh.example\tabcde-fghjk-mnpqr\ttrainer\tNYIMAS LAILA\tBPSDM']);
});

test.each([
	['empty', '{"kind":"empty"}'],
	['unfinished', undefined]
])('a folder that is %s tells no password', async (_, content) => {
	if (content) writeFileSync(join(folder, 'installation.json'), content);
	expect(await run(['--json'])).toBe(1);
	expect(out).toEqual([]);
	expect(faults.join()).toContain(folder);
	expect(faults.join()).not.toContain(accounts[0]!.password);
});
