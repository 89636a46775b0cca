import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld } from '../../../../tests/world.ts';
import { systemActor, type Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import type { Refusal } from '#platform/refusal.ts';
import { applyImportOf, peopleImports } from '../server/imports.ts';
import { Desk, fixture } from './desk.ts';

const LONG = process.env.SIGINJAI_LONG === '1';
const february = new Date('2026-02-28T03:00:00Z');
const nextYear = new Date('2027-01-04T02:00:00Z');

let desk: Desk;
beforeAll(async () => {
	desk = new Desk(await openWorld());
	await desk.bring('units', fixture('unor.csv'));
});
afterAll(() => desk.world.close());

const linesOf = (name: string): string[] => fixture(name).toString('utf8').trimEnd().split(/\r?\n/);
const [heading, ...january] = linesOf('export-data-asn-200.csv') as [string, ...string[]];
const [, ...next] = linesOf('export-data-asn-200-next-month.csv') as [string, ...string[]];
const file = (lines: string[]): Buffer => Buffer.from(`${[heading, ...lines].join('\r\n')}\r\n`);

/** Some lines, and the same in another order. */
const cut = (lines: string[]) =>
	fc
		.shuffledSubarray(lines, { minLength: 1, maxLength: 15 })
		.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })));

test('officers: twice is once, the order of rows does not matter, undo restores every row', { timeout: 3_600_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(cut(january), cut(next), async ([known], [some, shuffled]) => {
			const base = await desk.bring('officers', file(known));
			const before = await desk.dump();
			const once = await desk.bring('officers', file(some), february);
			const state = await desk.state();
			expect(await desk.staleCards()).toBe(0);
			const twice = await desk.bring('officers', file(some), february);
			expect(twice.counts).toMatchObject({ new: 0, changed: 0, unchanged: some.length });
			expect(await desk.state()).toEqual(state);
			await desk.undo(twice.id, february);
			await desk.undo(once.id, february);
			expect(await desk.dump()).toEqual(before);
			const other = await desk.bring('officers', file(shuffled), february);
			expect(await desk.state()).toEqual(state);
			await desk.undo(other.id, february);
			expect(await desk.dump()).toEqual(before);
			await desk.undo(base.id);
			expect((await desk.dump()).officers).toEqual([]);
		}),
		{ numRuns: LONG ? 200 : 4 }
	);
});

test('units: twice is once, the order of rows does not matter, undo restores every row', { timeout: 3_600_000 }, async () => {
	const [columns, ...units] = linesOf('unor-next-year.csv') as [string, ...string[]];
	const tree = (lines: string[]): Buffer => Buffer.from(`${[columns, ...lines].join('\r\n')}\r\n`);
	const officers = await desk.bring('officers', file(january));
	const before = await desk.dump();
	let first: unknown;
	await fc.assert(
		fc.asyncProperty(fc.shuffledSubarray(units, { minLength: units.length }), async (shuffled) => {
			const once = await desk.bring('units', tree(shuffled), nextYear);
			const state = await desk.state();
			first ??= state;
			expect(state).toEqual(first);
			expect(await desk.staleCards()).toBe(0);
			const twice = await desk.bring('units', tree(shuffled), nextYear);
			expect(twice.counts).toMatchObject({ new: 0, changed: 0, absent: 0 });
			expect(await desk.state()).toEqual(state);
			await desk.undo(twice.id, nextYear);
			await desk.undo(once.id, nextYear);
			expect(await desk.dump()).toEqual(before);
		}),
		{ numRuns: LONG ? 30 : 1 }
	);
	await desk.undo(officers.id);
});

test('two people apply one import at once: one does, the other is told, and the rows are in once', async () => {
	const { id } = await desk.rehearse('officers', file(january));
	const administrator = (): Actor => ({
		...systemActor,
		system: false,
		accountId: newId(),
		grants: [{ role: 'administrator', unitPath: null, unitId: null, organisationId: null }]
	});
	const [siti, budi] = [administrator(), administrator()];
	const ask = (actor: Actor) => desk.world.transaction((db) => applyImportOf(db, peopleImports, actor, february, id));
	const asked = await Promise.allSettled([ask(siti), ask(budi)]);
	const refused = asked.filter((one) => one.status === 'rejected').map((one) => (one.reason as Refusal).code);
	expect(refused).toEqual(['import_refusal_applying_already']);
	// two workers take the job, as after a restart
	await Promise.all([desk.run(id, february), desk.run(id, february)]);
	const { rows } = await sql<{ officers: number; applied: number }>`select (select count(*)::int from people.officers) as officers,
		(select count(*)::int from platform.audit_entries where action = 'platform.import_applied' and object_id = ${id}) as applied`.execute(
		desk.world.db
	);
	expect(rows[0]).toEqual({ officers: 200, applied: 1 });
	const [first, second] = asked[0]!.status === 'fulfilled' ? [siti, budi] : [budi, siti];
	await expect(ask(second)).rejects.toMatchObject({ code: 'import_refusal_applied_already' });
	await ask(first); // a second press of the same person changes nothing and is no fault
	await desk.undo(id, february);
});
