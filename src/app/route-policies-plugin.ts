import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Fails the build when a folder of `src/routes` with a page or an endpoint declares no policy. */
export function routePolicies(): Plugin {
	return {
		name: 'siginjai-route-policies',
		apply: 'build',
		buildStart() {
			const open = globSync('src/routes/**/{+page.svelte,+page.server.ts,+server.ts}')
				.map((file) => dirname(file))
				.filter((folder) => !existsSync(join(folder, 'policy.ts')));
			if (open.length > 0) throw new Error(`Routes without a policy.ts: ${[...new Set(open)].join(', ')}`);
		}
	};
}
