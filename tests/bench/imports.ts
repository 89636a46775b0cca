/** Bringing in 20,000 officers by the command line, as an office does: from a file to the rows in their tables. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { secretsOf } from '../../src/platform/data-folder.ts';
import { startEmbedded } from '../../src/platform/database/embedded.ts';
import { writeCsv, writeXlsx } from '../scale/files.ts';
import { exportedOfficers } from '../scale/officers.ts';
import { exportedUnits, unitRows } from '../scale/units.ts';
import { newDataFolder } from '../server.ts';
import { databaseSeconds } from './processes.ts';

const OFFICERS = 20_000;

export async function measureImports(row: (name: string, value: string, budget?: string) => void): Promise<void> {
	const files = mkdtempSync(join(tmpdir(), 'siginjai-bench-'));
	const units = exportedUnits(600);
	await writeCsv(join(files, 'unor.csv'), unitRows(units));
	await writeCsv(join(files, 'asn.csv'), exportedOfficers(OFFICERS, units));
	await writeXlsx(join(files, 'asn.xlsx'), exportedOfficers(OFFICERS, units));
	try {
		for (const name of ['asn.csv', 'asn.xlsx']) {
			const data = newDataFolder();
			const server = await startEmbedded({ folder: join(data, 'postgres'), password: secretsOf(data).database });
			try {
				await bringIn(data, server.dataFolder, 'units', join(files, 'unor.csv'));
				for (const again of [false, true]) {
					const used = await bringIn(data, server.dataFolder, 'officers', join(files, name));
					const what = `${OFFICERS.toLocaleString('en')} officers, ${name.split('.')[1]!.toUpperCase()}, ${again ? 'again, unchanged' : 'all new'}`;
					row(`${what}: rehearsal and apply`, `${used.seconds.toFixed(1)} s`, '10 s');
					row(`${what}: CPU of app / database`, `${used.appSeconds.toFixed(1)} s / ${used.databaseSeconds.toFixed(1)} s`);
					row(`${what}: peak memory of the process`, `${Math.round(used.peakMegabytes)} MB`, '300 MB');
				}
			} finally {
				await server.stop();
				rmSync(data, { recursive: true, force: true });
			}
		}
	} finally {
		rmSync(files, { recursive: true });
	}
}

interface Used {
	seconds: number;
	appSeconds: number;
	databaseSeconds: number;
	peakMegabytes: number;
}

/** `npm run siginjai -- import KIND FILE --apply` while the database runs. @throws Error unless everything was applied */
async function bringIn(data: string, cluster: string, kind: string, file: string): Promise<Used> {
	const usage = mkdtempSync(join(tmpdir(), 'siginjai-usage-'));
	const before = databaseSeconds(cluster);
	const started = performance.now();
	const output = await new Promise<string>((done, fail) => {
		const child = spawn(process.execPath, ['run.mjs', 'siginjai', 'import', kind, file, '--apply'], {
			env: {
				...process.env,
				SIGINJAI_DATA: data,
				SIGINJAI_USAGE: usage,
				NODE_OPTIONS: `--import=${resolve('tests/bench/usage.ts')}`,
				INIT_CWD: '/'
			},
			stdio: ['ignore', 'pipe', 'inherit']
		});
		let text = '';
		child.stdout.on('data', (chunk) => (text += chunk));
		child.once('exit', (code) => (code === 0 ? done(text) : fail(new Error(`The import ended with ${code}: ${text.slice(-1000)}`))));
	});
	const seconds = (performance.now() - started) / 1000;
	if (!/Sudah diterapkan|sudah ada semua/.test(output)) throw new Error(`Not applied: ${output.slice(-1000)}`);
	// the bootstrap and the pinned Node that it hands over to
	const used = readdirSync(usage).map(
		(name) => JSON.parse(readFileSync(join(usage, name), 'utf8')) as { cpuSeconds: number; peakMegabytes: number }
	);
	rmSync(usage, { recursive: true });
	return {
		seconds,
		appSeconds: used.reduce((sum, process) => sum + process.cpuSeconds, 0),
		databaseSeconds: databaseSeconds(cluster) - before,
		peakMegabytes: Math.max(...used.map((process) => process.peakMegabytes))
	};
}
