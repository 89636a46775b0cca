/**
 * Lists and figures in a province of 80,000 officers: each answer against another way of asking, each list's question
 * against the planner, and a sheet of everybody that needs no memory. What they cost is printed by `npm run bench`.
 */
import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	commonStandard,
	gapCounts,
	gapList,
	gapsByUnit,
	gapSummary,
	keepPastFigures,
	posts,
	unitTrend
} from '../../src/modules/competency/server/index.ts';
import { trendMoments } from '../../src/modules/competency/server/past-figures.ts';
import { countedAt, figuresAt } from '../../src/modules/competency/server/unit-figures.ts';
import { OFFICER_SORTS, type OfficerSort } from '../../src/modules/people/rules.ts';
import { officerCount, officerList, unitRoots } from '../../src/modules/people/server/index.ts';
import { staleCards } from '../../src/modules/people/testing.ts';
import { systemActor, type Actor } from '../../src/platform/actor.ts';
import type { Connection, Db } from '../../src/platform/database/connection.ts';
import { xlsxRows } from '../../src/platform/imports/xlsx.ts';
import { appMebibytes } from '../bench/processes.ts';
import { startServer, type RunningServer } from '../server.ts';
import { cookieHeader, signIn } from '../sign-in.ts';
import { ADMINISTRATOR, copyOfProvince, OFFICERS, UNITS } from './province.ts';
import { listen, type Questions } from './questions.ts';

const at = new Date();
let server: RunningServer;
let behind: Connection;
let db: Db;
let questions: Questions;
let root: { id: string; path: string };
let office: { id: string; path: string };
let competencyId: string;

const holding = (role: string, unitPath: string | null): Actor => ({
	...systemActor,
	system: false,
	grants: [{ role, unitPath, unitId: null, organisationId: null }]
});
const administrator = holding('administrator', null);
const one = async <T>(query: RawBuilder<T>): Promise<T> => (await query.execute(db)).rows[0]!;

beforeAll(async () => {
	server = await startServer({ data: copyOfProvince() });
	behind = await server.database();
	questions = listen(behind);
	db = behind.db;
	root = await one(sql<typeof root>`select id, path::text from people.current_units where parent_id is null`);
	// an office of some thousand officers
	office = await one(sql<typeof office>`select u.id, u.path::text from people.current_units u join (
		select opd_id, count(*) as n from people.computed_cards where active group by opd_id) c on c.opd_id = u.id where n between 2000 and 20000 order by n desc limit 1`);
	competencyId = (
		await one(sql<{ id: string }>`select id from competency.competencies where category = 'manajerial' order by position limit 1`)
	).id;
});
afterAll(async () => {
	await behind?.close();
	await server?.stop();
});

/** The unit and all below it by their parents, not by the paths that the lists go by. */
const below = (unit: RawBuilder<unknown>) => sql`(with recursive part as (
	select id from people.current_units where id = ${unit} union all select u.id from people.current_units u join part p on u.parent_id = p.id) select id from part)`;

test('the province is as large as it says, and its cards say what the tables say', async () => {
	const { officers, units, ratings } = await one(sql<{ officers: number; units: number; ratings: number }>`select
		(select count(*)::int from people.officers) as officers, (select count(*)::int from people.current_units) as units,
		(select count(*)::int from competency.ratings) as ratings`);
	expect({ officers, units }).toEqual({ officers: OFFICERS, units: UNITS });
	expect(await staleCards(db)).toBe(0);
	expect(ratings).toBeGreaterThan(500_000);
});

const ORDERS: Record<OfficerSort, string> = {
	name: 'full_name',
	post: "coalesce(post_name, '')",
	unit: "coalesce(unit_name, '')",
	opd: "coalesce(opd_name, '')",
	kind: 'employment_kind',
	rank: "coalesce(rank_code, '')",
	joined: "coalesce(joined_on, '0001-01-01')"
};

