/** Match by purpose, the next post, and figures of units then and now. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { systemActor, type Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import {
	chooseNextPost,
	compareUnits,
	competencies,
	describedPosts,
	gapsByUnit,
	levelTrends,
	matchOf,
	nextPost,
	profileOf,
	recordRatings,
	setStandard,
	unitTrend,
	type Competency
} from './server/index.ts';

let world: World;
let province: SmallProvince;
let dictionary: Competency[];
const at = new Date('2026-11-24T03:00:00Z');
const on = (day: string) => new Date(`${day}T03:00:00Z`);
const idOf = (code: string) => dictionary.find((one) => one.code === code)!.id;
/** By the system, as a test counts it: no scope stands in the way. */
const rate = (when: Date, officers: string[], level: number, ...codes: string[]) =>
	world.transaction((db) =>
		recordRatings(
			db,
			systemActor,
			when,
			officers.flatMap((officerId) => codes.map((code) => ({ officerId, competencyId: idOf(code), level, source: 'superior' as const })))
		)
	);
const inUnit = async (unit: keyof SmallProvince['units']) =>
	(
		await sql<{ id: string }>`select id from people.officer_cards where unit_id = ${province.units[unit]} order by full_name`.execute(
			world.db
		)
	).rows.map(({ id }) => id);
/** Leads one subtree only. */
const over = (actor: Actor, unit: keyof SmallProvince['units'], role: string): Promise<Actor> =>
	sql<{ path: string }>`select path::text from people.current_units where id = ${province.units[unit]}`
		.execute(world.db)
		.then(({ rows }) => ({ ...actor, grants: [{ role, unitId: province.units[unit], unitPath: rows[0]!.path, organisationId: null }] }));

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	dictionary = await competencies(world.db, at);
	await sql`update people.post_assignments set post_ref = 'post-madya' where post_name = 'Widyaiswara Ahli Muda'`.execute(world.db);
});
afterAll(() => world.close());

test('a match is a figure only once everything is rated, and its gaps stand with it; technical competence stays outside', async () => {
	const ratna = province.learner.officerId!;
	const view = async () => matchOf(world.db, at, await profileOf(world.db, at, ratna));
	const codes = dictionary.map(({ code }) => code);
	await rate(on('2026-02-10'), [ratna], 4, ...codes.slice(0, 6));
	expect(await view()).toMatchObject({ asked: 9, known: 6, match: null, unknown: expect.objectContaining({ length: 3 }), gaps: [] });
	expect((await view()).purposes.map((one) => [one.purpose, one.minimums, one.withSurplus, one.withoutSurplus])).toEqual([
		['pengisian_jabatan', [80, 68], null, null],
		['pemetaan', [90, 78], null, null]
	]);
	await rate(on('2026-03-10'), [ratna], 1, ...codes.slice(6));
	// six of 4 and three of 1 where 3 is asked: 27/27 with, 21/27 without surplus
	const whole = await view();
	expect(whole.match!.withSurplus).toBeCloseTo(100, 10);
	expect(whole.match!.withoutSurplus).toBeCloseTo((21 / 27) * 100, 10);
	expect(whole.purposes.map((one) => [one.withSurplus, one.withoutSurplus])).toEqual([
		['Memenuhi Syarat', 'Masih Memenuhi Syarat'],
		['Optimal', 'Kurang Optimal']
	]);
	expect(whole.gaps.map(({ gap }) => gap)).toEqual([2, 2, 2]);
	const technical = newId();
	await sql`insert into competency.competencies (id, code, category, position, name_id, name_en, description_id, basis, confidence, valid_from)
		values (${technical}, 'T.1', 'teknis', 99, 'Uji', 'Test', '', '', 'confirmed', '2020-01-01')`.execute(world.db);
	await sql`insert into competency.standards (id, rung, competency_id, level, basis, confidence, valid_from)
		values (${newId()}, 'ahli_muda', ${technical}, 5, '', 'confirmed', '2020-01-01')`.execute(world.db);
	await world.transaction((db) =>
		recordRatings(db, systemActor, on('2026-03-11'), [{ officerId: ratna, competencyId: technical, level: 1, source: 'test' }])
	);
	expect(await view()).toMatchObject({ asked: 9, outside: 1, match: whole.match, gaps: [{ name: 'Uji', gap: 4 }, {}, {}, {}] });
	await sql`delete from competency.ratings where competency_id = ${technical}`.execute(world.db);
	await sql`delete from competency.standards where competency_id = ${technical}`.execute(world.db);
});

