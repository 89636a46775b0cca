/** Two people bring the same in at the same moment: its rows are in once, and nobody is told a fault. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../src/platform/database/connection.ts';
import { newId } from '../../src/platform/ids.ts';
import { importByCommand } from '../journeys/command.ts';
import { startMailDouble, type MailDouble } from '../mail-double.ts';
import { startServer, type RunningServer } from '../server.ts';
import { until } from './chance.ts';
import { browsing, firstAdministrator, FIXTURES, PASSWORD, signedIn, upload } from './visitor.ts';

let mail: MailDouble;
let server: RunningServer;
let behind: Connection;

beforeAll(async () => {
	mail = await startMailDouble();
	server = await startServer({ smtpPort: mail.port });
	behind = await server.database();
	await importByCommand(server.data, 'units', `${FIXTURES}/unor.csv`, true);
});
afterAll(async () => {
	await behind?.close();
	await server?.stop();
	await mail?.close();
});

const facts = async () =>
	(
		await sql<{
			officers: number;
			numbers: number;
			cards: number;
		}>`select (select count(*)::int from people.officers) as officers,
		(select count(*)::int from people.officer_numbers) as numbers, (select count(*)::int from people.cards) as cards`.execute(behind.db)
	).rows[0];

test('two administrators press Apply on one import: one applies, the other reads who did', async () => {
	const siti = await firstAdministrator(server);
	await siti.post('/akun/baru', { name: 'Budi Administrator', email: 'budi@jambi.example', role: 'administrator', form_key: newId() });
	const { text } = await mail.waitFor('budi@jambi.example');
	await browsing(server).post(/\/undangan\/[\w.~-]+/.exec(text)![0], { password: PASSWORD, repeat: PASSWORD });
	const budi = await signedIn(server, 'budi@jambi.example', PASSWORD);

	const id = await upload(siti, 'officers', 'export-data-asn-200.csv');
	const state = async () =>
		(await sql<{ state: string }>`select state from platform.imports where id = ${id}`.execute(behind.db)).rows[0]!.state;
	const becomes = (wanted: string) => until(wanted, 60, state, (seen) => seen === wanted);
	await becomes('rehearsed');
	const answers = await Promise.all([siti, budi].map((who) => who.post(`/impor/${id}?/apply`, {})));
	expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
	const [first, told] = answers[0]!.status === 303 ? ['Siti Administrator', answers[1]!] : ['Budi Administrator', answers[0]!];
	expect(told.body).toContain(`${first} meminta penerapannya.`);
	expect(told.body).toMatch(/role="alert"[^>]*>Impor ini (sedang|sudah) diterapkan oleh orang lain/);

	await becomes('applied');
	expect(await facts()).toEqual({ officers: 200, numbers: 200, cards: 200 });
	const { rows } = await sql<{ action: string; n: number }>`select action, count(*)::int as n from platform.audit_entries
		where object_id = ${id} and action in ('platform.import_applying', 'platform.import_applied') group by action order by action`.execute(
		behind.db
	);
	expect(rows).toEqual([
		{ action: 'platform.import_applied', n: 1 },
		{ action: 'platform.import_applying', n: 1 }
	]);
	for (const who of [siti, budi]) expect((await who.get(`/impor/${id}`)).body).toContain(`${first} meminta penerapannya.`);
	expect((await siti.post(`/impor/${id}?/undo`, {})).status).toBe(303);
});

test('two at two terminals bring one file in: one brings 200 officers, the other is told that all of them are there', async () => {
	const bring = () => importByCommand(server.data, 'officers', `${FIXTURES}/export-data-asn-200.csv`, true);
	const answers = await Promise.all([bring(), bring()]);
	const brought = answers.map(({ new: fresh, changed, unchanged, refused, applied }) => ({ fresh, changed, unchanged, refused, applied }));
	expect(brought.sort((a, b) => b.fresh - a.fresh)).toEqual([
		{ fresh: 200, changed: 0, unchanged: 0, refused: 0, applied: true },
		{ fresh: 0, changed: 0, unchanged: 200, refused: 0, applied: true }
	]);
	expect(await facts()).toEqual({ officers: 200, numbers: 200, cards: 200 });
});
