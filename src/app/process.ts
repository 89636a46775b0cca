import { resumeImports } from '#platform/imports/imports.ts';
import { cronLines } from './scheduled-jobs.ts';
import { openRuntime, type Runtime } from './runtime.ts';

const KEY = Symbol.for('siginjai.runtime');
type Holder = { [KEY]?: Promise<Runtime> };

/** The runtime of this web process, opened at the first call from what `siginjai start` put into the environment. */
export function runtimeOfProcess(): Promise<Runtime> {
	const holder = globalThis as Holder;
	holder[KEY] ??= open();
	return holder[KEY];
}

async function open(): Promise<Runtime> {
	const { DATABASE_URL, SIGINJAI_SECRET, SIGINJAI_ORIGIN, SIGINJAI_DEMO, SIGINJAI_WORKER } = process.env;
	if (!DATABASE_URL || !SIGINJAI_SECRET) throw new Error('Start Siginjai with "npm start"; DATABASE_URL and SIGINJAI_SECRET are missing.');
	const runtime = await openRuntime({
		databaseUrl: DATABASE_URL,
		secret: SIGINJAI_SECRET,
		origin: SIGINJAI_ORIGIN,
		demo: SIGINJAI_DEMO === '1'
	});
	if (SIGINJAI_WORKER !== 'apart') {
		await runtime.jobs.work();
		await resumeImports(runtime.connection.db);
		for (const [name, cron] of Object.entries(cronLines)) await runtime.jobs.schedule(name, cron);
	}
	return runtime;
}
