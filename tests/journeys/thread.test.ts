/**
 * One thread through the whole loop with the files of the national system, no demo and no SQL: need → plan →
 * programme → learning → evidence → effect → correction → service. Learners read on a phone without script in
 * Indonesian, offices work on a PC in English; each page shape is checked by axe. Time passes by the injected clock.
 */
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launch } from '../browser.ts';
import { startMailDouble, type MailDouble } from '../mail-double.ts';
import { startServer, type RunningServer } from '../server.ts';
import { DESKTOP, PHONE, Person, type Device } from './person.ts';

const FIXTURES = resolve('src/modules/people/fixtures');
const PASSWORD = 'kata sandi yang panjang';
const APPLICANTS = 24;
const SEATS = 12;
const BEHAVIOURS = 3;

let server: RunningServer;
let mail: MailDouble;
let browser: Browser;
const people = new Map<string, Person>();

beforeAll(async () => {
	mail = await startMailDouble();
	server = await startServer({ smtpPort: mail.port, clock: '2026-02-02T09:00:00+07:00' });
	browser = await launch();
});

afterAll(async () => {
	const faults = [...people].flatMap(([name, person]) => person.faults.map((fault) => `${name}: ${fault}`));
	await browser?.close();
	await server?.stop();
	await mail?.close();
	expect(faults).toEqual([]);
});

async function open(name: string, device: Device): Promise<Person> {
	const person = await Person.open(browser, server.url, device);
	people.set(name, person);
	return person;
}
const who = (name: string): Person => people.get(name)!;

/** Follows the newest invitation in the mail and chooses a password. */
async function accept(name: string, email: string, device: Device): Promise<Person> {
	const { text } = await mail.waitFor(email);
	const link = /https?:\/\/\S*\/undangan\/[\w.~-]+/.exec(text)![0];
	const person = await open(name, device);
	await person.goto(new URL(link).pathname);
	await person.set('password', PASSWORD);
	await person.set('repeat', PASSWORD);
	await person.send();
	await person.accepted();
	return person;
}

/** Ids seen on a page, in the order they appear. */
const idsIn = async (person: Person, pattern: RegExp): Promise<string[]> => [
	...new Set([...(await person.page.content()).matchAll(pattern)].map((match) => match[1]!))
];

let learners: { id: string; email: string; name: string }[] = [];
const paths: Record<string, string> = {};

test('1. the administrator sets up, brings in the tree and 200 officers, and invites people', async () => {
	const admin = await open('administrator', DESKTOP);
	await admin.goto('/');
	expect(admin.page.url()).toContain('/siapkan');
	await admin.set('name', 'Siti Administrator');
	await admin.set('email', 'admin@jambi.example');
	await admin.set('password', PASSWORD);
	await admin.set('repeat', PASSWORD);
	await admin.pick('government', /Jambi/);
	await admin.send();
	await admin.accepted();

	for (const [kind, file, count] of [
		['units', 'unor.csv', '433'],
		['officers', 'export-data-asn-200.csv', '200']
	] as const) {
		await admin.goto('/impor');
		await admin.page.locator(`input[name=kind][value*=${kind}]`).check({ force: true });
		await admin.page.locator('input[type=file]').setInputFiles(resolve(FIXTURES, file));
		await admin.send();
		await until(admin, () => admin.page.locator('form[action="?/apply"]').count().then(Boolean));
		await admin.sees(count);
		await admin.send('?/apply');
		await until(admin, () => admin.page.locator('form[action="?/undo"]').count().then(Boolean));
	}

	await invite(admin, {
		search: 'Helmi',
		pick: 0,
		unit: /^Badan Pengembangan Sumber Daya Manusia$/,
		scope: /Pemerintah Provinsi Jambi/,
		roles: ['programme_manager', 'trainer'],
		heads: false,
		as: 'manager'
	});
	await invite(admin, { pick: 0, unit: /^Dinas Kesehatan$/, scope: /^Dinas Kesehatan$/, roles: ['superior'], heads: true, as: 'superior' });
	await invite(admin, {
		pick: 0,
		unit: /^Sekretariat Daerah$/,
		scope: /Pemerintah Provinsi Jambi/,
		roles: ['leadership'],
		heads: true,
		as: 'leader'
	});
	// an invitation lives seven days
	await accept('leader', paths.leader!, DESKTOP);
	learners = await inviteLearners(admin);
	expect(learners).toHaveLength(APPLICANTS);
});

