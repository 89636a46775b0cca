/**
 * kill -9 at random moments: what was acknowledged is there after the next start, what was under way is there whole or
 * not at all, and is finished by itself.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Connection, Db } from '../../src/platform/database/connection.ts';
import { newId } from '../../src/platform/ids.ts';
import { staleCards } from '../../src/modules/people/testing.ts';
import { startDemo } from '../demo-folder.ts';
import { startServer, type RunningServer } from '../server.ts';
import { chance, KILLS, sleep, until } from './chance.ts';
import { demoVisitor, firstAdministrator, upload, type Browsing } from './visitor.ts';

const luck = chance('kill');

const numberOf = async (db: Db, query: ReturnType<typeof sql<{ n: number }>>): Promise<number> => (await query.execute(db)).rows[0]!.n;

describe('an import under way', () => {
	let server: RunningServer;
	let behind: Connection;
	let administrator: Browsing;

	beforeAll(async () => {
		server = await startServer();
		behind = await server.database();
		administrator = await firstAdministrator(server);
		await apply(await rehearsed('units', 'unor.csv'));
	});
	afterAll(async () => {
		await behind?.close();
		await server?.stop();
	});

	const state = async (id: string): Promise<string> =>
		(await sql<{ state: string }>`select state from platform.imports where id = ${id}`.execute(behind.db)).rows[0]!.state;
	const officers = () => numberOf(behind.db, sql`select count(*)::int as n from people.officers`);

	async function rehearsed(kind: string, file: string): Promise<string> {
		const id = await upload(administrator, kind, file);
		await until(
			'rehearsed',
			60,
			() => state(id),
			(seen) => seen === 'rehearsed'
		);
		return id;
	}

	async function apply(id: string): Promise<void> {
		expect((await administrator.post(`/impor/${id}?/apply`, {})).status).toBe(303);
		await until(
			'applied',
			60,
			() => state(id),
			(seen) => seen === 'applied'
		);
	}

	test('is there whole or not at all after kill -9, and then finishes', async () => {
		for (let kill = 0; kill < KILLS; kill++) {
			const id = await rehearsed('officers', 'export-data-asn-200.csv');
			expect((await administrator.post(`/impor/${id}?/apply`, {})).status).toBe(303);
			await until(
				'taken by the worker',
				10,
				() => numberOf(behind.db, sql`select count(*)::int as n from pgboss.job where name = 'import' and state = 'active'`),
				(active) => active > 0
			).catch(() => undefined);
			await sleep(luck.between(0, 600));
			// once the whole machine: PostgreSQL's postmaster goes the same way
			const machine = kill === Math.floor(KILLS / 2);
			if (machine) {
				await behind.close();
				const pid = Number(readFileSync(join(server.data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
				process.kill(pid, 'SIGKILL');
			}
			await server.kill();
			if (machine) {
				await server.restart();
				behind = await server.database();
			}
			const [half, found] = [await officers(), await state(id)];
			if (!machine) expect([half, found], `kill ${kill}`).toEqual(found === 'applied' ? [200, 'applied'] : [0, 'applying']);
			else expect([0, 200], `kill ${kill} of the machine`).toContain(half);
			expect(await staleCards(behind.db), `kill ${kill}`).toBe(0);
			if (!machine) await server.restart();
			await until(
				'finished after the start',
				90,
				() => state(id),
				(seen) => seen === 'applied'
			);
			expect(await officers()).toBe(200);
			expect(
				await numberOf(behind.db, sql`select count(distinct number)::int as n from people.officer_numbers where valid_to is null`)
			).toBe(200);
			expect(await staleCards(behind.db)).toBe(0);
			expect((await administrator.post(`/impor/${id}?/undo`, {})).status).toBe(303);
			expect(await officers()).toBe(0);
			expect(await staleCards(behind.db)).toBe(0);
		}
	});
});

/** A week on, whatever weekday it is: the demo's running classes are over and their tests are open. */
const LATER = () => new Date(Date.now() + 7 * 86_400_000).toISOString();

