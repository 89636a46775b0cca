import { collect, run } from './run.ts';

/** Static checks: types, order of modules and their doors, lint, format, unused exports. */
const checks: [name: string, command: string, args: string[]][] = [
	['types', 'svelte-check', ['--threshold', 'error', '--output', 'human']],
	['modules', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'src']],
	['lint', 'eslint', ['.']],
	['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['unused', 'knip', []]
];

/** Two at a time; each says what it found when it ends, so that they do not talk into each other. */
export async function runChecks(ended: (name: string, ok: boolean) => void): Promise<void> {
	const waiting = [...checks];
	const lane = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const [name, command, args] = next;
			const { code, said } = await collect(command, args);
			process.stderr.write(said);
			ended(name, code === 0);
		}
	};
	await Promise.all([lane(), lane()]);
}

/** `npm run check`. */
export async function check(): Promise<number> {
	await run('node', ['src/platform/i18n/compile.ts']);
	await run('svelte-kit', ['sync']);
	let failed = 0;
	await runChecks((name, ok) => {
		if (ok) return;
		failed++;
		console.error(`✗ ${name}`);
	});
	return failed === 0 ? 0 : 1;
}

export const test = (args: string[]): Promise<number> => run('node', ['tests/run.ts', ...args]);

export const testLong = (args: string[]): Promise<number> => run('node', ['tests/run.ts', ...args], { SIGINJAI_LONG: '1' });
