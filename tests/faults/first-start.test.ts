/** A first start that is killed while the demo loads: the next one comes up whole, and nothing else is thrown away. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/platform/database/connection.ts';
import { demoAccountsOf } from '../access/facts.ts';
import { copyOfDemo, fastServerOn } from '../demo-folder.ts';
import { newDataFolder, startServer, type RunningServer } from '../server.ts';
import { connect } from '../../src/platform/database/connection.ts';
import { chance, sleep, until } from './chance.ts';

const luck = chance('first start');

const START = ['--disable-warning=ExperimentalWarning', 'src/cli/tasks.ts', 'start'];
const environment = (data: string) => ({ ...process.env, SIGINJAI_DATA: data, PORT: '0', NODE_ENV: 'production', DATABASE_URL: undefined });

/** What a whole demo holds. */
const facts = async ({ db }: Connection) =>
	(
		await sql`select (select count(*)::int from people.governments) as governments, (select count(*)::int from people.officers) as officers,
		(select count(*)::int from people.accounts) as accounts, (select count(*)::int from catalogue.classes) as classes,
		(select count(*)::int from credentials.certificates) as certificates, (select count(*)::int from evaluation.analyses) as analyses,
		(select count(*)::int from partners.offers) as offers, (select count(*)::int from service.skm_responses) as responses`.execute(db)
	).rows[0];

test('kill -9 while the demo loads: the next start has the whole demo, once', async () => {
	const data = newDataFolder();
	const postgres = await fastServerOn(data);
	const child = spawn(process.execPath, START, { env: environment(data), stdio: 'ignore' });
	const ended = new Promise<void>((done) => child.once('exit', () => done()));
	await until('loading', 60, async () => existsSync(join(data, 'demo-unfinished')), Boolean);
	await sleep(luck.between(500, 6_000));
	child.kill('SIGKILL');
	await ended;
	expect(existsSync(join(data, 'installation.json'))).toBe(false);
	const cut = connect(postgres.url(), 1);
	const half = await facts(cut);
	await cut.close();

	let server: RunningServer | undefined;
	try {
		server = await startServer({ demo: true, data });
		const behind = await server.database();
		const found = await facts(behind);
		await behind.close();
		expect(existsSync(join(data, 'demo-unfinished'))).toBe(false);
		expect(demoAccountsOf(server).length).toBeGreaterThan(7);

		const whole = await copyOfDemo();
		const other = await fastServerOn(whole);
		const beside = connect(other.url(), 1);
		const wanted = await facts(beside);
		await beside.close();
		await other.stop();
		rmSync(whole, { recursive: true });
		expect(half).not.toEqual(wanted);
		expect(found).toEqual(wanted);
	} finally {
		await server?.stop();
		await postgres.stop();
		rmSync(data, { recursive: true, force: true });
	}
});

test('a database that no demo of ours began is never thrown away', async () => {
	const data = await copyOfDemo();
	const postgres = await fastServerOn(data);
	const behind = connect(postgres.url(), 1);
	try {
		const before = await facts(behind);
		rmSync(join(data, 'installation.json'));
		const refused = spawnSync(process.execPath, START, { env: environment(data), encoding: 'utf8', timeout: 120_000 });
		expect(refused.status).not.toBe(0);
		expect(refused.stderr).toContain('installation.json');
		expect(refused.stderr).toContain('npm start -- --empty');
		expect(await facts(behind)).toEqual(before);
	} finally {
		await behind.close();
		await postgres.stop();
		rmSync(data, { recursive: true, force: true });
	}
});

test('a port that is taken is said before anything is built or begun', async () => {
	const data = newDataFolder();
	const taken = createServer();
	await new Promise<void>((done) => taken.listen(0, '127.0.0.1', () => done()));
	const { port } = taken.address() as { port: number };
	const ended = await new Promise<{ code: number | null; said: string }>((done) => {
		const child = spawn(process.execPath, START, { env: { ...environment(data), PORT: String(port) } });
		let said = '';
		child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
		child.once('exit', (code) => done({ code, said }));
	});
	taken.close();
	expect(ended.code).toBe(1);
	expect(ended.said).toContain(`Porta ${port} sedang dipakai`);
	expect(ended.said).not.toContain('    at ');
	expect(readdirSync(data)).toEqual([]);
	rmSync(data, { recursive: true });
});
