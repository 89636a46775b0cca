import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Secrets {
	database: string;
	session: string;
}

/** `.data` in the project, or where `SIGINJAI_DATA` says. */
export const dataFolder = (): string => resolve(process.env.SIGINJAI_DATA ?? '.data');

/** Secrets are made at first start (0600); the environment (`SIGINJAI_SECRET`) wins. */
export function secretsOf(folder: string): Secrets {
	const file = join(folder, 'secrets.json');
	mkdirSync(folder, { recursive: true, mode: 0o755 });
	if (!existsSync(file)) {
		const made: Secrets = { database: randomBytes(24).toString('base64url'), session: randomBytes(32).toString('base64url') };
		writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
		renameSync(`${file}.new`, file);
	}
	const secrets = JSON.parse(readFileSync(file, 'utf8')) as Secrets;
	return process.env.SIGINJAI_SECRET ? { ...secrets, session: process.env.SIGINJAI_SECRET } : secrets;
}
