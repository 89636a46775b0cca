/** What the room "people" promises, in the demo province: learner on a phone without script, offices on a PC. */
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { xlsxRows } from '../../src/platform/imports/xlsx.ts';
import { cookieHeader } from '../sign-in.ts';
import { demoStage } from './demo-stage.ts';
import { DESKTOP, PHONE } from './person.ts';

const stage = demoStage();
const { account, cookiesOf, enter } = stage;

test('what is held about me: seen, downloaded, corrected', async () => {
	const ratna = account('learner', 'RATNA');
	const learner = await enter(ratna, PHONE);
	await learner.goto('/saya/data');
	await learner.sees('Riwayat jabatan dan unit');
	await learner.sees('Belum ditetapkan');
	await learner.pick('category', /Riwayat jabatan/);
	await learner.set('wrong', 'Jabatan saya sudah Perawat Ahli Madya.');
	await learner.send('?/correct');
	await learner.accepted();
	await learner.sees('Menunggu jawaban');

	const answer = await fetch(`${stage.server.url}/saya/data/unduh`, {
		headers: { cookie: cookieHeader(await cookiesOf(ratna)) }
	});
	expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="data-saya-.*\.json"$/);
	const file = (await answer.json()) as { note: string; categories: { key: string; rows: object[] }[] };
	expect(file.note).toBe('Data contoh');
	expect(file.categories.find((category) => category.key === 'people.identity')!.rows).toHaveLength(1);

	const administrator = await enter(account('administrator'), DESKTOP);
	await administrator.goto('/beranda');
	await administrator.sees(/Answer the request for correction/);
	await administrator.goto('/akun/koreksi');
	await administrator.press(/Ratna Dewi/i);
	await administrator.tick('outcome', 'passed_on');
	await administrator.set('text', 'Passed on to BKD.');
	await administrator.send();
	await administrator.accepted();
	await administrator.goto('/akun/koreksi?tampil=dijawab');
	await administrator.sees('Passed on to the source');

	await learner.goto('/saya/data');
	await learner.sees('Passed on to BKD.');
});

test('the administrator sets how long a kind of data is kept; without a beginning nothing is set', async () => {
	const administrator = await enter(account('administrator'), { ...DESKTOP, script: false });
	await administrator.goto('/akun');
	await administrator.press('Periods of keeping');
	expect(await administrator.heading()).toMatch(/^1 of \d+ kinds of data has a period of keeping$/);
	await administrator.press('Posts and units');
	await administrator.pick('kind', /A number of years/);
	await administrator.set('count', '5');
	await administrator.set('basis', 'Decision of the governor (test)');
	await administrator.set('valid_from', '2099-01-01');
	await administrator.send();
	await administrator.sees('Write what it is counted from');
	await administrator.set('from', 'the officer leaves');
	await administrator.send();
	await administrator.accepted();
	// not in force yet: the heading still says so, the history tells what comes
	expect(await administrator.heading()).toMatch(/^1 of \d+/);
	await administrator.sees('Posts and units: 5 years, counted from: the officer leaves, from 1 January 2099');
	await administrator.sees('Decision of the governor (test)');
});

