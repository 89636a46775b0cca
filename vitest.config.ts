import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'demo/**/*.test.ts'],
		globalSetup: ['tests/database-server.ts'],
		setupFiles: ['tests/properties.ts'],
		testTimeout: 120_000,
		hookTimeout: 60_000,
		maxWorkers: 2,
		// loading every module anew for each file is more work than the tests; each has a database of its own anyhow
		isolate: false,
		sequence: { hooks: 'list' }
	}
});