test('the next rung by default, a described post by search, and what is unknown stays unknown', async () => {
	const ratna = province.learner.officerId!;
	const above = await nextPost(world.db, province.learner, at, ratna);
	expect(above).toMatchObject({ why: 'next_rung', target: { kind: 'rung', ref: 'ahli_madya' }, mayChoose: true, chosen: null });
	expect(above.rows).toHaveLength(9);
	expect(above.rows.find((row) => row.code === 'M.1')).toMatchObject({
		requiredNow: 3,
		required: 4,
		requiredBasis: 'rung',
		actual: 4,
		gap: 0
	});
	const other = province.team[1]!;
	expect((await nextPost(world.db, province.superior, at, other)).rows.every((row) => row.actual === null && row.gap === null)).toBe(true);

	expect(await describedPosts(world.db, at, 'widya')).toEqual([]);
	await world.transaction((db) =>
		setStandard(
			db,
			province.administrator,
			at,
			{ kind: 'post', ref: 'post-madya' },
			{ validFrom: '2026-06-01', basis: 'Pergub', levels: [{ competencyId: idOf('M.3'), level: 5 }] }
		)
	);
	expect(await describedPosts(world.db, at, 'WIDYA')).toEqual([{ ref: 'post-madya', name: 'Widyaiswara Ahli Muda', rung: 'ahli_muda' }]);
	expect(await describedPosts(world.db, on('2026-05-31'), 'widya')).toEqual([]);
	const asked = await nextPost(world.db, province.learner, at, ratna, { kind: 'post', ref: 'post-madya' });
	expect(asked).toMatchObject({ why: 'asked', target: { name: 'Widyaiswara Ahli Muda' } });
	// the post's own level where it has one, the rung's elsewhere
	expect(asked.rows.map((row) => `${row.code} ${row.required} ${row.requiredBasis}`)).toEqual(
		dictionary.map(({ code }) => (code === 'M.3' ? 'M.3 5 post' : `${code} 3 rung`))
	);
	for (const subject of [
		{ kind: 'post', ref: 'tidak-ada' },
		{ kind: 'rung', ref: 'tidak-ada' }
	] as const)
		await expect(nextPost(world.db, province.learner, at, ratna, subject)).rejects.toThrow(NotFound);
});

test('the officer or the superior sets the next post; the newest counts; others read it or do not find it', async () => {
	const ratna = province.learner.officerId!;
	const choose = (actor: Actor, ref: string, when = at) =>
		world.transaction((db) => chooseNextPost(db, actor, when, ratna, { kind: 'post', ref }));
	await choose(province.learner, 'post-madya');
	expect(await nextPost(world.db, province.trainingOfficer, at, ratna)).toMatchObject({
		why: 'chosen',
		target: { ref: 'post-madya' },
		chosen: { by: 'RATNA DEWI' },
		mayChoose: false
	});
	await world.transaction((db) =>
		chooseNextPost(db, province.superior, new Date(at.getTime() + 1), ratna, { kind: 'rung', ref: 'ahli_madya' })
	);
	expect(await nextPost(world.db, province.manager, at, ratna)).toMatchObject({
		target: { kind: 'rung', ref: 'ahli_madya' },
		chosen: { by: 'MARLINA ZAHRA' }
	});
	for (const actor of [
		province.trainingOfficer,
		province.manager,
		province.administrator,
		province.otherOfficer,
		province.leader,
		province.partner
	])
		await expect(choose(actor, 'post-madya'), actor.name).rejects.toThrow(NotFound);
	for (const actor of [province.otherOfficer, province.leader, province.partner, province.trainer])
		await expect(nextPost(world.db, actor, at, ratna), actor.name).rejects.toThrow(NotFound);
	await sql`update people.post_assignments set post_ref = 'post-hers' where officer_id = ${ratna}`.execute(world.db);
	await expect(choose(province.learner, 'post-hers')).rejects.toThrow(Refusal);
	await sql`update people.post_assignments set post_ref = null where officer_id = ${ratna}`.execute(world.db);
});

