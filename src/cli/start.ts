import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { installationIsEmpty } from '../modules/people/server/index.ts';
import { connect } from '../platform/database/connection.ts';
import { listen } from '../server.ts';
import { buildIfNeeded } from './build.ts';
import { kindOfInstallation, openDatabase, type Database } from './database.ts';
import { firstRun } from './first-run.ts';
import { run } from './run.ts';

/** `npm start [-- --empty]`: build, database, demo on first run, serve; answers after an orderly shutdown. */
export async function start(args: string[]): Promise<number> {
	const host = process.env.HOST ?? '127.0.0.1';
	const port = Number(process.env.PORT ?? 3000);
	// before the build: one that runs already would find other files in the place of its own
	if (!(await isFree(host, port))) {
		console.error(`Porta ${port} sedang dipakai, mungkin oleh Siginjai yang masih berjalan. Hentikan dahulu, atau pilih porta lain:
  PORT=${port + 1} npm start`);
		return 1;
	}
	const [, database] = await Promise.all([buildIfNeeded(), openDatabase()]);
	await firstRun(database, args.includes('--empty'));
	putIntoEnvironment(database);
	const server = await listen(resolve('build'), host, port);
	await announce(server.address, database);
	await stopSignal();
	console.error('\nMenutup …');
	await server.close();
	await (globalThis as { [key: symbol]: Promise<{ close(): Promise<void> }> | undefined })[Symbol.for('siginjai.runtime')]?.then(
		(runtime) => runtime.close()
	);
	await database.stop();
	return 0;
}

function isFree(host: string, port: number): Promise<boolean> {
	return new Promise((done, fail) => {
		const probe = createServer();
		probe.once('error', (cause: NodeJS.ErrnoException) => (cause.code === 'EADDRINUSE' ? done(false) : fail(cause)));
		probe.listen(port, host, () => probe.close(() => done(true)));
	});
}

/** `npm run dev`: the same installation behind Vite's development server. */
export async function develop(args: string[]): Promise<number> {
	const database = await openDatabase();
	await run('node', ['src/platform/i18n/compile.ts']);
	await firstRun(database, args.includes('--empty'));
	putIntoEnvironment(database);
	const code = await run('vite', ['dev', '--port', process.env.PORT ?? '3000', '--host', process.env.HOST ?? '127.0.0.1']);
	await database.stop();
	return code;
}

function putIntoEnvironment(database: Database): void {
	process.env.DATABASE_URL = database.url;
	process.env.SIGINJAI_SECRET = database.secrets.session;
	process.env.SIGINJAI_DATA = database.folder;
	process.env.SIGINJAI_DEMO = kindOfInstallation(database.folder) === 'demo' ? '1' : '0';
}

async function announce(address: string, database: Database): Promise<void> {
	console.log(`\nSiginjai siap: ${address}`);
	if (process.env.SIGINJAI_DEMO !== '1') {
		const { db, close } = connect(database.url, 1);
		if (await installationIsEmpty(db))
			console.log('Buka alamat itu di peramban; administrator pertama menyiapkan pemerintah daerahnya di sana.');
		return close();
	}
	console.log('Semua isinya data contoh. Akun contoh (juga: npm run --silent siginjai -- accounts):\n');
	const { demoAccounts } = await import('./accounts.ts');
	for (const account of demoAccounts(database.folder))
		console.log(`  ${account.signIn.padEnd(44)} ${account.password}   ${account.role}, ${account.person}`);
}

function stopSignal(): Promise<void> {
	return new Promise((done) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
	});
}
