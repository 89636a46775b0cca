import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { listeners } from '#app/listeners.ts';
import { AT, ENDED_AT, applyAll, heldSmallClass, openSmallClass, publishedCommunication } from '#modules/catalogue/testing.ts';
import { completeClass } from '#modules/catalogue/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { deliverEvents } from '#platform/events.ts';
import { NotFound } from '#platform/refusal.ts';
import { setSetting } from '#platform/settings.ts';
import {
	certificate,
	certificatePdf,
	certificatesOf,
	certificatesOfClass,
	checkCertificate,
	completedListener,
	developmentForms,
	jpOf,
	jpOn,
	revokeCertificate,
	seedJp,
	type Certificate
} from './server/index.ts';

let world: World;
let province: SmallProvince;
let versionId: string;
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	await world.transaction((db) => setSetting(db, AT, 'credentials.number_template', '{number}/SERT/BPSDM-JAMBI/{year}', null));
	({ versionId } = await world.transaction((db) => publishedCommunication(db, province)));
});
afterAll(() => world.close());

const ratna = () => province.officers['RATNA DEWI']!;

/** A class of the programme held by these officers and completed; events are left for the test to deliver. */
async function complete(
	officerIds: string[],
	name: string,
	change: { dates?: object; absent?: Record<string, number>; opensAt?: Date; at?: Date } = {}
): Promise<string> {
	return world.transaction(async (db) => {
		const { id } = await openSmallClass(db, province, versionId, { name, seats: 30, ...change.dates }, change.opensAt);
		await applyAll(db, id, officerIds, change.opensAt);
		await heldSmallClass(db, province, id, change.absent);
		await completeClass(db, province.manager, change.at ?? ENDED_AT, id);
		return id;
	});
}

test('the rules of the law are there with their confidence, and seeding again adds nothing', async () => {
	const forms = await developmentForms(world.db, AT);
	expect(forms).toHaveLength(26);
	expect(forms.find((form) => form.form_code === 'KL07')).toMatchObject({
		basis: 'per_day',
		national_jp: 5,
		international_jp: 7,
		confidence: 'found'
	});
	expect(forms.find((form) => form.form_code === 'NKL11')!.basis).toBe('local');
	expect(forms.find((form) => form.form_code === 'NKL01')!.cap).toEqual({ count: 2, period: 'bulan' });
	await world.transaction(seedJp);
	expect(await developmentForms(world.db, AT)).toEqual(forms);
});

let classId: string;

test('a completion brings JP by the days attended and a certificate, once, however often the news is delivered', async () => {
	classId = await complete([ratna(), province.officers['ANISA PUTRI']!], 'Angkatan 1', {
		absent: { [province.officers['ANISA PUTRI']!]: 1 }
	});
	await world.drain();
	const year = await jpOf(world.db, ratna(), 2026);
	expect(year).toMatchObject({ total: 25, target: 20, rule: 'min', pending: 0, window: { kind: 'calendar' } });
	expect(year.entries[0]!.reason).toMatchObject({
		kind: 'per_day',
		unitJp: 5,
		quantity: 5,
		formCode: 'KL07',
		formNameId: 'Workshop/Lokakarya',
		ruleFrom: '2018-01-01'
	});
	expect((await jpOf(world.db, province.officers['ANISA PUTRI']!, 2026)).total).toBe(20);

	const again = await sql<{
		id: string;
		type: string;
		payload: Record<string, string>;
		at: Date;
	}>`select * from platform.events where type = 'catalogue.completed'`.execute(world.db);
	await sql`delete from platform.event_deliveries`.execute(world.db);
	for (const event of again.rows) {
		await deliverEvents(world.db, listeners)({ eventId: event.id });
		await world.transaction((db) => completedListener.handle(db, event));
	}
	expect((await jpOf(world.db, ratna(), 2026)).entries).toHaveLength(1);
	const numbers = [...(await certificatesOfClass(world.db, classId)).values()].map((row) => row.number).sort();
	expect(numbers).toEqual(['0001/SERT/BPSDM-JAMBI/2026', '0002/SERT/BPSDM-JAMBI/2026']);
});

