/**
 * The demo as a data folder with the server stopped, loaded once per state of the sources into `.data-test/demo-<hash>`
 * and copied for each test that wants it: a copy takes a second, loading a minute.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { firstRun } from '../src/cli/first-run.ts';
import { openDatabase } from '../src/cli/database.ts';
import { dataFolder, secretsOf } from '../src/platform/data-folder.ts';
import { startEmbedded, type EmbeddedServer } from '../src/platform/database/embedded.ts';
import { newDataFolder, startServer, type RunningServer, type ServerOptions } from './server.ts';

/** For loading only: what is lost at a crash of the machine is loaded again. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** What the loaded demo depends on; pages and words do not change it. */
const SOURCES = ['demo/**/*.ts', 'migrations/*.sql', 'reference/**/*.json', 'src/{modules,platform,app,statistics,cli}/**/*.ts'];

/** A server on a copy of the demo. */
export async function startDemo(options: Omit<ServerOptions, 'demo' | 'data'> = {}): Promise<RunningServer> {
	return startServer({ ...options, demo: true, data: await copyOfDemo() });
}

export async function copyOfDemo(): Promise<string> {
	const prepared = await preparedDemo();
	const folder = newDataFolder();
	copy(prepared, folder);
	return folder;
}

/** Runs an embedded server on the folder that forgets durability; the app that starts there adopts it. */
export function fastServerOn(folder: string): Promise<EmbeddedServer> {
	return startEmbedded({ folder: join(folder, 'postgres'), password: secretsOf(folder).database, settings: FAST });
}

async function preparedDemo(): Promise<string> {
	const hash = createHash('sha256');
	for (const file of globSync(SOURCES)
		.filter((path) => !path.endsWith('.test.ts'))
		.sort())
		hash.update(file).update(readFileSync(file));
	const folder = `.data-test/demo-${hash.digest('hex').slice(0, 16)}`;
	if (existsSync(folder)) return folder;
	mkdirSync('.data-test', { recursive: true });
	// copies of former sources are of no use any more
	for (const name of readdirSync('.data-test')) if (name.startsWith('demo-')) rmSync(join('.data-test', name), { recursive: true });
	const loading = newDataFolder();
	await new Promise<void>((done, fail) => {
		const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename], {
			env: { ...process.env, SIGINJAI_DATA: loading, SIGINJAI_LOG: 'warn' },
			stdio: ['ignore', 'inherit', 'inherit']
		});
		child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`Loading the demo ended with ${code}`))));
	});
	mkdirSync(`${folder}.new`);
	copy(loading, `${folder}.new`);
	renameSync(`${folder}.new`, folder);
	rmSync(loading, { recursive: true });
	return folder;
}

/** Owners and modes too: PostgreSQL refuses a folder that is not its own. */
const copy = (from: string, to: string): void => void execFileSync('cp', ['-a', `${from}/.`, to]);

if (import.meta.main) {
	const server = await fastServerOn(dataFolder());
	const database = await openDatabase();
	await firstRun(database, false);
	await server.stop();
	process.exit(0);
}