test('a year of one person: nothing before the first rating, a step after, a gap once it has ended', async () => {
	const ratna = province.learner.officerId!;
	const when = on('2027-03-20');
	const trend = levelTrends(await profileOf(world.db, when, ratna), when);
	const first = trend.find((one) => one.competencyId === idOf('M.1'))!;
	expect(first.points).toHaveLength(13);
	// rated on 10 February 2026 for twelve months
	expect(first.points.map(({ day, level }) => `${day} ${level}`).filter((_, n) => [0, 10, 11, 12].includes(n))).toEqual([
		'2026-03-31 4',
		'2027-01-31 4',
		'2027-02-28 null',
		'2027-03-20 null'
	]);
	expect(first.change).toBe(0);
	expect(levelTrends(await profileOf(world.db, on('2026-02-01'), ratna), on('2026-02-01'))).toEqual([]);
});

test('today the figures of a unit are those of the map, cell by cell', async () => {
	await rate(on('2026-04-15'), province.team.slice(0, 7), 2, 'M.3', 'M.5');
	await rate(on('2026-07-15'), province.team.slice(7), 3, 'M.3');
	await rate(on('2026-08-01'), await inUnit('Bidang Administrasi Kependudukan'), 1, 'M.3');
	for (const actor of [province.manager, province.trainingOfficer, province.leader])
		for (const unit of ['Dinas Kesehatan', 'RSUD Contoh Siginjai'] as const)
			for (const code of ['M.3', 'M.5', 'M.1']) {
				const map = await gapsByUnit(world.db, actor, at, { unitId: province.units[unit] });
				const compared = await compareUnits(world.db, actor, at, { unitId: province.units[unit], competencyId: idOf(code) });
				const cells = (rows: { unitId: string; people: number; assessed: number; withGap: number; hidden: boolean }[]) =>
					rows
						.map(({ unitId, people, assessed, withGap, hidden }) => ({ unitId, people, assessed, withGap, hidden }))
						.sort((a, b) => (a.unitId < b.unitId ? -1 : 1));
				expect(cells(compared.rows), `${actor.name} ${unit} ${code}`).toEqual(
					cells(map.rows.map((row) => ({ ...row.cells.get(idOf(code))!, unitId: row.unitId })))
				);
			}
});

test('a trend shows each quarter by what was valid then, also the standard, and says how many were rated', async () => {
	const ask = { unitId: province.units['RSUD Contoh Siginjai'], competencyId: idOf('M.3') };
	const points = async (actor: Actor, when = at) => (await unitTrend(world.db, actor, when, ask)).points;
	const seen = (list: Awaited<ReturnType<typeof points>>) =>
		list.map((one) => (one.hidden ? `${one.day} hidden` : `${one.day} ${one.withGap}/${one.assessed}`));
	// the tree begins in January 2026: before it nobody was there
	expect(seen(await points(province.manager))).toEqual([
		'2025-03-31 0/0',
		'2025-06-30 0/0',
		'2025-09-30 0/0',
		'2025-12-31 0/0',
		'2026-03-31 0/1',
		'2026-06-30 1/7',
		'2026-09-30 1/12',
		'2026-11-24 1/12'
	]);
	expect((await points(province.manager))[4]).toMatchObject({ share: 0, people: 13 });
	// leadership sees no point about one person
	expect(seen(await points(province.leader)).slice(4)).toEqual([
		'2026-03-31 hidden',
		'2026-06-30 1/7',
		'2026-09-30 1/12',
		'2026-11-24 1/12'
	]);
	// a stricter standard from July on counts from then, not before
	for (const rung of ['ahli_pertama', 'terampil', 'mahir', 'pelaksana'])
		await world.transaction((db) =>
			setStandard(
				db,
				province.administrator,
				at,
				{ kind: 'rung', ref: rung },
				{ validFrom: '2026-07-01', basis: 'Pergub', levels: [{ competencyId: idOf('M.3'), level: 5 }] }
			)
		);
	const after = seen(await points(province.manager)).slice(5);
	expect(after[0]).toBe('2026-06-30 1/7');
	expect(after[1]).toBe('2026-09-30 11/12');
	await sql`delete from competency.standards where valid_from = '2026-07-01'`.execute(world.db);
	await sql`update competency.standards set valid_to = null where rung is not null`.execute(world.db);
});

