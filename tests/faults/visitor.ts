/** Somebody signed in, speaking HTTP as a browser without script does. */
import { demoAccountsOf } from '../access/facts.ts';
import type { RunningServer } from '../server.ts';
import { cookieHeader, signIn } from '../sign-in.ts';

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

/** The demo account of that role and, where there are several, that name. */
export async function demoVisitor(server: RunningServer, role: string, name = ''): Promise<Browsing> {
	const account = demoAccountsOf(server).find((one) => one.role === role && one.person.includes(name));
	if (!account) throw new Error(`The demo has no ${role} ${name}`);
	return browsing(server, cookieHeader(await signIn(server.url, account.signIn, account.password)));
}
