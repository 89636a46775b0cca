/** The pages that are weighed and timed, opened by the accounts of the demo province. */
import { demoAccounts, type DemoAccount } from '../../src/cli/accounts.ts';
import type { RunningServer } from '../server.ts';
import { cookieHeader, signIn } from '../sign-in.ts';

export interface BenchPage {
	name: string;
	path: string;
	/** Nobody signs in for a public page. */
	account?: DemoAccount;
}

/** What an officer opens on a phone, and what a citizen opens without an account. */
export async function learnerPages(server: RunningServer): Promise<BenchPage[]> {
	const learner = accountOf(server, 'learner');
	const course = await firstLink(server, learner, '/belajar', /^\/belajar\/[0-9a-f-]{36}$/);
	const lesson = await firstLink(server, learner, course, /^\/belajar\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
	return [
		{ name: 'Sign-in', path: '/masuk' },
		{ name: 'Home of an officer', path: '/beranda', account: learner },
		{ name: 'Course', path: course, account: learner },
		{ name: 'Lesson', path: lesson, account: learner },
		{ name: 'My competence', path: '/kompetensi', account: learner },
		{ name: 'My hours', path: '/jp', account: learner }
	];
}

/** What offices open on a PC. */
export async function officePages(server: RunningServer): Promise<BenchPage[]> {
	const manager = accountOf(server, 'programme_manager');
	const programme = await firstLink(server, manager, '/program', /^\/program\/[0-9a-f-]{36}$/);
	return [
		{ name: 'Leadership board', path: '/pimpinan', account: accountOf(server, 'leadership') },
		{ name: 'Gap map', path: '/kesenjangan', account: accountOf(server, 'training_officer') },
		{ name: 'Effect of a programme', path: `${programme}/pengaruh`, account: manager },
		{ name: 'Directory', path: '/orang', account: accountOf(server, 'administrator') }
	];
}

function accountOf(server: RunningServer, role: string): DemoAccount {
	const account = demoAccounts(server.data).find((candidate) => candidate.role === role);
	if (!account) throw new Error(`The demo has no account for ${role}`);
	return account;
}

async function firstLink(server: RunningServer, account: DemoAccount, path: string, shape: RegExp): Promise<string> {
	const cookie = cookieHeader(await signIn(server.url, account.signIn, account.password));
	const html = await (await fetch(server.url + path, { headers: { cookie } })).text();
	const links = [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]!);
	const found = links.find((link) => shape.test(link));
	if (!found) throw new Error(`${path} has no link like ${shape}`);
	return found;
}
