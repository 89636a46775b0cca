/**
 * All checks on a bare machine, ended by one line `N passed, N failed`: static checks, unit and access tests on the
 * embedded PostgreSQL and on the oldest supported one where it can be had, fault tests, then the journey in a real
 * Chromium. `npm test -- journeys` runs one part.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { buildIfNeeded } from '../src/cli/build.ts';
import { run } from '../src/cli/run.ts';
import { startEmbedded, type EmbeddedServer } from '../src/platform/database/embedded.ts';
import { chromiumPath } from './browser.ts';

interface Tally {
	passed: number;
	failed: number;
}

/** What of vitest's JSON report is read here. */
interface Report {
	numPassedTests: number;
	numFailedTests: number;
	testResults: {
		name: string;
		message: string;
		assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[];
	}[];
}

const failures: string[] = [];
const only = process.argv[2];
const total: Tally = { passed: 0, failed: 0 };
const servers: EmbeddedServer[] = [];

function count(name: string, ok: boolean): void {
	total[ok ? 'passed' : 'failed']++;
	console.log(`${ok ? '✓' : '✗'} ${name}`);
	if (!ok) failures.push(name);
}

const parts: Record<string, () => Promise<void>> = {
	async check() {
		const { runChecks } = await import('../src/cli/check.ts');
		await runChecks(count);
	},
	async unit() {
		add(await vitest({}));
	},
	async postgres15() {
		const bin = await oldestPostgres();
		if (!bin) {
			console.log('PostgreSQL 15 tidak ada di mesin ini: bagian ini dilewati, yang lain tetap berjalan.');
			return;
		}
		const server = await startEmbedded({
			folder: '.data-test/postgres15',
			password: 'test',
			bin,
			settings: ['fsync=off', 'max_connections=200']
		});
		servers.push(server);
		add(await vitest({ SIGINJAI_TEST_DATABASE_URL: server.url('postgres') }, ['src/modules', 'src/platform']));
	},
	async browser() {
		await chromiumPath();
		// as a start does it, which then finds it done
		const built = await buildIfNeeded().then(
			() => true,
			() => false
		);
		count('build', built);
		if (built) add(await vitest({}, [], 'tests/vitest.browser.config.ts'));
	}
};

/** Runs vitest and reads its own count from the JSON report. */
function vitest(env: Record<string, string>, paths: string[] = [], config = 'vitest.config.ts'): Promise<Tally> {
	return new Promise((done) => {
		const report = `.data-test/report-${Object.keys(parts).length}-${Date.now()}.json`;
		const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...paths];
		const child = spawn('vitest', args, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
		child.once('exit', async (code) => {
			const { readFileSync } = await import('node:fs');
			const result = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : undefined;
			const failed = result ? Math.max(result.numFailedTests, code === 0 ? 0 : 1) : 1;
			failures.push(...(result ? failuresOf(result) : [`vitest ${config} ${paths.join(' ')}: no report`]));
			if (failed > 0 && failures.length === 0) failures.push(`vitest ${config} ${paths.join(' ')}: exit code ${code}, no failed test`);
			done({ passed: result?.numPassedTests ?? 0, failed });
		});
	});
}

/** Each failed test with the beginning of its message: a long log is read from its end. */
const failuresOf = (report: Report): string[] =>
	report.testResults.flatMap((file) => [
		...(file.message ? [`${file.name}: ${file.message.slice(0, 1500)}`] : []),
		...file.assertionResults
			.filter((test) => test.status === 'failed')
			.map((test) => `${file.name}: ${test.fullName}\n${(test.failureMessages ?? []).join('\n').slice(0, 1500)}`)
	]);

function add(tally: Tally): void {
	total.passed += tally.passed;
	total.failed += tally.failed;
}

/** Debian's postgresql-15 if it is there, or can be installed (root on Debian in CI). */
async function oldestPostgres(): Promise<string | undefined> {
	const bin = '/usr/lib/postgresql/15/bin';
	if (existsSync(`${bin}/pg_ctl`)) return bin;
	if (process.env.CI && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		await run('apt-get', ['update', '-qq']);
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql-15'], { DEBIAN_FRONTEND: 'noninteractive' });
	}
	return existsSync(`${bin}/pg_ctl`) ? bin : undefined;
}

await run('node', ['src/platform/i18n/compile.ts']);
await run('svelte-kit', ['sync']);
for (const [name, part] of Object.entries(parts)) {
	if (only && only !== name) continue;
	console.log(`\n== ${name}`);
	try {
		await part();
	} catch (error) {
		console.error(error);
		count(name, false);
	}
}
for (const server of servers) await server.stop();
const { stopTestServer } = await import('./database-server.ts');
await stopTestServer();
for (const failure of failures) console.log(`\n✗ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