test('a crash between JP and certificate leaves neither, and leaves no hole in the numbers', async () => {
	const crashing = await complete([ratna()], 'Angkatan 2', {
		opensAt: ENDED_AT,
		dates: { applicationsCloseAt: new Date('2026-12-13T17:00:00Z'), startsOn: '2026-12-14', endsOn: '2026-12-15' },
		at: new Date('2026-12-16T03:00:00Z')
	});
	const event = (
		await sql<{
			id: string;
			type: string;
			payload: Record<string, string>;
			at: Date;
		}>`select * from platform.events where type = 'catalogue.completed' and payload->>'classId' = ${crashing}`.execute(world.db)
	).rows[0]!;
	await expect(
		world.transaction(async (db) => {
			await completedListener.handle(db, event);
			throw new Error('killed');
		})
	).rejects.toThrow('killed');
	expect((await jpOf(world.db, ratna(), 2026)).entries).toHaveLength(1);
	expect((await certificatesOfClass(world.db, crashing)).size).toBe(0);
	// two workers at once, after the restart
	await Promise.all([1, 2].map(() => deliverEvents(world.db, [completedListener])({ eventId: event.id }).catch(() => {})));
	expect((await jpOf(world.db, ratna(), 2026)).total).toBe(35);
	expect([...(await certificatesOfClass(world.db, crashing)).values()].map((row) => row.number)).toEqual(['0003/SERT/BPSDM-JAMBI/2026']);
});

test('a rule that changes counts from its first day and leaves what was credited', async () => {
	await sql`update credentials.jp_rules set valid_to = '2027-01-31' where form_code = 'KL07'`.execute(world.db);
	await sql`insert into credentials.jp_rules (id, form_code, name_id, name_en, basis, national_jp, legal_basis, confidence, valid_from)
		values (gen_random_uuid(), 'KL07', 'Workshop/Lokakarya', 'Workshop', 'per_day', 3, 'Surat edaran contoh', 'found', '2027-02-01')`.execute(
		world.db
	);
	expect((await jpOf(world.db, ratna(), 2026)).total).toBe(35);
	const spring = await complete([ratna()], 'Angkatan 3', {
		opensAt: new Date('2027-01-10T03:00:00Z'),
		dates: { applicationsCloseAt: new Date('2027-01-20T17:00:00Z'), startsOn: '2027-02-01', endsOn: '2027-02-02' },
		at: new Date('2027-02-03T03:00:00Z')
	});
	const event = (
		await sql<{
			id: string;
		}>`select id from platform.events where type = 'catalogue.completed' and payload->>'classId' = ${spring}`.execute(world.db)
	).rows[0]!;
	await deliverEvents(world.db, [completedListener])({ eventId: event.id });
	const year = await jpOf(world.db, ratna(), 2027);
	expect(year.entries.map((entry) => [entry.jp, entry.reason.legalBasis])).toEqual([[6, 'Surat edaran contoh']]);
	expect((await jpOf(world.db, ratna(), 2026)).total).toBe(35);
	expect((await certificatesOf(world.db, ratna()))[0]!.number).toBe('0001/SERT/BPSDM-JAMBI/2027');
});

test('PPPK have a ceiling by contract year, part-time PPPK no rule at all, and a seat shows what is still to come', async () => {
	const [pppk, part] = [province.officers['SITI AMINAH']!, province.officers['UMI KALSUM']!];
	await sql`update people.officers set employment_kind = 'PPPK', joined_on = '2024-12-10' where id = ${pppk}`.execute(world.db);
	await sql`update people.officers set employment_kind = 'PPPK_PW' where id = ${part}`.execute(world.db);
	await world.transaction(async (db) => {
		const { id } = await openSmallClass(db, province, versionId, { name: 'Angkatan 4', seats: 30 });
		await applyAll(db, id, [pppk, part]);
		await heldSmallClass(db, province, id);
	});
	expect((await jpOn(world.db, pppk, '2026-12-09')).year).toBe(2025);
	expect(await jpOf(world.db, pppk, 2026)).toMatchObject({
		rule: 'max',
		target: 24,
		total: 0,
		pending: 25,
		window: { from: '2026-12-10', to: '2027-12-09', kind: 'contract' }
	});
	expect(await jpOf(world.db, pppk, 2025)).toMatchObject({ pending: 0 });
	expect(await jpOf(world.db, part, 2026)).toMatchObject({ rule: null, target: null, pending: 25 });
});

const textOf = async (bytes: Uint8Array): Promise<string> =>
	(await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })).text.replace(/\s+/g, ' ');
const print = { demo: false, checkUrl: 'https://siginjai.contoh.example/periksa/CODE' };

