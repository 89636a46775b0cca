import { sql } from 'kysely';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startMailDouble, type MailDouble } from '../../tests/mail-double.ts';
import { openWorld, type World } from '../../tests/world.ts';
import { openJobs } from './jobs.ts';
import { mailHandler, sendMail } from './mail/mail.ts';

let world: World;
let post: MailDouble;
beforeAll(async () => {
	world = await openWorld();
	post = await startMailDouble();
});
afterAll(async () => {
	await world?.close();
	await post?.close();
});

const people = Array.from({ length: 10 }, (_, n) => `pegawai${n}@contoh.example`);
const full = people[3]!;

test('of ten mails one is refused: it is tried again, and nobody else hears twice', async () => {
	process.env.SIGINJAI_SMTP_URL = `smtp://127.0.0.1:${post.port}`;
	const faults: string[] = [];
	const jobs = await openJobs(world.url, { mail: mailHandler(tmpdir()) }, (error) => void faults.push(error.message));
	const states = async () =>
		(
			await sql<{ to: string; state: string; retries: number }>`select data->>'to' as to, state::text, retry_count::int as retries
			from pgboss.job where name = 'mail' order by id`.execute(world.db)
		).rows;
	const delivered = () => post.mails.map((mail) => mail.to).sort();
	try {
		post.refused.add(full);
		await world.transaction(async (db) => {
			for (const to of people) await sendMail(db, { to, subject: 'Kabar', text: 'Satu kali' });
		});
		await jobs.work();
		await vi.waitFor(async () => expect((await states()).filter(({ state }) => state === 'completed')).toHaveLength(9), 20_000);
		expect((await states())[3]).toEqual({ to: full, state: 'retry', retries: 0 });
		expect(faults).toEqual([expect.stringContaining('Mailbox full')]);
		expect(delivered()).toEqual(people.filter((to) => to !== full));

		post.refused.delete(full);
		await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(world.db);
		await vi.waitFor(async () => expect((await states())[3]).toEqual({ to: full, state: 'completed', retries: 1 }), 20_000);
		expect(delivered()).toEqual(people);
	} finally {
		await jobs.stop();
		delete process.env.SIGINJAI_SMTP_URL;
	}
});