/** Reloads until a job of the server has done its part. */
async function until(person: Person, ready: () => Promise<boolean>): Promise<void> {
	for (let attempt = 0; attempt < 120; attempt++) {
		if (await ready()) return;
		await person.page.waitForTimeout(500);
		await person.page.reload();
	}
	throw new Error(`Waited in vain on ${person.page.url()}:\n${(await person.text()).slice(0, 800)}\n${server.output().slice(-1500)}`);
}

interface Invitation {
	search?: string;
	unit: RegExp;
	/** Where the roles hold. */
	scope: RegExp;
	roles: string[];
	heads: boolean;
	pick: number;
	as: string;
}

async function invite(admin: Person, wanted: Invitation): Promise<void> {
	await admin.goto('/akun/undang');
	await admin.pick('unit', wanted.unit);
	if (wanted.heads) await admin.page.locator('input[type=checkbox][name=pimpinan]').check({ force: true });
	await admin.page.locator('form:not([method=POST]) button').first().click();
	await admin.page.waitForURL(/unit=[0-9a-f]/);
	await admin.quiet();
	await admin.page.locator('input[name="officers[]"]').nth(wanted.pick).check({ force: true });
	for (const role of wanted.roles) await admin.tick('roles[]', role);
	if (await admin.page.locator('select[name=scope]').count()) await admin.pick('scope', wanted.scope);
	const before = mail.mails.length;
	await admin.send();
	await admin.accepted();
	for (let attempt = 0; attempt < 100 && mail.mails.length === before; attempt++) await admin.page.waitForTimeout(200);
	paths[wanted.as] = mail.mails.at(-1)!.to;
}

async function inviteLearners(admin: Person): Promise<{ id: string; email: string; name: string }[]> {
	await admin.goto('/akun/undang');
	await admin.pick('unit', /^Dinas Kesehatan$/);
	await admin.page.locator('form:not([method=POST]) button').first().click();
	await admin.page.waitForURL(/unit=[0-9a-f]/);
	await admin.quiet();
	const boxes = admin.page.locator('input[name="officers[]"]');
	const chosen: { id: string; email: string; name: string }[] = [];
	for (let i = 0; i < (await boxes.count()) && chosen.length < APPLICANTS; i++) {
		const label = await boxes.nth(i).locator('xpath=ancestor::label').innerText();
		// an officer without e-mail gets the link on paper; here everybody gets it by mail
		if (/no e-?mail/i.test(label)) continue;
		await boxes.nth(i).check({ force: true });
		chosen.push({ id: (await boxes.nth(i).getAttribute('value'))!, email: '', name: label.split('\n')[0]! });
	}
	const before = mail.mails.length;
	await admin.send();
	await admin.accepted();
	for (let attempt = 0; attempt < 150 && mail.mails.length < before + chosen.length; attempt++) await admin.page.waitForTimeout(200);
	const caught = mail.mails.slice(before);
	expect(caught).toHaveLength(chosen.length);
	return chosen.map((person, i) => ({ ...person, email: caught[i]!.to }));
}

test('2. a superior rates four officers, the gap appears with its reason, a goal is set and approved', async () => {
	const superior = await accept('superior', paths.superior!, { ...PHONE, script: true });
	await superior.goto('/tim/nilai?kompetensi=M.3');
	const names = [
		...new Set(
			await superior.page
				.locator('input[type=radio][name^="level_"]')
				.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).name))
		)
	];
	const invited = names.filter((name) => learners.some((learner) => name.endsWith(learner.id))).slice(0, 4);
	expect(invited).toHaveLength(4);
	for (const name of invited) await superior.tick(name, '1');
	await superior.send();
	await superior.accepted();

	const rated = learners.find((learner) => invited[0]!.endsWith(learner.id))!;
	const officer = await accept('learner 0', rated.email, PHONE);
	learners = [rated, ...learners.filter((learner) => learner.id !== rated.id)];
	await officer.goto('/kompetensi');
	await officer.sees(/Kenapa\?/);
	await officer.goto('/kompetensi/M.3');
	await officer.sees(/Kesenjangan = diminta − dimiliki.*2 − 1 menjadi 1/);
	await officer.goto('/sasaran/baru?kompetensi=M.3');
	await officer.page.locator('input[name=target_level]').first().check({ force: true });
	await officer.set('due_on', '2026-12-01');
	await officer.set('reason', 'Warga sering kembali karena belum paham langkah berikutnya.');
	await officer.send();
	await officer.accepted();

	await superior.goto('/tim/sasaran');
	const [goal] = await idsIn(superior, /\/tim\/sasaran\/([0-9a-f-]{36})/g);
	await superior.goto(`/tim/sasaran/${goal}`);
	await superior.send('?/approve');
	await superior.accepted();
	await officer.goto('/sasaran');
	await officer.sees(/disetujui/i);
});

