import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Folders of routes as patterns; a part in brackets stands for any one segment. */
const routes = globSync('src/routes/**/+{page.svelte,page.server.ts,server.ts}').map((file) => {
	const folder = file.split('/').slice(2, -1);
	return new RegExp(`^/${folder.map((part) => (part.startsWith('[') ? '[^/]+' : part.replaceAll('.', '\\.'))).join('/')}$`);
});

/** Addresses written in the sources: whole, up to a query, or with parts to be filled in. */
function addressesIn(source: string): string[] {
	const code = source.replace(/^\s*(import|export) .* from .*$/gm, '');
	return [...code.matchAll(/(?<=["'`])\/[a-z][a-z0-9-]*(?:[/?#][^"'`\s<]*)?(?=["'`\s<])/g)].map(([address]) =>
		address
			// a part of the path is any segment; at the end of one it is a query
			.replace(/(?<=\/)\$?\{[^{}]*\}/g, 'x')
			.split(/[?#]|\$?\{/)[0]!
			.replace(/\/$/, '')
	);
}

test('each address that a page or a mail leads to is one that answers', () => {
	const files = globSync('src/{routes,app,modules,ui}/**/*.{svelte,ts}').filter((file) => !/\.test\.ts$|testing\.ts$/.test(file));
	const unknown = files.flatMap((file) =>
		addressesIn(readFileSync(file, 'utf8'))
			.filter((address) => !routes.some((route) => route.test(address)) && !existsSync(`static${address}`))
			.map((address) => `${file}: ${address}`)
	);
	expect(unknown).toEqual([]);
});
