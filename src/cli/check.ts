import { run } from './run.ts';

/** Static checks: types, order of modules and their doors, lint, format, unused exports. */
export const checks: [name: string, command: string, args: string[]][] = [
	['types', 'svelte-check', ['--threshold', 'error', '--output', 'human']],
	['modules', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'src']],
	['lint', 'eslint', ['.']],
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['unused', 'knip', []]
];

/** `npm run check`. */
export async function check(): Promise<number> {
	await run('node', ['src/platform/i18n/compile.ts']);
	await run('svelte-kit', ['sync']);
	let failed = 0;
	for (const [name, command, args] of checks) {
		if ((await run(command, args)) !== 0) {
			failed++;
			console.error(`✗ ${name}`);
		}
	}
	return failed === 0 ? 0 : 1;
}

export const test = (args: string[]): Promise<number> => run('node', ['tests/run.ts', ...args]);

export const testLong = (args: string[]): Promise<number> => run('node', ['tests/run.ts', ...args], { SIGINJAI_LONG: '1' });