test('the paper says who, what, when, how many JP and which number; the same paper has the same bytes', async () => {
	const [paper] = [...(await certificatesOfClass(world.db, classId)).values()].filter((row) => row.officer_id === ratna());
	const bytes = await certificatePdf(paper!, print);
	const text = await textOf(bytes);
	for (const said of [
		'Sertifikat',
		paper!.number,
		'RATNA DEWI',
		'Komunikasi Pelayanan di Loket',
		'25 jam pelajaran',
		'7 Desember 2026',
		'11 Desember 2026',
		'Kampus BPSDM',
		'Hadir 5 dari 5 hari',
		'siginjai.contoh.example/periksa/'
	])
		expect(text).toContain(said);
	expect(text).not.toContain('Data contoh');
	expect(await textOf(await certificatePdf(paper!, { ...print, demo: true }))).toContain('Data contoh');
	expect(await textOf(await certificatePdf({ ...paper!, revoked_at: ENDED_AT }, print))).toContain('DICABUT');
	const sha = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
	expect(sha(await certificatePdf(paper!, print))).toBe(sha(bytes));
	expect(bytes.length).toBeLessThan(30_000);
	expect((await getDocumentProxy(new Uint8Array(bytes))).numPages).toBe(2);
});

test('names the fonts cannot write, very long ones and long curricula still make a paper', async () => {
	const [paper] = [...(await certificatesOfClass(world.db, classId)).values()];
	const odd = (content: Partial<Certificate['content']>) =>
		certificatePdf({ ...paper!, content: { ...paper!.content, ...content } }, print);
	expect(await textOf(await odd({ name: 'Şükrü Ngô Đình “Łukasz” ʻAli 王 e\u0301' }))).toContain("Sükrü Ngô Dình “Lukasz” 'Ali ? é");
	expect(await textOf(await odd({ name: 'Raden '.repeat(20).trim(), title: 'Pelayanan '.repeat(14).trim() }))).toContain('Raden Raden');
	const many = await odd({ curriculum: Array.from({ length: 45 }, (_, index) => ({ title: `Pelajaran ${index + 1}`, jp: 0.5 })) });
	expect((await getDocumentProxy(new Uint8Array(many))).numPages).toBe(4);
	expect(await textOf(many)).toContain('45 Pelajaran 45');
});

test('anybody with the code learns name, activity, days, number and state, and nothing else', async () => {
	const [paper] = [...(await certificatesOfClass(world.db, classId)).values()].filter((row) => row.officer_id === ratna());
	const checked = (await checkCertificate(world.db, paper!.code.toLowerCase()))!;
	expect(checked).toMatchObject({ name: 'RATNA DEWI', title: 'Komunikasi Pelayanan di Loket', number: paper!.number, revokedAt: null });
	expect(Object.keys(checked).sort()).toEqual([
		'code',
		'endsOn',
		'government',
		'institution',
		'issuedOn',
		'jp',
		'name',
		'number',
		'revokedAt',
		'startsOn',
		'title'
	]);
	expect(JSON.stringify(checked)).not.toContain(paper!.content.nip!);
	expect(await checkCertificate(world.db, paper!.number)).toBeUndefined();
	expect(await checkCertificate(world.db, '000000000000')).toBeUndefined();

	await expect(world.transaction((db) => revokeCertificate(db, province.administrator, ENDED_AT, paper!.id, 'x'))).rejects.toThrow(
		NotFound
	);
	await world.transaction((db) => revokeCertificate(db, province.manager, ENDED_AT, paper!.id, 'Hadir dicatat pada orang yang salah.'));
	expect((await checkCertificate(world.db, paper!.code))!.revokedAt).toEqual(ENDED_AT);
	await expect(world.transaction((db) => revokeCertificate(db, province.manager, ENDED_AT, paper!.id, 'x'))).rejects.toThrow(
		'credentials_refusal_revoked'
	);
});

test('a certificate opens for its holder and for those who work with the persons of that unit', async () => {
	const [paper] = [...(await certificatesOfClass(world.db, classId)).values()].filter((row) => row.officer_id === ratna());
	const opens = (actor: typeof province.learner) =>
		certificate(world.db, actor, paper!.id).then(
			() => true,
			(cause) => {
				if (cause instanceof NotFound) return false;
				throw cause;
			}
		);
	const actors = [
		province.learner,
		province.superior,
		province.trainingOfficer,
		province.manager,
		province.administrator,
		province.otherOfficer,
		province.trainer,
		province.leader,
		province.partner
	];
	expect(await Promise.all(actors.map(opens))).toEqual([true, true, true, true, true, false, false, false, false]);
});
