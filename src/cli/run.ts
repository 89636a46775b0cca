import { spawn } from 'node:child_process';

/** Runs a program to its end with our own streams; answers its exit code. */
export function run(command: string, parameters: string[], env: Record<string, string> = {}): Promise<number> {
	return new Promise((done, fail) => {
		const child = spawn(command, parameters, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
		child.once('error', fail);
		child.once('exit', (code) => done(code ?? 1));
	});
}
