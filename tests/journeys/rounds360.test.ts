/**
 * A 360° round on phones, in Indonesian, without script: the training officer opens it, three peers answer, two
 * subordinates of somebody else are too few, and nothing is to be seen before the close.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccount } from '../../demo/people.ts';
import { demoAccounts, type DemoAccount } from '../../src/cli/accounts.ts';
import { enqueue } from '../../src/platform/jobs.ts';
import type { Connection } from '../../src/platform/database/connection.ts';
import { startMailDouble, type MailDouble } from '../mail-double.ts';
import { demoStage } from './demo-stage.ts';
import { PHONE, type Person } from './person.ts';

let behind: Connection;
const DAY = 86_400_000;
const begin = Date.now();
const day = (offset: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(begin + offset * DAY);
const UNIT = 'Instalasi Rawat Inap';

let mail: MailDouble;
const options: Parameters<typeof demoStage>[0] = { clock: new Date(begin).toISOString() };
beforeAll(async () => {
	mail = await startMailDouble();
	options.smtpPort = mail.port;
});
afterAll(() => mail?.close());
const stage = demoStage(options);
beforeAll(async () => void (behind = await stage.server.database()));
afterAll(() => behind?.close());
const enter = (account: DemoAccount, device = PHONE): Promise<Person> => stage.enter(account, device);

/** Somebody of the unit who cannot sign in in the demo gets an account, as an invitation would give. */
async function invite(name: string): Promise<DemoAccount> {
	const list: DemoAccount[] = [];
	await openAccount(behind.db, new Date(begin - 30 * DAY), { role: 'learner', name, grants: [] }, list);
	return list[0]!;
}

/** Ticks the same sentence of every competency and sends. */
async function rate(person: Person, level: number): Promise<{ taps: number; words: number }> {
	const names = await person.page
		.locator('main input[type=radio]')
		.evaluateAll((all) => [...new Set(all.map((one) => (one as { name?: string }).name ?? ''))]);
	const words = (await person.page.locator('main').innerText()).split(/\s+/).length;
	for (const name of names) await person.tick(name, String(level));
	await person.send();
	return { taps: names.length + 1, words };
}

