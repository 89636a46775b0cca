/** What `npm start`, `npm test` and the other two-word commands do. Runs on the pinned Node; see `run.mjs`. */
import { enableCompileCache } from 'node:module';
import { compileIfStale } from '../platform/i18n/compile-if-stale.ts';
import { run } from './run.ts';

// a command loads some thousand modules; compiling them anew is a third of its start
enableCompileCache('node_modules/.siginjai-compiled');

const [task, ...args] = process.argv.slice(2);

// modules import compiled messages: they must be there before the first module is loaded
const tasks: Record<string, () => Promise<number>> = {
	start: async () => (await compileIfStale(), (await import('./start.ts')).start(args)),
	dev: async () => (await compileIfStale(), (await import('./start.ts')).develop(args)),
	check: async () => (await import('./check.ts')).check(),
	test: async () => (await import('./check.ts')).test(args),
	'test-long': async () => (await import('./check.ts')).testLong(args),
	bench: () => run('node', ['tests/bench/index.ts', ...args]),
	'bench-statistics': () => run('node', ['tests/bench/simulation.ts', ...args]),
	siginjai: async () => (await compileIfStale(), (await import('./siginjai.ts')).main(args))
};

if (import.meta.main) {
	const chosen = tasks[task ?? ''];
	if (!chosen) {
		console.error(`Tugas: ${Object.keys(tasks).join(', ')}`);
		process.exit(2);
	}
	process.exitCode = await chosen();
	// `start` answers only after shutdown; everything else is done here
	process.exit();
}