test('3. a programme manager drafts a programme with its evaluation plan; an author writes the test and a lesson', async () => {
	const manager = await accept('manager', paths.manager!, DESKTOP);
	await manager.goto('/soal/baru');
	await manager.set('title', 'Komunikasi di loket');
	await manager.pick('competency_id', /Komunikasi|Communication/);
	await manager.send();
	await manager.accepted();
	paths.test = new URL(manager.page.url()).pathname;
	for (let i = 1; i <= 5; i++) {
		await manager.set('stem', `Kasus ${i}: apa yang Anda katakan lebih dahulu?`);
		const options = manager.page.locator('form[action="?/add"] input[name="option[]"]');
		await options.nth(0).fill('Mengakui keadaan orangnya');
		await options.nth(1).fill('Menyebut aturan');
		await options.nth(2).fill('Meminta kembali besok');
		await manager.page.locator('form[action="?/add"] input[name="correct[]"]').first().check({ force: true });
		await manager.send('?/add');
		await manager.accepted();
	}
	await manager.send('?/publish');

	await manager.goto('/kuesioner/baru');
	await manager.set('title_id', 'Perilaku di loket');
	await manager.set('items_id', 'Menyapa lebih dahulu\nMenjelaskan dengan kata sehari-hari\nMemastikan warga paham sebelum pergi');
	await manager.send();
	await manager.accepted();

	await manager.goto('/program/baru');
	await manager.set('title', 'Komunikasi Pelayanan di Loket');
	await manager.pick('competencyId', /Komunikasi|Communication/);
	await manager.pick('targetLevel', /2/);
	await manager.set('summary', 'Menjelaskan hal sulit dengan kata warga.');
	await manager.set('method', 'Kasus dan latihan berpasangan.');
	await manager.page.locator('select[name=formCode]').selectOption('KL07');
	await manager.set('programmeJp', '12');
	await manager.set('days', '2').catch(() => undefined);
	await manager.send();
	await manager.accepted();
	const version = /\/program\/([0-9a-f-]{36})\/versi\/([0-9a-f-]{36})/.exec(manager.page.url())!;
	paths.programme = `/program/${version[1]}`;
	paths.version = version[0];
	paths.versionId = version[2]!;

	await manager.goto(`/materi/${paths.versionId}/baru`);
	await manager.set('title', 'Ibu Sari datang untuk ketiga kalinya');
	await manager.set('minutes', '4');
	await manager.set('body_markdown', '> Ibu Sari berdiri di loket.\n\nAkui dahulu, **baru** jelaskan. <script>alert(1)</script>');
	await manager.send();
	await manager.accepted();
	await manager.page.locator('details:has(form[action="?/add"]) > summary').first().click();
	await manager.page.locator('form[action="?/add"] [name=stem]').fill('Kalimat mana yang mengakui?');
	await manager.page.locator('form[action="?/add"] input[name="option[]"]').nth(0).fill('Ibu sudah tiga kali ke sini.');
	await manager.page.locator('form[action="?/add"] input[name="option[]"]').nth(1).fill('Baca pengumuman.');
	await manager.page.locator('form[action="?/add"] input[name="correct[]"]').first().check({ force: true });
	await manager.page.locator('form[action="?/add"] [name=explanation]').fill('Pengakuan mendahului persyaratan.');
	await manager.send('?/add');
	await manager.send('?/publish');

	await manager.goto(`${paths.version}/rencana-evaluasi`);
	await manager.pick('l2_instrument', /Komunikasi di loket/);
	await manager.set('l2_from', '0');
	await manager.set('l2_to', '14');
	await manager.set('l2_delta', '25');
	await manager.set('l2_delta_reason', 'Satu soal dari lima.');
	await manager.set('l2_sd', '15');
	await manager.set('l2_correlation', '0,6');
	await manager.pick('l3_instrument', /Perilaku di loket/);
	await manager.set('l3_from', '20');
	await manager.set('l3_to', '60');
	await manager.set('l3_delta', '1');
	await manager.set('l3_delta_reason', 'Satu tingkat pada skala lima.');
	await manager.set('l3_sd', '0,6');
	await manager.set('l3_correlation', '0,5');
	await manager.set('n_programme', String(SEATS));
	await manager.set('n_comparison', String(APPLICANTS - SEATS));
	await manager.page
		.locator('select[name=owner_account_id]')
		.selectOption({ index: (await manager.page.locator('select[name=owner_account_id] option').count()) - 1 });
	await manager.send('?/save');
	await manager.accepted();

	await manager.goto(paths.version);
	await manager.send('?/publish');
	await manager.accepted();
	await manager.goto(`${paths.version}/kelas-baru`);
	await manager.set('name', 'Angkatan 1');
	await manager.set('seats', String(SEATS));
	await manager.set('opensOn', '2026-02-02');
	await manager.set('closesOn', '2026-02-10');
	await manager.set('startsOn', '2026-02-23');
	await manager.set('endsOn', '2026-02-24');
	await manager.set('place', 'BPSDM');
	await manager.send();
	await manager.accepted();
	paths.class = /\/kelas\/[0-9a-f-]{36}/.exec(manager.page.url())![0];
});

