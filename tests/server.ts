/** A real Siginjai on a data folder of its own, as `npm start` runs it: build, embedded PostgreSQL, web server, worker. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Connection } from '../src/platform/database/connection.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';

export interface RunningServer {
	url: string;
	data: string;
	/** Sets the injected clock; it runs on from there. */
	setClock(at: string): void;
	/** Looking behind the scene in a test; never writes. */
	database(): Promise<Connection>;
	/** Kills the app process only; PostgreSQL lives on, as after a crash. */
	kill(): Promise<void>;
	/** Starts again on the same data folder. */
	restart(): Promise<void>;
	stop(): Promise<void>;
	output(): string;
}

export interface ServerOptions {
	demo?: boolean;
	smtpPort?: number;
	/** Start on this folder, already filled, instead of a new one; it is removed at the end. */
	data?: string;
	/** ISO time to begin with; without it the real clock runs. */
	clock?: string;
	env?: Record<string, string>;
}

export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	const data = options.data ?? newDataFolder();
	const clockFile = join(data, 'clock');
	if (options.clock) writeFileSync(clockFile, options.clock);
	const port = await freePort();
	const url = `http://localhost:${port}`;
	let child: ChildProcess;
	let output = '';

	const launch = async () => {
		child = spawn(
			process.execPath,
			['--disable-warning=ExperimentalWarning', 'src/cli/tasks.ts', 'start', ...(options.demo ? [] : ['--empty'])],
			{
				env: {
					...process.env,
					NODE_ENV: 'production',
					SIGINJAI_DATA: data,
					PORT: String(port),
					SIGINJAI_LOG: 'warn',
					...(options.clock ? { SIGINJAI_CLOCK_FILE: clockFile } : {}),
					...(options.smtpPort ? { SIGINJAI_SMTP_URL: `smtp://127.0.0.1:${options.smtpPort}` } : {}),
					...options.env
				},
				stdio: ['ignore', 'pipe', 'pipe']
			}
		);
		child.stdout!.on('data', (chunk) => (output += chunk));
		child.stderr!.on('data', (chunk) => (output += chunk));
		child.once('exit', (code, signal) => (output += `\n[ended with ${code ?? signal}]\n`));
		const died = new Promise<never>((_, fail) =>
			child.once('exit', (code, signal) => fail(new Error(`Server ended with ${code ?? signal}:\n${output.slice(-3000)}`)))
		);
		died.catch(() => {});
		await Promise.race([ready(url), died]);
	};
	await launch();

	const gone = () =>
		new Promise<void>((done) => (child.exitCode !== null || child.signalCode !== null ? done() : child.once('exit', () => done())));
	return {
		url,
		data,
		setClock: (at) => writeFileSync(clockFile, at),
		async database() {
			const secrets = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')) as { database: string };
			const server = await startEmbedded({ folder: join(data, 'postgres'), password: secrets.database });
			return connect(server.url(), 2);
		},
		async kill() {
			child.kill('SIGKILL');
			await gone();
		},
		restart: launch,
		async stop() {
			child.kill('SIGTERM');
			await gone();
			rmSync(data, { recursive: true, force: true });
		},
		output: () => output
	};
}

/** Others may pass through it: PostgreSQL runs as a user of its own where the tests run as root. */
export function newDataFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'siginjai-'));
	chmodSync(folder, 0o755);
	return folder;
}

async function ready(url: string): Promise<void> {
	for (let attempt = 0; attempt < 1500; attempt++) {
		try {
			if ((await fetch(`${url}/health/ready`)).ok) return;
		} catch {
			// not listening yet
		}
		await new Promise((done) => setTimeout(done, 200));
	}
	throw new Error(`${url} did not become ready in five minutes`);
}

function freePort(): Promise<number> {
	return new Promise((done) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => done(port));
		});
	});
}
