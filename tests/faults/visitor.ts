/** Somebody signed in, speaking HTTP as a browser without script does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../src/platform/ids.ts';
import { demoAccountsOf } from '../access/facts.ts';
import type { RunningServer } from '../server.ts';
import { cookieHeader, signIn } from '../sign-in.ts';

export const FIXTURES = 'src/modules/people/fixtures';

export interface Answer {
	status: number;
	location: string | null;
	body: string;
}

export interface Browsing {
	get(path: string): Promise<Answer>;
	post(path: string, fields: Record<string, string> | [string, string][] | FormData): Promise<Answer>;
}

export function browsing(server: RunningServer, cookie = ''): Browsing {
	const ask = async (path: string, init: RequestInit): Promise<Answer> => {
		const response = await fetch(server.url + path, {
			...init,
			redirect: 'manual',
			headers: { cookie, accept: 'text/html', origin: server.url },
			signal: AbortSignal.timeout(60_000)
		});
		return { status: response.status, location: response.headers.get('location'), body: await response.text() };
	};
	return {
		get: (path) => ask(path, {}),
		post: (path, fields) => ask(path, { method: 'POST', body: fields instanceof FormData ? fields : new URLSearchParams(fields) })
	};
}

export const PASSWORD = 'kata sandi yang panjang';

/** Sets an empty installation up, as its first administrator. */
export async function firstAdministrator(server: RunningServer): Promise<Browsing> {
	const account = { name: 'Siti Administrator', email: 'siti@jambi.example', password: PASSWORD };
	await browsing(server).post('/siapkan', { ...account, repeat: PASSWORD, government: '15', form_key: newId() });
	return signedIn(server, account.email, PASSWORD);
}

export const signedIn = async (server: RunningServer, name: string, password: string): Promise<Browsing> =>
	browsing(server, cookieHeader(await signIn(server.url, name, password)));

/** Brings a file to be rehearsed. @returns the id of the import */
export async function upload(who: Browsing, kind: string, file: string): Promise<string> {
	const form = new FormData();
	form.set('kind', kind);
	form.set('form_key', newId());
	form.set('file', new File([readFileSync(join(FIXTURES, file))], file));
	const { location } = await who.post('/impor', form);
	return location!.split('/').at(-1)!;
}

/** The demo account of that role and, where there are several, that name. */
export async function demoVisitor(server: RunningServer, role: string, name = ''): Promise<Browsing> {
	const account = demoAccountsOf(server).find((one) => one.role === role && one.person.includes(name));
	if (!account) throw new Error(`The demo has no ${role} ${name}`);
	return signedIn(server, account.signIn, account.password);
}
