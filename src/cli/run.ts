import { spawn } from 'node:child_process';

/** Runs a program to its end with our own streams; answers its exit code. */
export function run(command: string, parameters: string[], env: Record<string, string> = {}): Promise<number> {
	return new Promise((done, fail) => {
		const child = spawn(command, parameters, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
		child.once('error', fail);
		child.once('exit', (code) => done(code ?? 1));
	});
}

/** The same, with what it said on both streams instead of ours. */
export function collect(command: string, parameters: string[]): Promise<{ code: number; said: string }> {
	return new Promise((done, fail) => {
		const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
		let said = '';
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (said += part));
		child.once('error', fail);
		child.once('close', (code) => done({ code: code ?? 1, said }));
	});
}
