/** Whatever stands in the search part of an address, no page and no endpoint answers with a fault. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GAP_SORTS } from '../../src/modules/competency/index.ts';
import { OFFICER_SORTS } from '../../src/modules/people/index.ts';
import type { Connection } from '../../src/platform/database/connection.ts';
import { startDemo } from '../demo-folder.ts';
import type { RunningServer } from '../server.ts';
import { address, samplesOf, visitors } from './facts.ts';

/** Of each route, so many who may read it. */
const READERS = 2;
/** Nothing is there without a parameter. */
const NEEDS = ['/kesenjangan/orang', '/kesenjangan/orang/unduh.xlsx'];
const NOBODY = '01900000-0000-7000-8000-000000000000';
const STRANGE = ["'", '-1', 'bukan-id', NOBODY, '2026-02-31', '0000-01-01', '9'.repeat(30), 'x'.repeat(3000), '\u{1f600}.a', '\0'];
const SORTS: Record<string, readonly string[]> = { '/orang': OFFICER_SORTS, '/kesenjangan/orang': GAP_SORTS };
const NAME = /searchParams\.(?:get|getAll|has)\('([a-z_]+)'/g;
/** What lists read by `platform/lists.ts`. */
const LISTS = ['urut', 'sesudah', 'kolom'];

const namesIn = (files: string[]): string[] => [
	...new Set(files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(NAME)].map((match) => match[1]!)))
];
const all = [...new Set([...namesIn(globSync('src/**/*.ts')), ...LISTS])];
const routes = [...new Set(globSync('src/routes/**/{+page.server.ts,+server.ts}').map((file) => dirname(file)))].sort().map((folder) => ({
	id: `/${relative(resolve('src/routes'), resolve(folder))}`,
	names: namesIn(globSync(`${folder.replaceAll('[', '[[]')}/*.ts`))
}));

let server: RunningServer;
let behind: Connection;
beforeAll(async () => {
	server = await startDemo();
	behind = await server.database();
});
afterAll(async () => {
	await behind?.close();
	await server?.stop();
});

test('every address with strange parameters, one by one and all at once', { timeout: 600_000 }, async () => {
	expect(all.length).toBeGreaterThan(30);
	const people = await visitors(server, behind.db);
	const ask = async (path: string, cookie: string): Promise<number> => {
		const response = await fetch(server.url + path, { redirect: 'manual', headers: { cookie, accept: 'text/html' } });
		await response.arrayBuffer();
		return response.status;
	};
	const faults = new Set<string>();
	let read = 0;
	for (const { id, names } of routes) {
		let readers = 0;
		for (const who of people) {
			const params = readers < READERS ? (await samplesOf(behind.db, who, id)).inside[0] : undefined;
			if (!params) continue;
			const path = address(id, params);
			if ((await ask(path, who.cookie)) !== 200 && !NEEDS.includes(id)) continue;
			readers++;
			const orders = SORTS[id]?.flatMap((sort) => [sort, `-${sort}`]) ?? [];
			for (const asked of [all, ...names.map((name) => [name]), ...orders.map((order) => ['nilai', order])])
				for (const value of STRANGE) {
					const search = new URLSearchParams(asked.map((name) => [name, value]));
					// the key of a page, of a type that the order tells
					if (asked[0] === 'nilai') {
						search.set('urut', asked[1]!);
						search.set('sesudah', NOBODY);
						search.set('kompetensi', 'M.3');
					}
					const status = await ask(`${path}?${search.toString()}`, who.cookie);
					if (status >= 500) faults.add(`${id}?${asked === all ? 'all' : asked.join()}=${value.slice(0, 40)}: ${status}`);
				}
		}
		if (readers > 0) read++;
	}
	// and in the place of an id or a code, which the access matrix tries with ids that are none
	const [, administrator] = people;
	for (const { id } of routes)
		if (id.includes('['))
			for (const value of ['%00', '%27', '9'.repeat(30), encodeURIComponent('\u{1f600}')]) {
				const path = id.replace(/\[\w+\]/g, value);
				if ((await ask(path, administrator!.cookie)) >= 500) faults.add(path);
			}
	expect([...faults]).toEqual([]);
	expect(read).toBeGreaterThan(60);
});
