/** The `siginjai` command on a data folder, as somebody at a terminal runs it. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface ImportAnswer {
	rows: number;
	new: number;
	changed: number;
	unchanged: number;
	refused: number;
	warned: number;
	skipped: number;
	absent: number;
	applied: boolean;
	faults: { row: number | null; line: number | null; column: string | null; code: string; outcome: string; message: string }[];
}

/** @throws Error with what the command said when it fails */
export function importByCommand(data: string, kind: string, file: string, apply: boolean): Promise<ImportAnswer> {
	return new Promise((done, fail) => {
		const args = ['--disable-warning=ExperimentalWarning', 'src/cli/tasks.ts', 'siginjai', 'import', kind, resolve(file), '--json'];
		const child = spawn(process.execPath, apply ? [...args, '--apply'] : args, {
			env: { ...process.env, SIGINJAI_DATA: data, SIGINJAI_LOG: 'warn', INIT_CWD: '/' },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let [said, wrong] = ['', ''];
		child.stdout.on('data', (chunk) => (said += chunk));
		child.stderr.on('data', (chunk) => (wrong += chunk));
		child.once('exit', (code) =>
			code === 0 ? done(JSON.parse(said) as ImportAnswer) : fail(new Error(`${code}: ${wrong}${said}`.slice(0, 2000)))
		);
	});
}