test('organiser opens, three peers answer, the subject sees a group of three and never one of two', async () => {
	const { rows } = await behind.pool.query<{ id: string; name: string }>(
		`select c.id, c.full_name as name from people.officer_cards c where c.active and c.unit_name = $1 and c.post_kind <> 'structural'
			and not exists (select 1 from people.accounts a where a.officer_id = c.id) order by c.full_name limit 6`,
		[UNIT]
	);
	const [subject, other, ...peers] = rows as [
		{ id: string; name: string },
		{ id: string; name: string },
		...{ id: string; name: string }[]
	];
	expect(peers).toHaveLength(4);
	const accounts = new Map<string, DemoAccount>();
	for (const one of [subject, other, ...peers.slice(0, 3)]) accounts.set(one.id, await invite(one.name));

	const organiser = await enter(demoAccounts(stage.server.data).find((one) => one.role === 'training_officer')!);
	await organiser.goto('/penilaian-360');
	await organiser.press('Buka putaran');
	await organiser.pick('unit', new RegExp(UNIT));
	await organiser.press('Lanjut');
	await organiser.sees('orang dapat dinilai');
	for (const summary of await organiser.page.locator('main form summary').all()) await summary.click();
	for (const box of await organiser.page.locator('input[name="officers[]"]').all())
		if (![subject.id, other.id].includes((await box.getAttribute('value'))!)) await box.uncheck({ force: true });
	await organiser.set('opens_on', day(0));
	await organiser.set('due_on', day(1));
	await organiser.send();
	await organiser.sees('Beri penilai sedikitnya 3 hari.');
	// who was ticked stays ticked
	expect(await organiser.page.locator('input[name="officers[]"]:checked').count()).toBe(2);
	await organiser.set('due_on', day(7));
	await organiser.send();
	await organiser.accepted();
	await organiser.sees('2 orang akan dinilai');
	const round = new URL(organiser.page.url()).pathname;

	for (const [one, chosen] of [
		[subject, peers.slice(0, 3)],
		[other, peers.slice(1, 4)]
	] as const) {
		await organiser.goto(`${round}/orang/${one.id}`);
		for (const box of await organiser.page.locator('input[name="peers[]"]').all()) await box.uncheck({ force: true });
		await organiser.tick('peers[]', chosen[0]!.id);
		await organiser.send();
		await organiser.sees('Baru 1 penilai');
		for (const box of await organiser.page.locator('input[name="peers[]"]').all()) await box.uncheck({ force: true });
		for (const peer of chosen) await organiser.tick('peers[]', peer.id);
		await organiser.send();
		await organiser.sees('Pilihan penilai tersimpan.');
	}
	await organiser.send();
	await organiser.sees(/orang diminta menilai/);
	await organiser.sees('0 dari');

	const measured: { taps: number; words: number }[] = [];
	for (const [i, peer] of peers.slice(0, 3).entries()) {
		// one of them with script: there each choice is kept as it is made
		const rater = await enter(accounts.get(peer.id)!, i === 1 ? { ...PHONE, script: true } : PHONE);
		await rater.goto('/beranda');
		await rater.press(/Nilai \d orang/);
		await rater.press(/^Mulai dari/);
		await rater.sees('Tanpa nama.');
		await rater.sees('Tidak cukup tahu');
		if (i === 0) {
			// sent with one choice only: that one is kept, and each missing one says so
			await rater.page.locator('main input[type=radio][value="2"]').first().check({ force: true });
			await rater.send();
			await rater.sees('Pilihan Anda tersimpan. Masih 8 kompetensi');
			await rater.sees('Pilih satu, atau “tidak cukup tahu”.');
			expect(await rater.page.locator('main input[type=radio]:checked').count()).toBe(1);
		}
		if (i === 1) {
			const first = rater.page.locator('main input[type=radio][value="3"]').first();
			await first.check({ force: true });
			await rater.page.getByText('Tersimpan.', { exact: true }).waitFor();
			await rater.page.reload();
			expect(await first.isChecked()).toBe(true);
		}
		const name = await rater.heading();
		measured.push(await rate(rater, 2));
		// the second person, where this peer was asked about both; each ends with thanks
		if (/Apa yang Anda lihat/.test(await rater.heading()) && (await rater.heading()) !== name) await rate(rater, 4);
		await rater.sees('Terima kasih');
	}
	expect(measured.every((one) => one.taps === 10)).toBe(true);
	console.log(`360° form: ${measured[0]!.taps} taps, ${measured[0]!.words} words`);

	await organiser.goto(round);
	await organiser.sees(/\d+ dari \d+ penilaian sudah masuk/);
	const learner = await enter(accounts.get(subject.id)!);
	await learner.goto('/kompetensi');
	expect(await learner.text()).not.toContain('Rekan kerja (');
	// the round itself and the forms of others are not found
	const status = async (path: string) => (await learner.page.goto(stage.server.url + path))!.status();
	const { rows: requests } = await behind.pool.query<{ id: string; round_id: string }>(
		`select id, round_id from surveys.feedback_requests where subject_officer_id = $1 and source = 'peer'`,
		[subject.id]
	);
	expect(await status(round)).toBe(404);
	for (const request of requests) expect(await status(`/rekan/${request.round_id}/${request.id}`)).toBe(404);

	stage.server.setClock(new Date(begin + 9 * DAY).toISOString());
	await enqueue(behind.db, 'daily', {});
	const closed = async () =>
		(await behind.pool.query(`select 1 from surveys.feedback_rounds where id = $1 and closed_at is not null`, [requests[0]!.round_id]))
			.rowCount;
	for (let attempt = 0; attempt < 120 && !(await closed()); attempt++) await new Promise((go) => setTimeout(go, 500));

	const again = await enter(accounts.get(subject.id)!);
	await again.goto('/beranda');
	await again.press(/^Hasil penilaian 360° tentang Anda dapat dibaca/);
	await again.press('Sudah saya baca');
	expect(new URL(again.page.url()).pathname).toBe('/kompetensi');
	expect(await again.text()).not.toContain('Sudah saya baca');
	for (const summary of await again.page.locator('main details.why summary').all()) await summary.click();
	await again.sees('Rekan kerja (3 orang, rata-rata 2,0)');
	// of the other only two of three answered
	const { rows: found } = await behind.pool.query<{ officer_id: string; source: string; n: number }>(
		`select officer_id, source, count(*)::int as n from competency.ratings where round_id = $1 group by 1, 2`,
		[requests[0]!.round_id]
	);
	expect(found).toEqual([{ officer_id: subject.id, source: 'peer', n: 9 }]);
	// one mail to the one with results, none to the other, whose group was too small
	const told = (email: string) => mail.mails.filter((one) => one.to === email && one.text.includes('/kompetensi'));
	for (let attempt = 0; attempt < 120 && told(accounts.get(subject.id)!.signIn).length === 0; attempt++)
		await new Promise((go) => setTimeout(go, 250));
	expect(told(accounts.get(subject.id)!.signIn)).toHaveLength(1);
	expect(told(accounts.get(other.id)!.signIn)).toEqual([]);
	const office = await enter(demoAccounts(stage.server.data).find((one) => one.role === 'training_officer')!);
	await office.goto(round);
	await office.sees('belum ada hasil');
	await office.goto(`/orang/${other.id}`);
	expect(await office.text()).not.toContain('Rekan kerja (');
	await again.goto('/saya/data');
	await again.sees('Putaran penilaian 360° tentang Anda');
});

test('a draft is discarded after one more question, without script; a round that was asked for offers nothing of the kind', async () => {
	const organiser = await enter(stage.account('training_officer'));
	await organiser.goto('/penilaian-360');
	await organiser.press('Buka putaran');
	await organiser.pick('unit', /Instalasi Farmasi/);
	await organiser.press('Lanjut');
	await organiser.set('title', 'Rancangan yang keliru');
	await organiser.send();
	await organiser.accepted();
	const round = new URL(organiser.page.url()).pathname;
	await organiser.press('Hapus rancangan ini');
	expect(await organiser.heading()).toBe('Hapus rancangan “Rancangan yang keliru”?');
	await organiser.press('Tidak, kembali');
	expect(new URL(organiser.page.url()).pathname).toBe(round);
	await organiser.press('Hapus rancangan ini');
	await organiser.send();
	await organiser.sees('Rancangan putaran dihapus.');
	expect(await organiser.text()).not.toContain('Rancangan yang keliru');
	expect((await organiser.page.goto(stage.server.url + round))!.status()).toBe(404);
	const { rows } = await behind.pool.query<{ id: string }>(`select id from surveys.feedback_rounds where sent_at is not null limit 1`);
	await organiser.goto(`/penilaian-360/${rows[0]!.id}/hapus`);
	expect(new URL(organiser.page.url()).pathname).toBe(`/penilaian-360/${rows[0]!.id}`);
	expect(await organiser.text()).not.toContain('Hapus rancangan');
});