test.each(OFFICER_SORTS.flatMap((sort) => [false, true].map((descending) => [sort, descending] as const)))(
	'the directory by %s (turned round: %s): first page, a page deep inside, no table read whole',
	async (sort, descending) => {
		const direction = descending ? 'desc' : 'asc';
		const page = async (from: number) =>
			(
				await sql<{
					id: string;
					key: string;
				}>`select id, (${sql.raw(ORDERS[sort])})::text as key from people.computed_cards where active
				order by ${sql.raw(`${ORDERS[sort]} ${direction}, id ${direction}`)} offset ${from} limit 51`.execute(db)
			).rows;
		const first = await officerList(db, administrator, {}, { sort, descending, after: undefined }, 51);
		expect(first.map(({ id }) => id)).toEqual((await page(0)).map(({ id }) => id));
		const [before, ...wanted] = await page(61_234);
		const deep = () => officerList(db, administrator, {}, { sort, descending, after: { value: before!.key, id: before!.id } }, 50);
		expect((await deep()).map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
		expect(await questions.readWhole(deep)).toEqual([]);
	}
);

test('filters and scopes count as the tree of parents says, by an index', async () => {
	const filter = { unitId: office.id, kind: 'PPPK' } as const;
	const { n } = await one(sql<{ n: number }>`select count(*)::int as n from people.computed_cards
		where active and employment_kind = 'PPPK' and unit_id in ${below(sql`${office.id}::uuid`)}`);
	expect(n).toBeGreaterThan(100);
	expect(await officerCount(db, administrator, filter)).toBe(n);
	expect(await officerCount(db, holding('training_officer', office.path), { kind: 'PPPK' })).toBe(n);
	expect(await officerCount(db, administrator, {})).toBe(OFFICERS);
	for (const ask of [
		() => officerList(db, administrator, filter),
		() => officerCount(db, administrator, filter),
		() => officerList(db, holding('training_officer', office.path), {})
	])
		expect(await questions.readWhole(ask)).not.toContain('cards');
	const roots = await unitRoots(db, administrator);
	expect(roots[0]!.officers).toBe(OFFICERS);
	expect(roots.find((unit) => unit.id === office.id)?.officers).toBe(await officerCount(db, administrator, { unitId: office.id }));
});

test('posts and whose standard they follow are added up from kept numbers', async () => {
	const ask = () => posts(db, administrator, { limit: 10_000 });
	const { rows: held } = await sql<{ post_ref: string; officers: number }>`
		select post_ref, count(*)::int as officers from people.computed_cards where active and post_ref is not null group by post_ref order by post_ref`.execute(
		db
	);
	const listed = (await ask()).filter(({ officers }) => officers > 0).map(({ post_ref, officers }) => ({ post_ref, officers }));
	expect(listed.sort((a, b) => (a.post_ref < b.post_ref ? -1 : 1))).toEqual(held.sort((a, b) => (a.post_ref < b.post_ref ? -1 : 1)));
	const rungs = () => commonStandard(db, administrator, at);
	expect((await rungs()).reduce((sum, { officers }) => sum + officers, 0)).toBe(
		(await one(sql<{ n: number }>`select count(*)::int as n from people.computed_cards where active and rung is not null`)).n
	);
	for (const question of [ask, rungs]) expect(await questions.readWhole(question)).not.toContain('cards');
});

/** One officer and one competency at a time: the strongest, then newest rating that is valid, and the level of the rung. */
const slowly = (unit: string) => sql<{ competency_id: string; people: number; assessed: number; with_gap: number; mean_gap: number }>`
	select s.competency_id, count(*)::int as people, count(r.level)::int as assessed, count(*) filter (where r.level < s.level)::int as with_gap,
		avg(greatest(0, s.level - r.level)) filter (where r.level is not null)::float as mean_gap
	from people.computed_cards c join competency.standards s on s.rung = c.rung and s.valid_from <= current_date and s.valid_to is null
	left join lateral (select level from competency.ratings r where r.officer_id = c.id and r.competency_id = s.competency_id
		and r.rated_at <= ${at} and (r.valid_until is null or r.valid_until >= current_date) order by strength desc, rated_at desc limit 1) r on true
	where c.active and c.unit_id in ${below(sql`${unit}::uuid`)} group by 1`;

test('the gap map of the province and of an office', async () => {
	for (const [actor, unit] of [
		[administrator, root],
		[holding('training_officer', office.path), office]
	] as const) {
		const map = await gapsByUnit(db, actor, at);
		for (const wanted of (await slowly(unit.id).execute(db)).rows) {
			const cells = map.rows.map((row) => row.cells.get(wanted.competency_id)).filter((cell) => cell !== undefined);
			const sum = (name: 'people' | 'assessed' | 'withGap') => cells.reduce((total, cell) => total + cell[name], 0);
			const gaps = cells.reduce((total, cell) => total + (cell.meanGap ?? 0) * cell.assessed, 0);
			expect(sum('people')).toBe(wanted.people);
			expect(sum('assessed')).toBe(wanted.assessed);
			expect(sum('withGap')).toBe(wanted.with_gap);
			expect(gaps / wanted.assessed).toBeCloseTo(wanted.mean_gap, 9);
		}
	}
});

test('the line for the leadership', async () => {
	const summary = await gapSummary(db, holding('leadership', root.path), at, { competencyId });
	const wanted = (await slowly(root.id).execute(db)).rows.find((row) => row.competency_id === competencyId)!;
	expect(summary).toMatchObject({ officers: OFFICERS, assessed: wanted.assessed, withGap: wanted.with_gap });
	expect(summary.meanGap).toBeCloseTo(wanted.mean_gap, 9);
});

test('persons behind a cell: every page of an office, each person once, ratings by an index', async () => {
	const actor = holding('training_officer', office.path);
	const filter = { competencyId };
	const wanted = (await slowly(office.id).execute(db)).rows.find((row) => row.competency_id === competencyId)!;
	expect(await gapCounts(db, actor, at, filter)).toEqual({
		people: wanted.people,
		short: wanted.with_gap,
		unknown: wanted.people - wanted.assessed
	});
	const seen: { id: string; gap: number | null }[] = [];
	for (let after: { value: string; id: string } | undefined; ;) {
		const rows = await gapList(db, actor, at, filter, { sort: 'gap', descending: true, after }, 1000);
		seen.push(...rows.map((row) => ({ id: row.officer_id, gap: row.gap })));
		if (rows.length < 1000) break;
		after = { value: rows.at(-1)!.key, id: rows.at(-1)!.officer_id };
	}
	expect(new Set(seen.map(({ id }) => id)).size).toBe(wanted.people);
	expect(seen).toHaveLength(wanted.people);
	const gaps = seen.map(({ gap }) => gap ?? -1);
	expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
	const usual = { sort: 'gap' as const, descending: true, after: undefined };
	// those who fall short are read in their order, from the index, and are the same
	const short: string[] = [];
	for (let after: { value: string; id: string } | undefined; ;) {
		const rows = await gapList(db, actor, at, { ...filter, unitId: office.id, state: 'short' }, { ...usual, after }, 300);
		short.push(...rows.map((row) => row.officer_id));
		if (rows.length < 300) break;
		after = { value: rows.at(-1)!.key, id: rows.at(-1)!.officer_id };
	}
	expect(short).toEqual(seen.filter(({ gap }) => (gap ?? 0) > 0).map(({ id }) => id));
	for (const [reader, unitId] of [
		[actor, office.id],
		[administrator, undefined]
	] as const)
		for (const state of [undefined, 'short'] as const)
			for (const sort of ['gap', 'name', 'unit'] as const) {
				const order = { ...usual, sort, descending: sort === 'gap' };
				const whole = await questions.readWhole(() => gapList(db, reader, at, { ...filter, unitId, state }, order, 50));
				for (const table of ['cards', 'officer_gaps', 'ratings']) expect(whole, `${sort} ${state} ${unitId}`).not.toContain(table);
			}
});

test('past quarters are kept as counting them anew has them, of the province and its offices, on one competency and on all', async () => {
	const moments = trendMoments(at).slice(0, -1);
	const { rows: offices } = await sql<{ id: string; path: string }>`
		select id, path::text from people.current_units where parent_id = ${root.id} order by path`.execute(db);
	for (const competency of [competencyId, undefined]) {
		const counted = await countedAt(db, moments, [root, ...offices], competency);
		await keepPastFigures(db, at);
		const kept = await figuresAt(db, administrator, moments, [root, ...offices], competency);
		for (const { id } of [root, ...offices])
			expect(kept.get(id)!.map(({ people, assessed, withGap }) => ({ people, assessed, withGap }))).toEqual(
				moments.map(({ day }) => ({ people: 0, assessed: 0, withGap: 0, ...counted.get(day)!.get(id) }))
			);
	}
	const trend = () => unitTrend(db, administrator, at, { unitId: root.id });
	const whole = await questions.readWhole(trend);
	for (const table of ['past_figures', 'ratings', 'post_assignments', 'cards', 'gap_cells']) expect(whole).not.toContain(table);
	const { points } = await trend();
	// the ratings of the superiors are three months old, those of assessment centres more than a year
	expect(points[4]!.assessed).toBeGreaterThan(0);
	expect(points[4]!.assessed).toBeLessThan(points.at(-1)!.assessed);
});

test('the pages answer, and a sheet of 80,000 goes out in bounded memory', async () => {
	const cookie = cookieHeader(await signIn(server.url, ADMINISTRATOR.email, ADMINISTRATOR.password));
	const code = (await one(sql<{ code: string }>`select code from competency.competencies where id = ${competencyId}`)).code;
	for (const path of [
		'/orang',
		'/orang?urut=-unit',
		'/unit',
		'/cari?q=ratna',
		'/kesenjangan',
		`/kesenjangan?unit=${office.id}`,
		'/pimpinan'
	]) {
		const response = await fetch(server.url + path, { headers: { cookie } });
		expect(`${path} ${response.status}`).toBe(`${path} 200`);
		await response.text();
	}
	// an office with hundreds of schools: its map comes in pages that hold each part once
	const { id: largest, parts } = await one(sql<{ id: string; parts: number }>`
		select u.id, (select count(*)::int from people.current_units p where p.parent_id = u.id
			and exists (select 1 from people.computed_cards c where c.active and c.unit_path <@ p.path)) as parts
		from people.current_units u where u.parent_id is not null order by 2 desc limit 1`);
	expect(parts).toBeGreaterThan(100);
	const seen: string[] = [];
	for (let path: string | undefined = `/kesenjangan?unit=${largest}`; path;) {
		const html: string = await (await fetch(server.url + path, { headers: { cookie } })).text();
		const rows = [...html.matchAll(/baris=([0-9a-f-]{36})&amp;kompetensi=/g)].map((match) => match[1]!);
		expect(new Set(rows).size).toBeLessThanOrEqual(50);
		seen.push(...new Set(rows));
		path = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
	}
	expect(new Set(seen).size).toBe(seen.length);
	expect(seen.filter((id) => id !== largest)).toHaveLength(parts);
	for (const path of ['/orang/unduh.xlsx', `/kesenjangan/orang/unduh.xlsx?unit=${office.id}&kompetensi=${code}`]) {
		const before = appMebibytes(server.data);
		let most = before;
		const watch = setInterval(() => (most = Math.max(most, appMebibytes(server.data))), 100);
		const response = await fetch(server.url + path, { headers: { cookie } });
		const bytes = Buffer.from(await response.arrayBuffer());
		clearInterval(watch);
		expect(`${path} ${response.status}`).toBe(`${path} 200`);
		let rows = 0;
		for await (const row of xlsxRows(bytes)) rows += row.cells.some(Boolean) ? 1 : 0;
		if (path.startsWith('/orang')) expect(rows).toBe(OFFICERS + 1);
		else expect(rows).toBeGreaterThan(100);
		console.log(`${path}: ${(bytes.length / 1e6).toFixed(1)} MB, the app grew by ${Math.round(most - before)} MB`);
		expect(most - before).toBeLessThan(150);
	}
});
