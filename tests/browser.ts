import { existsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { chromium, type Browser } from 'playwright-core';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** `SIGINJAI_CHROMIUM`, then `chromium` on PATH, then Playwright's own; else, as root on Debian, apt. */
export async function chromiumPath(): Promise<string> {
	if (process.env.SIGINJAI_CHROMIUM) return process.env.SIGINJAI_CHROMIUM;
	const onPath = () =>
		process.env
			.PATH!.split(':')
			.flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `${folder}/${name}`))
			.find((file) => existsSync(file));
	const found = onPath();
	if (found) return found;
	const own = chromium.executablePath();
	if (own && existsSync(own)) return own;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
		execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
			stdio: 'inherit',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		});
		const installed = onPath();
		if (installed) return installed;
	}
	throw new Error('Chromium belum ada. Pasang dengan: apt-get install chromium (atau setel SIGINJAI_CHROMIUM=/jalur/ke/chromium)');
}

export async function launch(): Promise<Browser> {
	return chromium.launch({ executablePath: await chromiumPath(), args: FLAGS, headless: true });
}
