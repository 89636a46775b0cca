import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'demo/**/*.test.ts'],
		globalSetup: ['tests/database-server.ts'],
		setupFiles: ['tests/properties.ts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		maxWorkers: 2,
		sequence: { hooks: 'list' }
	}
});
