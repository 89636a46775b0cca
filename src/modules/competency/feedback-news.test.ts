/** Who hears that a 360° round has results about them, and who does not. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { answerFeedback } from '#modules/surveys/server/index.ts';
import { anonymousActor } from '#platform/actor.ts';
import { inboxOf } from '#platform/inbox.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import {
	acknowledgeFeedback,
	askFeedback,
	closeFeedback,
	competencies,
	feedbackNews,
	openFeedbackRound,
	profileOf
} from './server/index.ts';

let world: World;
let province: SmallProvince;
let topic: string;
let ratna: string;
let roundId: string;
/** 9.00 WIB. */
const at = new Date('2026-03-02T02:00:00Z');
const closing = new Date('2026-03-17T02:00:00Z');

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction((db) => smallProvince(db));
	topic = (await competencies(world.db, at))[0]!.id;
	ratna = province.officers['RATNA DEWI']!;
});
afterAll(() => world.close());

beforeEach(async () => {
	await world.transaction(async (db) => {
		await sql`delete from competency.ratings`.execute(db);
		await sql`delete from surveys.feedback_rounds`.execute(db);
		await sql`delete from platform.inbox_items`.execute(db);
		({ id: roundId } = await openFeedbackRound(db, province.trainingOfficer, at, {
			title: 'Penilaian rekan',
			unitId: province.units['Loket Pendaftaran'],
			officerIds: [ratna],
			competencyIds: [topic],
			opensOn: '2026-03-02',
			dueOn: '2026-03-15'
		}));
	});
});

const close = (when = closing) => world.transaction((db) => closeFeedback(db, when, roundId, 'https://s.example'));
const answer = ({ id, rater }: { id: string; rater: string }) =>
	world.transaction((db) =>
		answerFeedback(db, { ...anonymousActor, officerId: rater, personId: rater }, at, roundId, id, { final: true, answers: { [topic]: 3 } })
	);

/** Mails of the close alone, and what waits in the inbox after it. */
async function told(answers: { source: string; count: number }[]) {
	await world.transaction((db) => askFeedback(db, province.trainingOfficer, at, roundId, 'https://s.example'));
	const raters = (
		await sql<{ id: string; rater: string; source: string }>`select id, rater_person_id as rater, source from surveys.feedback_requests
		where round_id = ${roundId} order by id`.execute(world.db)
	).rows;
	for (const { source, count } of answers)
		for (const one of raters.filter((rater) => rater.source === source).slice(0, count)) await answer(one);
	await world.drain();
	const before = world.mails.length;
	await close();
	await close();
	await world.drain();
	return { mails: world.mails.slice(before), news: await waitingNews() };
}
const waitingNews = async () => feedbackNews(await inboxOf(world.db, closing, province.learner.personId!));
const peers = (count: number) => ({ source: 'peer', count });

test('the subject of a group of three, once, in her language, with the place and no figure', async () => {
	await sql`update people.accounts set locale = 'en' where id = ${province.learner.accountId}`.execute(world.db);
	const { mails, news } = await told([peers(3)]);
	expect(mails).toMatchObject([{ to: 'ratna.dewi@akun.example', subject: 'The results of the 360° rating about you can be read' }]);
	expect(mails[0]!.text).toContain('https://s.example/kompetensi');
	expect(mails[0]!.text.replaceAll('360°', '')).not.toMatch(/\d/);
	expect(news).toEqual([{ roundId, title: 'Penilaian rekan' }]);
	await sql`update people.accounts set locale = 'id' where id = ${province.learner.accountId}`.execute(world.db);

	// only she takes it from her inbox
	await world.transaction((db) => acknowledgeFeedback(db, province.superior, closing, roundId));
	expect(await waitingNews()).toHaveLength(1);
	await world.transaction((db) => acknowledgeFeedback(db, province.learner, closing, roundId));
	expect(await inboxOf(world.db, closing, ratna)).toEqual([]);
	await close();
	expect(await waitingNews()).toEqual([]);
});

test('the subject of whom only her superior speaks, in Indonesian', async () => {
	const { mails, news } = await told([peers(2), { source: 'superior', count: 1 }]);
	expect(mails.map((mail) => [mail.to, mail.subject])).toEqual([
		['ratna.dewi@akun.example', 'Hasil penilaian 360° tentang Anda dapat dibaca']
	]);
	expect(news).toHaveLength(1);
});

test('nobody where every group fell under three: neither two peers nor her own word are news', async () => {
	expect(await told([peers(2), { source: 'self', count: 1 }])).toEqual({ mails: [], news: [] });
	expect((await profileOf(world.db, closing, ratna)).some((row) => row.ratings.some((rating) => rating.source === 'self'))).toBe(true);
});

test('who cannot sign in gets no mail', async () => {
	await sql`update people.accounts set disabled_at = ${at} where id = ${province.learner.accountId}`.execute(world.db);
	const { mails } = await told([peers(3)]);
	await sql`update people.accounts set disabled_at = null where id = ${province.learner.accountId}`.execute(world.db);
	expect(mails).toEqual([]);
});
