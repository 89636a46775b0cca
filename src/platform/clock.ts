import { readFileSync, statSync } from 'node:fs';

/**
 * The server's clock, read at the edge only: commands receive `at`. `SIGINJAI_CLOCK_FILE` names a file with an ISO
 * time; the clock then starts there and runs on from the file's last change, so that a test may let months pass
 * while processes keep running. Unset in production.
 */
export function now(): Date {
	const file = process.env.SIGINJAI_CLOCK_FILE;
	if (!file) return new Date();
	const base = new Date(readFileSync(file, 'utf8').trim()).getTime();
	if (Number.isNaN(base)) throw new Error(`SIGINJAI_CLOCK_FILE holds no time: ${file}`);
	return new Date(base + (Date.now() - statSync(file).mtimeMs));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of `at` in a zone, `yyyy-mm-dd`; WIB unless the government set another. */
export function dayOf(at: Date, timeZone = 'Asia/Jakarta'): string {
	// making a format costs far more than using it
	let format = formats.get(timeZone);
	if (!format)
		formats.set(timeZone, (format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })));
	return format.format(at);
}