test('4. a partner university stands behind the class', async () => {
	const manager = who('manager');
	await manager.goto('/mitra/baru');
	await manager.set('name', 'Universitas Contoh Batanghari');
	await manager.tick('kind', 'university');
	await manager.send();
	await manager.accepted();
	const partner = new URL(manager.page.url()).pathname;
	await manager.goto(`${partner}/perjanjian-baru`);
	await manager.tick('kind', 'pks');
	await manager.set('number', '01/PKS/2026');
	await manager.set('title', 'Pelatihan komunikasi');
	await manager.set('signed_on', '2026-01-05');
	await manager.set('valid_until', '2026-12-31');
	await manager.send();
	await manager.accepted();
	await manager.goto(`${partner}/tawaran-baru`);
	await manager.set('title', 'Lokakarya komunikasi');
	await manager.pick('competency_id', /Komunikasi|Communication/);
	await manager.set('seats', '30');
	await manager.set('hours', '12');
	await manager.set('description', 'Dua hari bersama dosen komunikasi.');
	await manager.pick('agreement_id', /01\/PKS/);
	await manager.send();
	await manager.accepted();
	await manager.tick('decision', 'accepted');
	await manager.send('?/decide');
	await manager.accepted();
	await manager.pick('class_id', /Angkatan 1/);
	await manager.set('seats', String(SEATS));
	await manager.send('?/back');
	await manager.accepted();
	await manager.goto(partner);
	await manager.sees('12');
});

test('5. twenty-four apply on their phones for twelve seats; the draw decides, and both arms are asked alike', async () => {
	for (const [i, learner] of learners.entries()) {
		const person = i === 0 ? who('learner 0') : await accept(`learner ${i}`, learner.email, PHONE);
		await person.goto(paths.class!);
		await person.send('?/apply');
	}
	const manager = who('manager');
	server.setClock('2026-02-11T09:00:00+07:00');
	await manager.goto(`${paths.class}/undian`);
	await manager.send();
	await manager.accepted();
	await manager.sees(/[0-9a-f]{64}/);
	await until(who('learner 0'), async () => {
		await who('learner 0').goto('/beranda');
		return /\/tes\/[0-9a-f-]{36}/.test(await who('learner 0').page.content());
	});
	await sitTests('before');
	await rateEverybody();
});

/** Right answers before: two or three of five; after: the same, with one more here and there in both arms alike. */
const right = (i: number, moment: 'before' | 'after') => 2 + (i % 2) + (moment === 'after' && i % 3 === 0 ? 1 : 0);

async function sitTests(moment: 'before' | 'after'): Promise<void> {
	for (let i = 0; i < learners.length; i++) {
		const person = who(`learner ${i}`);
		await person.goto('/beranda');
		const [sitting] = await idsIn(person, /\/tes\/([0-9a-f-]{36})/g);
		expect(sitting, `sitting of learner ${i} ${moment}`).toBeDefined();
		await person.goto(`/tes/${sitting}`);
		const questions = person.page.locator('fieldset.question');
		for (let q = 0; q < (await questions.count()); q++)
			await questions
				.nth(q)
				.locator('label', { hasText: q < right(i, moment) ? 'Mengakui' : 'Menyebut aturan' })
				.locator('input')
				.check({ force: true });
		await person.send();
		await person.sees(moment === 'before' ? /sudah diterima/ : /dari 100/);
	}
}

