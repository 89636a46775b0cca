// Bootstrap without dependencies: runs on any Node ≥ 16, installs what is missing, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);
const [task, ...args] = process.argv.slice(2);

const stamp = join(root, 'node_modules', '.siginjai-installed');
const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
	console.error('Memasang paket (sekali saja) …');
	// npm's own output goes to stderr: commands with --json own stdout
	const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		stdio: ['ignore', 2, 2],
		shell: process.platform === 'win32'
	});
	if (npm.status !== 0) process.exit(npm.status ?? 1);
	writeFileSync(stamp, wanted);
}

const node = pinnedNode();
const bin = dirname(node);
// `tasks.ts` is the first file the pinned Node reads; it knows what each task needs
// with the usual nursery of new objects a large import takes 350 MB instead of 260, and no less processor time
const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];
const child = spawn(node, [...flags, 'src/cli/tasks.ts', task ?? 'help', ...args], {
	stdio: 'inherit',
	env: { ...process.env, PATH: `${bin}${delimiter}${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` }
});
// Ctrl-C reaches the child by itself; this process only waits for its orderly end
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function pinnedNode() {
	const os = process.platform === 'win32' ? 'win' : process.platform;
	try {
		const folder = dirname(createRequire(import.meta.url).resolve(`node-${os}-${process.arch}/package.json`));
		const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
		if (existsSync(file)) return file;
	} catch {
		// no pinned Node for this platform
	}
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	console.error(`Perlu Node 24 atau lebih baru; yang ada ${process.version}, dan untuk ${os}-${process.arch} tidak ada yang disertakan.`);
	process.exit(1);
}
