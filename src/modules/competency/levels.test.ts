import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { newId } from '#platform/ids.ts';
import { gapOf, SOURCES, standardOf, strongest, type Rating, type Standard } from './rules.ts';
import { levels } from './server/levels.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world.close());

const at = new Date('2026-11-24T03:00:00Z');
const day = '2026-11-24';
const near = fc.integer({ min: -3, max: 3 });
const dayFrom = (days: number) => new Date(Date.UTC(2026, 10, 24 + days)).toISOString().slice(0, 10);

const ratings = fc.array(
	fc.record({
		source: fc.constantFrom(...SOURCES),
		level: fc.integer({ min: 1, max: 5 }),
		hours: fc.integer({ min: -30, max: 10 }),
		until: fc.option(near)
	}),
	{ maxLength: 8 }
);
const versions = fc.uniqueArray(
	fc.record({
		own: fc.boolean(),
		level: fc.integer({ min: 1, max: 5 }),
		from: fc.integer({ min: -6, max: 2 }),
		until: fc.option(fc.integer({ min: 0, max: 7 }))
	}),
	{ maxLength: 5, selector: (version) => `${version.own} ${version.from}` }
);

test('set-based SQL and the rules for one person give the same level, standard and gap', async () => {
	await fc.assert(
		fc.asyncProperty(
			ratings,
			versions,
			fc.constantFrom('post-1', null),
			fc.constantFrom('ahli_muda', 'none'),
			async (given, standards, postRef, rung) => {
				const undo = new Error('undo');
				await world
					.transaction(async (db) => {
						const [government, unit, officer, competency] = [newId(), newId(), newId(), newId()];
						await sql`insert into people.governments (id, name, kind) values (${government}, 'Provinsi Contoh', 'provinsi')`.execute(db);
						await sql`insert into people.units (id, government_id) values (${unit}, ${government})`.execute(db);
						await sql`insert into people.officers (id, siasn_id, government_id, full_name, employment_kind, active, created_at, updated_at)
						values (${officer}, ${officer}, ${government}, 'Ratna Dewi', 'PNS', true, ${at}, ${at})`.execute(db);
						await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_ref, post_name, rung, valid_from)
						values (${newId()}, ${officer}, ${unit}, 'functional', ${postRef}, 'Perawat', ${rung}, '2020-01-01')`.execute(db);
						await sql`insert into competency.competencies (id, code, category, position, name_id, name_en, description_id, basis, confidence, valid_from)
						values (${competency}, 'T.1', 'teknis', 99, 'Uji', 'Test', '', '', 'uncertain', '2020-01-01')`.execute(db);
						const asRatings: Rating[] = given.map((one) => ({
							id: newId(),
							level: one.level,
							source: one.source,
							ratedAt: new Date(at.getTime() + one.hours * 3_600_000),
							validUntil: one.until === null ? null : dayFrom(one.until)
						}));
						for (const rating of asRatings)
							await sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_at, valid_until)
							values (${rating.id}, ${officer}, ${competency}, ${rating.level}, ${rating.source}, ${rating.ratedAt}, ${rating.validUntil})`.execute(db);
						const asStandards: Standard[] = standards.map((one) => ({
							postRef: one.own ? 'post-1' : null,
							rung: one.own ? null : 'ahli_muda',
							level: one.level,
							validFrom: dayFrom(one.from),
							validTo: one.until === null ? null : dayFrom(one.from + one.until)
						}));
						for (const standard of asStandards)
							await sql`insert into competency.standards (id, post_ref, rung, competency_id, level, basis, confidence, valid_from, valid_to)
							values (${newId()}, ${standard.postRef}, ${standard.rung}, ${competency}, ${standard.level}, '', 'found', ${standard.validFrom}, ${standard.validTo})`.execute(
								db
							);

						const { rows } = await sql<{
							required: number | null;
							required_basis: string | null;
							actual: number | null;
							rating_id: string | null;
							gap: number | null;
						}>`
						with ${levels(at, sql`c.id = ${officer}`, competency)} select * from levels`.execute(db);
						const standard = standardOf(asStandards, { postRef, rung }, day);
						const counted = strongest(asRatings, at, day);
						expect(rows.length).toBe(standard || counted ? 1 : 0);
						if (rows[0])
							expect(rows[0]).toMatchObject({
								required: standard?.level ?? null,
								required_basis: standard ? (standard.postRef ? 'post' : 'rung') : null,
								actual: counted?.level ?? null,
								rating_id: counted?.id ?? null,
								gap: gapOf(standard?.level ?? null, counted?.level ?? null)
							});
						throw undo;
					})
					.catch((cause) => {
						if (cause !== undo) throw cause;
					});
			}
		),
		{ numRuns: 120 }
	);
});