/** The superior rates both arms in one form and is not told which is which. */
async function rateEverybody(after = false): Promise<void> {
	const superior = who('superior');
	await superior.goto('/beranda');
	const [round] = await idsIn(superior, /\/penilaian\/([0-9a-f-]{36})/g);
	expect(round).toBeDefined();
	await superior.goto(`/penilaian/${round}`);
	expect(await superior.text()).not.toMatch(/pembanding|daftar tunggu|comparison|waiting list/i);
	const names = [
		...new Set(
			await superior.page.locator('main input[type=radio]').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).name))
		)
	];
	expect(names).toHaveLength(APPLICANTS * BEHAVIOURS);
	await superior.page.evaluate(
		({ list, later }) => {
			list.forEach((name, i) => {
				const value = 2 + (Math.floor(i / 3) % 3 === 0 ? 1 : 0) + (later && i % 5 === 0 ? 1 : 0);
				document.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`)!.checked = true;
			});
		},
		{ list: names, later: after }
	);
	await superior.page.locator('main form button.primary').first().click();
	await superior.quiet();
	await superior.settled();
	await superior.accepted();
}

test('6. learners read and are marked present; completion brings JP with its reason, a certificate and its public check', async () => {
	const manager = who('manager');
	server.setClock('2026-02-24T16:00:00+07:00');
	await manager.goto(`${paths.class}/hadir`);
	const days = await idsIn(manager, /href="(\?hari=[^"&]*)"/g);
	expect(days).toHaveLength(2);
	for (const day of days) {
		await manager.goto(`${paths.class}/hadir${day}`);
		await markAll(manager);
	}

	let seats = 0;
	for (let i = 0; i < learners.length; i++) {
		const person = who(`learner ${i}`);
		await person.goto('/belajar');
		const [seat] = await idsIn(person, /\/belajar\/([0-9a-f-]{36})/g);
		if (!seat) continue; // waits, and is measured alike
		seats++;
		await person.goto(`/belajar/${seat}`);
		const [lesson] = await idsIn(person, new RegExp(`/belajar/${seat}/([0-9a-f-]{36})`, 'g'));
		await person.goto(`/belajar/${seat}/${lesson}`);
		expect(await person.page.locator('.lesson script').count()).toBe(0);
		await person.page.locator('form.practice label', { hasText: 'tiga kali' }).locator('input').check({ force: true });
		await person.send('?/answer');
		await person.sees('Pengakuan mendahului persyaratan.');
		await person.send('?/finish');
	}
	expect(seats).toBe(SEATS);

	server.setClock('2026-02-25T09:00:00+07:00');
	await manager.goto(`${paths.class}/selesai`);
	expect(await manager.page.locator('main form').count(), await manager.text()).toBeGreaterThan(0);
	await manager.send();
	await manager.accepted();
	const holder = await firstWithSeat();
	await until(holder, async () => {
		await holder.goto('/sertifikat');
		return /\/sertifikat\/[0-9a-f-]{36}/.test(await holder.page.content());
	});
	const [certificate] = await idsIn(holder, /\/sertifikat\/([0-9a-f-]{36})/g);
	const pdf = await holder.context.request.get(`${server.url}/sertifikat/${certificate}.pdf`);
	expect(pdf.ok()).toBe(true);
	const { extractText, getDocumentProxy } = await import('unpdf');
	const { text } = await extractText(await getDocumentProxy(new Uint8Array(await pdf.body())), { mergePages: true });
	expect(text).toMatch(/Komunikasi Pelayanan di Loket/);
	const code = /periksa\/([A-Z0-9-]+)/i.exec(text)![1]!;
	await holder.goto('/jp');
	// a workshop counts five JP a day, whatever the programme says: two days
	await holder.sees(/10 JP/);
	await holder.sees(/Kenapa/i);

	const citizen = await open('citizen', PHONE);
	await citizen.goto(`/periksa/${code}`);
	await citizen.sees(/berlaku/i);
	expect(await citizen.text()).not.toMatch(/\d{18}/);
});

async function markAll(manager: Person): Promise<void> {
	for (const box of await manager.page.locator('input[name="present[]"]').all()) await box.check({ force: true });
	await manager.send();
	await manager.accepted();
}

async function firstWithSeat(): Promise<Person> {
	for (let i = 0; i < learners.length; i++) {
		await who(`learner ${i}`).goto('/belajar');
		if (/\/belajar\/[0-9a-f-]{36}/.test(await who(`learner ${i}`).page.content())) return who(`learner ${i}`);
	}
	throw new Error('Nobody has a seat');
}

test('7. both arms are measured again; the effect card says one honest sentence', async () => {
	const manager = who('manager');
	server.setClock('2026-02-27T09:00:00+07:00');
	await sitTests('after');
	server.setClock('2026-03-20T09:00:00+07:00');
	await rateEverybody(true);
	await until(manager, async () => {
		await manager.goto(`${paths.programme}/pengaruh`);
		// nobody's answers depend on the training; what chance makes of that, one time in twenty a difference, is the lottery's
		const sentences = [
			/does not change .* in a way that matters/i,
			/smaller than .*, the limit set at the start/i,
			/Hold back the next batch/i
		];
		const text = await manager.text();
		return sentences.some((sentence) => sentence.test(text));
	});
	await manager.sees(/individual lottery/);
	await manager.sees(/WWC/);
	await manager.goto(`${paths.class}/pengukuran`);
	// outcome rows of persons who were never enrolled
	await manager.sees(/comparison/i);
});

test('8. the review opened by itself, asks for a new version and its measurement, and does not close before', async () => {
	const manager = who('manager');
	await manager.goto('/tinjauan');
	const [review] = await idsIn(manager, /\/tinjauan\/([0-9a-f-]{36})/g);
	expect(review).toBeDefined();
	await manager.goto(`/tinjauan/${review}`);
	await manager.page
		.locator('form[action="?/diagnose"] input[name=link], form[action="?/diagnose"] input[name="link[]"]')
		.first()
		.check({ force: true });
	await manager.page.locator('form[action="?/diagnose"] [name=note]').fill('Latihan terlalu sedikit; ditambah bermain peran.');
	await manager.send('?/diagnose');
	await manager.accepted();
	expect(await manager.page.locator('form[action="?/close"]').count(), 'cannot be closed yet').toBe(0);
	await manager.page.locator('form[action="?/version"] [name=change_reason]').fill('Tambah bermain peran setiap hari.');
	await manager.send('?/version');
	await manager.accepted();
	await manager.goto(`/tinjauan/${review}`);
	expect(await manager.page.locator('form[action="?/close"]').count(), 'still not measured again').toBe(0);
	await manager.sees(/version 2/i);
});

test('9. a citizen rates the service by QR without an account; leadership sees gap, JP, effect and index on one page', async () => {
	const manager = who('manager');
	await manager.goto('/layanan/baru');
	await manager.pick('unit_id', /Dinas Kesehatan/);
	await manager.set('name', 'Loket Kesehatan');
	await manager.set('service_name', 'Pendaftaran');
	await manager.send();
	await manager.accepted();
	const code = /\/skm\/([A-Z0-9]{8})/.exec(await manager.page.content())![1]!;
	paths.service = new URL(manager.page.url()).pathname;
	const answers = [3, 4, 3, 4, 3];
	for (const [i, answer] of answers.entries()) {
		const citizen = i === 0 ? who('citizen') : await open(`citizen ${i}`, PHONE);
		await citizen.goto(`/skm/${code}`);
		for (let u = 1; u <= 9; u++) await citizen.tick(`u${u}`, String(answer));
		await citizen.send();
		await citizen.sees(/Terima kasih/);
	}
	// mean 3.4 of every element: 3.4 × 25 = 85.00, grade B
	await manager.goto(paths.service);
	await manager.sees(/85[.,]00/);
	const leader = who('leader');
	await leader.goto('/pimpinan');
	await leader.sees(/85[.,]00/);
	for (const href of ['/kesenjangan', '/pimpinan/jp', '/layanan']) {
		await leader.goto('/pimpinan');
		await leader.page.locator(`main a[href="${href}"]`).first().click();
		await leader.page.waitForURL((url) => url.pathname === href);
		await leader.quiet();
		await leader.settled();
	}
});