test('who was in the unit then is counted then: an officer who moved leaves the later points only', async () => {
	const moved = province.team[0]!;
	const ask = { unitId: province.units['Loket Pendaftaran'], competencyId: idOf('M.3') };
	const people = async () => (await unitTrend(world.db, province.manager, at, ask)).points.slice(5).map((one) => one.people);
	expect(await people()).toEqual([8, 8, 8]);
	await world.transaction(async (db) => {
		await sql`update people.post_assignments set valid_to = '2026-08-31' where officer_id = ${moved}`.execute(db);
		await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_name, rung, valid_from)
			values (${newId()}, ${moved}, ${province.units['Dinas Kesehatan']}, 'functional', 'Perawat Ahli Muda', 'ahli_muda', '2026-09-01')`.execute(
			db
		);
	});
	expect(await people()).toEqual([8, 7, 7]);
});

test('a hidden unit cannot be had from its parent: the siblings that together are too few are hidden too', async () => {
	// of the two parts of the hospital, one has 4 rated on M.5 and the other 5: together with the parent they would tell
	const desk = await inUnit('Loket Pendaftaran');
	const clinic = await inUnit('Instalasi Rawat Jalan');
	await sql`delete from competency.ratings where competency_id = ${idOf('M.5')}`.execute(world.db);
	await rate(on('2026-05-01'), desk.slice(0, 5), 1, 'M.5');
	await rate(on('2026-05-01'), clinic.slice(0, 4), 1, 'M.5');
	const director = await over(province.leader, 'RSUD Contoh Siginjai', 'leadership');
	const last = async (unit: keyof SmallProvince['units'], actor = director) =>
		(await unitTrend(world.db, actor, at, { unitId: province.units[unit], competencyId: idOf('M.5') })).points.at(-1)!;
	expect(await last('RSUD Contoh Siginjai')).toMatchObject({ assessed: 9, hidden: false });
	expect(await last('Instalasi Rawat Jalan')).toMatchObject({ assessed: 0, withGap: 0, share: null, hidden: true });
	expect(await last('Loket Pendaftaran')).toMatchObject({ assessed: 0, share: null, hidden: true });
	expect(await last('Loket Pendaftaran', province.trainingOfficer)).toMatchObject({ assessed: 5, hidden: false });
	const rows = (await compareUnits(world.db, director, at, { competencyId: idOf('M.5') })).rows;
	expect(rows.map((row) => [row.hidden, row.share, row.apartFrom])).toEqual(
		rows.map((row) => [row.assessed === 0 && row.hidden, null, []])
	);
});

test('units are ordered by share only where some can be told apart; nobody outside the roles finds a thing', async () => {
	const all = await compareUnits(world.db, province.manager, at, { unitId: province.units['Pemerintah Provinsi Contoh'] });
	expect(all.told).toBe(all.rows.some((row) => row.apartFrom.length > 0));
	if (!all.told)
		expect(all.rows.slice(1).map((row) => row.unitName)).toEqual(
			all.rows
				.slice(1)
				.map((row) => row.unitName)
				.toSorted((a, b) => a.localeCompare(b, 'id'))
		);
	const hospital = province.units['RSUD Contoh Siginjai'];
	for (const actor of [province.superior, province.learner, province.partner, province.trainer]) {
		await expect(compareUnits(world.db, actor, at, {}), actor.name).rejects.toThrow(NotFound);
		await expect(unitTrend(world.db, actor, at, { unitId: hospital }), actor.name).rejects.toThrow(NotFound);
	}
	const outside = { unitId: province.units['Bidang Administrasi Kependudukan'] };
	await expect(compareUnits(world.db, province.trainingOfficer, at, outside)).rejects.toThrow(NotFound);
	await expect(unitTrend(world.db, province.trainingOfficer, at, outside)).rejects.toThrow(NotFound);
});
