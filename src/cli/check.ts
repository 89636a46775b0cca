import { run } from './run.ts';

/** Everything that needs no browser and no database: types, order of modules, lint, format, unused exports. */
export async function check(): Promise<number> {
	const steps: [string, string[]][] = [
		['node', ['src/platform/i18n/compile.ts']],
		['svelte-kit', ['sync']],
		['svelte-check', ['--threshold', 'error', '--fail-on-warnings']],
		['depcruise', ['--config', '.dependency-cruiser.cjs', 'src']],
		['eslint', ['.']],
		['prettier', ['--check', '--log-level', 'warn', '.']],
		['knip', []]
	];
	let failed = 0;
	for (const [command, args] of steps) {
		const code = await run(command, args);
		if (code !== 0) {
			failed++;
			console.error(`✗ ${command}`);
		}
	}
	return failed === 0 ? 0 : 1;
}

export async function test(args: string[]): Promise<number> {
	return run('node', ['tests/run.ts', ...args]);
}

export async function testLong(args: string[]): Promise<number> {
	return run('node', ['tests/run.ts', ...args], { SIGINJAI_LONG: '1' });
}