test('the command bar: by key and by name on a PC, as a page on a phone without script', async () => {
	const administrator = await enter(account('administrator'), DESKTOP);
	await administrator.goto('/beranda');
	await administrator.page.keyboard.press('Control+k');
	await administrator.page.getByRole('combobox').or(administrator.page.locator('dialog input')).first().fill('dewi ratna');
	await administrator.page.locator('dialog a.item', { hasText: 'RATNA DEWI' }).first().waitFor();
	await administrator.page.keyboard.press('ArrowDown');
	await administrator.page.keyboard.press('Enter');
	await administrator.page.waitForURL(/\/orang\//);
	await administrator.sees('RATNA DEWI');
	await administrator.page.keyboard.press('Control+k');
	await administrator.page.keyboard.press('Escape');
	expect(await administrator.page.locator('dialog[open]').count()).toBe(0);

	const learner = await enter(account('learner', 'RATNA'), PHONE);
	await learner.goto('/beranda');
	await learner.press(/^Cari/);
	await learner.page.locator('main input[name=q]').fill('sertifikat');
	await learner.page.keyboard.press('Enter');
	await learner.page.waitForURL(/q=sertifikat/);
	await learner.settled();
	await learner.sees('Sertifikat');
	await learner.goto('/cari?q=marlina');
	await learner.sees('Tidak ada yang cocok');
});

test('the directory: ordered, other columns, and the same as a sheet that says what it is', async () => {
	const found = account('administrator');
	const administrator = await enter(found, DESKTOP);
	await administrator.goto('/orang?kolom=number&kolom=joined&urut=-name');
	await administrator.sees('NIP');
	expect(await administrator.page.locator('th[aria-sort="descending"]').count()).toBe(1);
	await administrator.press(/Next/);
	expect(new URL(administrator.page.url()).searchParams.get('kolom')).toBe('number');

	const cookie = cookieHeader(await cookiesOf(found));
	const sheet = async (path: string) => {
		const answer = await fetch(`${stage.server.url}${path}`, { headers: { cookie } });
		expect(answer.headers.get('content-type')).toContain('spreadsheetml');
		const rows = await Array.fromAsync(xlsxRows(Buffer.from(await answer.arrayBuffer())));
		return rows.map((row) => row.cells);
	};
	const officers = await sheet('/orang/unduh.xlsx?kolom=number&urut=-name');
	expect(officers[0]).toEqual(['Data contoh']);
	expect(officers[1]).toHaveLength(2);
	expect(officers.length).toBeGreaterThan(250);
	expect(officers[2]![1]).toMatch(/^\d{18}$/);

	const training = account('training_officer');
	const officer = await enter(training, PHONE);
	await officer.goto('/kesenjangan/orang?kompetensi=M.3&tampil=semua');
	await officer.sees(/level|dinilai/i);
	const gaps = await sheet('/kesenjangan/orang/unduh.xlsx?kompetensi=M.3&tampil=semua');
	expect(gaps[0]).toEqual(['Data contoh']);
	expect(gaps.length).toBeGreaterThan(100);
});

test('every kind of sheet is rehearsed in the browser, and says row by row what is wrong', async () => {
	const administrator = await enter(account('administrator'), DESKTOP);
	for (const [kind, file] of [
		['skm', 'skm-2024.csv'],
		['riwayat-kursus', 'riwayat-kursus.csv'],
		['hasil-asesmen', 'hasil-asesmen.csv']
	] as const) {
		await administrator.goto('/impor');
		await administrator.tick('kind', kind);
		await administrator.page.locator('input[type=file]').setInputFiles(`src/modules/people/fixtures/${file}`);
		await administrator.send();
		// nobody of that file lives in the demo province
		await administrator.page
			.getByText(/is not known by/)
			.first()
			.waitFor({ timeout: 60_000 });
		await administrator.settled();
	}
});

test('a training officer brings in predicates of the own OPD; a row about somebody of another reads as unknown', async () => {
	const behind = await stage.server.database();
	const { rows } = await sql<{ own: string; outside: string }>`
		select min(o.siasn_id) filter (where c.opd_name = 'Dinas Kesehatan') as own, min(o.siasn_id) filter (where c.opd_name <> 'Dinas Kesehatan') as outside
		from people.officers o join people.officer_cards c on c.id = o.id where c.active`.execute(behind.db);
	await behind.close();
	const { own, outside } = rows[0]!;
	const officer = await enter(account('training_officer'), PHONE);
	await officer.goto('/impor');
	expect(await officer.page.locator('input[name=kind]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).toEqual([
		'riwayat-kursus',
		'riwayat-diklat',
		'predikat-kinerja',
		'skm'
	]);
	await officer.tick('kind', 'predikat-kinerja');
	const lines = ['pns_id;tahun;nilai', `${own};2020;88`, `${outside};2020;88`, '00000000-tidak-ada;2020;88'];
	await officer.page.setInputFiles('input[name=file]', {
		name: 'predikat.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(lines.join('\n'))
	});
	await officer.send();
	await officer.page.getByRole('button', { name: 'Terapkan 1 baris' }).waitFor({ timeout: 60_000 });
	await officer.settled();
	expect(await officer.page.locator('tr[data-row=refused]').count()).toBe(2);
	expect(new Set(await officer.page.locator('tr[data-row=refused] td[data-label]:last-child').allInnerTexts()).size).toBe(1);
	await officer.press('Terapkan 1 baris');
	await officer.page.getByText('1 baris sudah diterapkan').waitFor({ timeout: 60_000 });
	await officer.goto('/impor');
	expect(await officer.page.locator('a[href^="/impor/"]', { hasText: '.csv' }).allInnerTexts()).toEqual(['predikat.csv']);
});

/** RFC 6238 with SHA-1, six digits, thirty seconds: what an authenticator computes from a base32 secret. */
function totp(secret: string): string {
	const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
	const hash = createHmac('sha1', key).update(counter).digest();
	const at = hash[19]! & 15;
	return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('two steps: set up with a code, asked for at every sign-in, recovery codes work once, an administrator helps', async () => {
	const bujang = account('learner', 'BUJANG');
	const learner = await enter(bujang, PHONE);
	const begin = async (password: string) => {
		await learner.goto('/saya/keamanan');
		await learner.page.locator('form[action="?/begin"] [name=password]').fill(password);
		await learner.send('?/begin');
	};
	await begin('bukan kata sandinya');
	await learner.sees('Kata sandi');
	expect(await learner.page.locator('[role=alert]').count()).toBe(1);
	await begin(bujang.password);
	await learner.accepted();
	const secret = await learner.page.locator('input[name=secret]').inputValue();
	const recovery = (await learner.page.locator('input[name=codes]').inputValue()).split(' ');
	expect(recovery).toHaveLength(10);
	const opened = new URL((await learner.page.locator('a[href^="otpauth:"]').getAttribute('href'))!);
	expect(opened.searchParams.get('secret')).toBe(secret);
	await learner.set('code', '000000');
	await learner.send('?/confirm');
	await learner.sees('tidak cocok');
	expect(await learner.page.locator('input[name=secret]').inputValue()).toBe(secret);
	await learner.set('code', totp(secret));
	await learner.send('?/confirm');
	await learner.sees('Verifikasi dua langkah menyala');

	const signInAgain = async () => {
		await learner.context.clearCookies();
		await learner.goto('/masuk?lanjut=/jp');
		await learner.set('name', bujang.signIn);
		await learner.set('password', bujang.password);
		await learner.send();
		await learner.sees('Tulis kode dari autentikator');
		// the password alone opens nothing
		await learner.page.goto(`${stage.server.url}/saya`);
		expect(learner.page.url()).toContain('/masuk');
		await learner.page.goto(`${stage.server.url}/masuk/kode?lanjut=/jp`);
	};
	await signInAgain();
	await learner.set('code', '000000');
	await learner.send();
	await learner.sees('tidak cocok');
	await learner.set('code', totp(secret));
	await learner.send();
	expect(new URL(learner.page.url()).pathname).toBe('/jp');

	await signInAgain();
	await learner.set('code', recovery[0]!);
	await learner.send();
	expect(new URL(learner.page.url()).pathname).toBe('/jp');
	await signInAgain();
	await learner.set('code', recovery[0]!);
	await learner.send();
	await learner.sees('tidak cocok');

	const administrator = await enter(account('administrator'), DESKTOP);
	await administrator.goto(`/akun?cari=${encodeURIComponent('Bujang')}`);
	await administrator.press(/Bujang/i);
	await administrator.press('Turn off two-step verification');
	await learner.context.clearCookies();
	await learner.goto('/masuk?lanjut=/jp');
	await learner.set('name', bujang.signIn);
	await learner.set('password', bujang.password);
	await learner.send();
	expect(new URL(learner.page.url()).pathname).toBe('/jp');
});

test('the first page of a day renews the session, in the browser too; an ended or altered one opens nothing', async () => {
	const cookies = await cookiesOf(account('leadership'));
	const home = async (cookie = cookieHeader(cookies)) => {
		const answer = await fetch(`${stage.server.url}/beranda`, { headers: { cookie }, redirect: 'manual' });
		await answer.arrayBuffer();
		return { status: answer.status, renewed: answer.headers.getSetCookie().filter((line) => line.includes('session_token')) };
	};
	expect(await home()).toEqual({ status: 200, renewed: [] });
	const behind = await stage.server.database();
	await sql`update auth.session set "expiresAt" = now() + interval '12 days'`.execute(behind.db);
	const first = await home();
	expect(first).toMatchObject({ status: 200, renewed: [expect.stringMatching(/Max-Age=2592000;.*HttpOnly/)] });
	expect(await home()).toEqual({ status: 200, renewed: [] });
	expect((await home(cookieHeader(cookies).replace(/token=./, (start) => `${start}x`))).status).toBe(303);
	await sql`delete from auth.session`.execute(behind.db);
	await behind.close();
	expect((await home()).status).toBe(303);
});
