import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { personalData } from '#app/personal-data.ts';
import { inboxOf } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import {
	acknowledgeCorrection,
	answerCorrection,
	correctionRequest,
	correctionRequests,
	dataHeld,
	exportOfMe,
	officerPage,
	ownCorrections,
	processingRegister,
	readingsOfMe,
	requestCorrection
} from './server/index.ts';
import { smallProvince, type SmallProvince } from './testing.ts';

const at = new Date('2026-03-02T03:00:00Z');
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000);
let world: World;
let province: SmallProvince;

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
});
afterAll(() => world.close());

test('every category has its purpose, source and basis in both languages, and the register names no other', () => {
	const register = processingRegister();
	expect([...register.keys()].sort()).toEqual(personalData.map((source) => source.key).sort());
	for (const entry of register.values())
		for (const text of [
			entry.name_id,
			entry.name_en,
			entry.why_id,
			entry.why_en,
			entry.source_id,
			entry.source_en,
			entry.basis_id,
			entry.basis_en
		])
			expect(text, entry.key).toMatch(/\S/);
});

test('every table that names an officer is behind a category, or is named here with the reason', async () => {
	const { rows } = await sql<{ name: string }>`select n.nspname || '.' || t.relname as name from pg_constraint k
		join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
		where k.contype = 'f' and k.confrelid = 'people.officers'::regclass`.execute(world.db);
	const texts = personalData.map((source) => String(source.rows)).join('\n');
	const missing = [...new Set(rows.map((row) => row.name))].filter((name) => !texts.includes(name)).sort();
	expect(missing).toEqual([]);
});

test('Ratna sees what is held and who opened her page, newest first, and not her own visits', async () => {
	const { learner, superior, trainingOfficer, officers } = province;
	const id = officers['RATNA DEWI']!;
	await officerPage(world.db, learner, at, id);
	await officerPage(world.db, superior, later(1), id);
	await officerPage(world.db, trainingOfficer, later(2), id);
	const readings = await readingsOfMe(world.db, learner);
	expect(readings.map((reading) => reading.name)).toEqual(['MAYA ANGGRAINI', 'MARLINA ZAHRA']);
	const [first] = readings;
	expect((await readingsOfMe(world.db, learner, { at: first!.at.toISOString(), id: first!.id })).map((reading) => reading.name)).toEqual([
		'MARLINA ZAHRA'
	]);
	expect(await readingsOfMe(world.db, province.partner)).toEqual([]);
	const held = await dataHeld(world.db, learner, at, personalData, 'id');
	expect(held.map((category) => category.key)).toEqual(
		expect.arrayContaining(['people.identity', 'people.numbers', 'people.posts', 'people.account'])
	);
	expect(held.find((category) => category.key === 'people.identity')).toMatchObject({ count: 1, kept: null, href: `/orang/${id}` });
});

test('the export holds everything of one person and nothing of another, says what it is, and leaves a trace', async () => {
	const { learner } = province;
	const file = await world.transaction((db) => exportOfMe(db, learner, at, personalData, true));
	const text = JSON.stringify(file);
	expect(file).toMatchObject({ note: 'Data contoh', person: 'RATNA DEWI' });
	expect(text).toContain('ratna.dewi@contoh.example');
	expect(text).not.toContain('anisa.putri');
	expect(text).not.toContain('argon2');
	const { rows } = await sql<{ n: number }>`select count(*)::int as n from platform.audit_entries
		where action = 'people.own_data_exported' and actor_id = ${learner.accountId}`.execute(world.db);
	expect(rows[0]!.n).toBe(1);
});

test('a request for correction reaches the administrator, due in three days, and its answer the person', async () => {
	const { learner, administrator, manager } = province;
	const { id } = await world.transaction((db) =>
		requestCorrection(db, learner, at, { category: 'people.posts', wrong: 'Jabatan saya lain.' })
	);
	const [owed] = await inboxOf(world.db, at, administrator.personId!);
	expect(owed).toMatchObject({ kind: 'people_correction', href: `/akun/koreksi/${id}`, due_at: later(72) });
	await expect(correctionRequest(world.db, manager, id)).rejects.toThrow(NotFound);
	await expect(correctionRequests(world.db, learner, { answered: false })).rejects.toThrow(NotFound);
	expect((await correctionRequests(world.db, administrator, { answered: false })).map((request) => request.id)).toEqual([id]);
	const answer = { outcome: 'passed_on' as const, text: 'Diteruskan ke BKD.' };
	await expect(world.transaction((db) => answerCorrection(db, manager, at, id, answer, 'https://s.example'))).rejects.toThrow(NotFound);
	await world.transaction((db) => answerCorrection(db, administrator, later(5), id, answer, 'https://s.example'));
	await expect(world.transaction((db) => answerCorrection(db, administrator, later(6), id, answer, 'https://s.example'))).rejects.toThrow(
		Refusal
	);
	expect(await inboxOf(world.db, later(6), administrator.personId!)).toEqual([]);
	expect((await ownCorrections(world.db, learner))[0]).toMatchObject({ outcome: 'passed_on', answer: 'Diteruskan ke BKD.' });
	await world.drain();
	expect(world.mails.at(-1)!.text).toContain('Diteruskan ke BKD.');
	expect((await inboxOf(world.db, later(6), learner.personId!)).map((item) => item.kind)).toEqual(['people_correction_answered']);
	await expect(world.transaction((db) => acknowledgeCorrection(db, manager, later(7), id))).rejects.toThrow(NotFound);
	await world.transaction((db) => acknowledgeCorrection(db, learner, later(7), id));
	expect(await inboxOf(world.db, later(8), learner.personId!)).toEqual([]);
});

test('ten may wait at once', async () => {
	const { otherOfficer } = province;
	const once = () =>
		world.transaction((db) => requestCorrection(db, otherOfficer, at, { category: 'people.identity', wrong: 'Nama saya keliru.' }));
	for (let i = 0; i < 10; i++) await once();
	await expect(once()).rejects.toThrow('people_refusal_corrections_open');
});
