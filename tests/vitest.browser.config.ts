import { defineConfig } from 'vitest/config';

/** Journeys, access matrix and faults: real servers and a real Chromium, one after another on two cores. */
export default defineConfig({
	// the access test asks the routes for their actions; what they draw is the server's matter
	plugins: [{ name: 'no-drawings', enforce: 'pre', load: (id) => (id.endsWith('.svelte') ? 'export default {}' : undefined) }],
	test: {
		root: '.',
		include: [
			'tests/journeys/**/*.test.ts',
			'tests/access/**/*.test.ts',
			'tests/faults/**/*.test.ts',
			// a province of 80,000 takes minutes to make
			...(process.env.SIGINJAI_LONG === '1' ? ['tests/scale/**/*.test.ts'] : [])
		],
		testTimeout: process.env.SIGINJAI_LONG === '1' ? 7_200_000 : 600_000,
		hookTimeout: 900_000,
		fileParallelism: false
	}
});