describe('in the demo', () => {
	let server: RunningServer;
	let behind: Connection;

	beforeAll(async () => {
		server = await startDemo({ clock: LATER() });
		behind = await server.database();
	});
	afterAll(async () => {
		await behind?.close();
		await server?.stop();
	});
	afterEach(() => expect(server.output()).not.toContain('"msg":"fault"'));

	/** Sends until the server is gone; whatever was cut off is no answer. */
	const cutOff = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
		try {
			return await work();
		} catch {
			return undefined;
		}
	};

	test('every acknowledged answer of a test is there after kill -9', async () => {
		const learner = await demoVisitor(server, 'learner', 'RATNA DEWI');
		const { rows } = await sql<{ id: string }>`select s.id from assessment.sittings s join people.officers o on o.id = s.officer_id
			left join assessment.attempts a on a.sitting_id = s.id where o.full_name = 'RATNA DEWI' and a.submitted_at is null`.execute(behind.db);
		const sitting = rows[0]!.id;
		const questions = new Map<string, string[]>();
		for (const [tag] of (await learner.get(`/tes/${sitting}`)).body.matchAll(/<input[^>]*name="q-[^>]*>/g)) {
			const name = /name="(q-[^"]+)"/.exec(tag)![1]!;
			questions.set(name, [...(questions.get(name) ?? []), /value="([^"]+)"/.exec(tag)![1]!]);
		}
		expect(questions.size).toBeGreaterThan(3);
		const stored = async () =>
			new Map(
				(
					await sql<{ question_id: string; option_ids: string[] }>`select question_id, option_ids from assessment.answers n
						join assessment.attempts a on a.id = n.attempt_id where a.sitting_id = ${sitting}`.execute(behind.db)
				).rows.map((row) => [`q-${row.question_id}`, row.option_ids[0]!])
			);

		const acknowledged = new Map<string, string>();
		for (let kill = 0; kill < KILLS; kill++) {
			let underWay: [string, string] | undefined;
			let killed = false;
			const writing = (async () => {
				while (!killed) {
					const name = luck.pick([...questions.keys()]);
					underWay = [name, luck.pick(questions.get(name)!)];
					const answer = await cutOff(() => learner.post(`/tes/${sitting}/simpan`, [underWay!]));
					if (answer?.status !== 200) return;
					acknowledged.set(...underWay);
					underWay = undefined;
				}
			})();
			await sleep(luck.between(50, 700));
			await server.kill();
			killed = true;
			await writing;
			await server.restart();
			const found = await stored();
			for (const [name, option] of acknowledged) {
				// the one that was cut off may have been kept or not
				const allowed = underWay?.[0] === name ? [option, underWay[1]] : [option];
				expect(allowed, `kill ${kill}`).toContain(found.get(name));
				acknowledged.set(name, found.get(name)!);
			}
		}
		expect(acknowledged.size).toBeGreaterThan(0);

		// script off: the whole paper, killed in the act, then sent again as people do
		const paper = [...questions].map(([name, options]): [string, string] => [name, luck.pick(options)]);
		const first = cutOff(() => learner.post(`/tes/${sitting}`, paper));
		await sleep(luck.between(0, 60));
		await server.kill();
		await first;
		await server.restart();
		expect((await learner.post(`/tes/${sitting}`, paper)).location).toBe(`/tes/${sitting}`);
		expect(await stored()).toEqual(new Map(paper));
		expect(
			await numberOf(
				behind.db,
				sql`select count(*)::int as n from assessment.attempts where sitting_id = ${sitting} and submitted_at is not null`
			)
		).toBe(1);
	});

	test('each completion has one certificate and one JP entry after kill -9, numbers without hole or double', async () => {
		const manager = await demoVisitor(server, 'programme_manager');
		const classes = await sql<{ id: string }>`select c.id from catalogue.classes c where exists (select 1 from catalogue.enrolments e
			where e.class_id = c.id) and not exists (select 1 from catalogue.completions x join catalogue.enrolments e on e.id = x.enrolment_id where e.class_id = c.id)`.execute(
			behind.db
		);
		expect(classes.rows).toHaveLength(2);
		// the stage, not the play: the learners have no accounts to read their lessons with
		await sql`update catalogue.completion_requirements set fulfilled_at = now() where fulfilled_at is null`.execute(behind.db);
		for (const { id } of classes.rows) {
			const { rows: sessions } = await sql<{ id: string }>`select id from catalogue.class_sessions where class_id = ${id}`.execute(
				behind.db
			);
			const { rows: seats } = await sql<{
				id: string;
			}>`select id from catalogue.enrolments where class_id = ${id} and withdrawn_at is null`.execute(behind.db);
			for (const session of sessions) {
				const sheet = seats.map((seat): [string, string] => ['present[]', seat.id]);
				expect((await manager.post(`/kelas/${id}/hadir`, [['sessionId', session.id], ['form_key', newId()], ...sheet])).status).toBe(303);
			}
		}
		const facts = async () =>
			(
				await sql<{
					completions: number;
					certificates: number;
					entries: number;
				}>`select (select count(*)::int from catalogue.completions) as completions,
				(select count(*)::int from credentials.certificates) as certificates, (select count(*)::int from credentials.jp_entries) as entries`.execute(
					behind.db
				)
			).rows[0]!;
		const before = await facts();

		const complete = (id: string) => cutOff(() => manager.post(`/kelas/${id}/selesai`, { form_key: newId() }));
		const [first, second] = classes.rows as [{ id: string }, { id: string }];
		let sent = complete(first.id);
		for (let kill = 0; kill < KILLS; kill++) {
			await sleep(luck.between(0, 1800));
			await server.kill();
			await sent;
			const seen = await facts();
			// both or neither, and never without a completion
			expect(seen.certificates, `kill ${kill}`).toBe(seen.entries);
			expect(seen.certificates).toBeLessThanOrEqual(seen.completions);
			await server.restart();
			sent = complete(kill % 2 === 0 ? second.id : first.id);
		}
		await sent;
		for (const { id } of classes.rows) {
			// all are completed by now, or all at this press: a second press is refused and changes nothing
			expect([303, 409]).toContain((await complete(id))!.status);
		}
		const after = await until('certified', 120, facts, (seen) => seen.certificates === seen.completions);
		expect(after.completions).toBeGreaterThan(before.completions + 20);
		expect(after.entries).toBe(after.completions);

		const { rows } = await sql<{ kind: string; year: number; last_number: number; issued: number; doubles: number }>`
			select n.kind, n.year, n.last_number,
				(select count(*)::int from credentials.certificates c where extract(year from c.issued_at at time zone 'Asia/Jakarta') = n.year) as issued,
				(select count(*)::int - count(distinct c.number)::int from credentials.certificates c) as doubles
			from platform.number_series n where n.kind = 'certificate'`.execute(behind.db);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			expect(row.issued, `numbers of ${row.year}`).toBe(row.last_number);
			expect(row.doubles).toBe(0);
		}
	});
});
