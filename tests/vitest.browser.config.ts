import { defineConfig } from 'vitest/config';

/** Journeys and faults: real servers and a real Chromium, one after another on two cores. */
export default defineConfig({
	test: {
		root: '.',
		include: ['tests/journeys/**/*.test.ts', 'tests/faults/**/*.test.ts'],
		testTimeout: 600_000,
		hookTimeout: 300_000,
		fileParallelism: false
	}
});
