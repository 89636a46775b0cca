import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { remindDue } from '#modules/people/server/index.ts';
import { answerFeedback, dueFeedbackRounds, feedbackList, feedbackSheet, surveysPersonalData } from '#modules/surveys/server/index.ts';
import { anonymousActor, systemActor, type Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { inboxOf } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import {
	askFeedback,
	chooseFeedbackRaters,
	closeFeedback,
	competencies,
	discardFeedback,
	feedbackCandidates,
	feedbackRaterChoice,
	feedbackRoundPage,
	openFeedbackRound,
	ownFeedbackRounds,
	profileOf,
	readProfile,
	recordRating,
	recordRatings,
	teamDisagreements,
	teamOf
} from './server/index.ts';

let world: World;
let province: SmallProvince;
let topics: string[];
/** 9.00 WIB. */
const at = new Date('2026-03-02T02:00:00Z');
const later = (days: number) => new Date(at.getTime() + days * 86_400_000);
const closing = later(15);

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction((db) => smallProvince(db));
	topics = (await competencies(world.db, at)).slice(0, 3).map((one) => one.id);
});
afterAll(() => world.close());

/** The officer at their own screen; somebody without an account too. */
const as = (officerId: string): Actor => ({ ...anonymousActor, officerId, personId: officerId });

const open = (officerIds: string[], actor = province.trainingOfficer, unit = province.units['Loket Pendaftaran']) =>
	world.transaction((db) =>
		openFeedbackRound(db, actor, at, {
			title: 'Penilaian rekan',
			unitId: unit,
			officerIds,
			competencyIds: topics,
			opensOn: '2026-03-02',
			dueOn: '2026-03-15'
		})
	);
const send = (roundId: string, actor = province.trainingOfficer) =>
	world.transaction((db) => askFeedback(db, actor, at, roundId, 'https://s.example'));
const requestsOf = async (roundId: string, subject: string) =>
	(
		await sql<{ id: string; rater: string; source: string }>`select id, rater_person_id as rater, source from surveys.feedback_requests
		where round_id = ${roundId} and subject_officer_id = ${subject} order by source, id`.execute(world.db)
	).rows;
const answer = (roundId: string, one: { id: string; rater: string }, level: number | null, when = later(1), final = true) =>
	world.transaction((db) =>
		answerFeedback(db, as(one.rater), when, roundId, one.id, { final, answers: Object.fromEntries(topics.map((ref) => [ref, level])) })
	);
const close = (roundId: string, when = closing) => world.transaction((db) => closeFeedback(db, when, roundId, 'https://s.example'));

let ratna: string;
let roundId: string;
beforeEach(async () => {
	ratna = province.officers['RATNA DEWI']!;
	await world.transaction(async (db) => {
		await sql`delete from competency.ratings`.execute(db);
		await sql`delete from surveys.feedback_rounds`.execute(db);
		await sql`delete from platform.inbox_items`.execute(db);
	});
	({ id: roundId } = await open([ratna]));
});

describe('a round', () => {
	test('proposes the superior, oneself and peers of the same superior, nobody who reads the results', async () => {
		const raters = await requestsOf(roundId, ratna);
		expect(raters.filter((one) => one.source === 'superior').map((one) => one.rater)).toEqual([province.superior.officerId]);
		expect(raters.filter((one) => one.source === 'self').map((one) => one.rater)).toEqual([ratna]);
		const peers = raters.filter((one) => one.source === 'peer');
		expect(peers).toHaveLength(5);
		for (const peer of peers) expect(province.team).toContain(peer.rater);
		expect(raters.filter((one) => one.source === 'subordinate')).toEqual([]);
	});

	test('asks nobody before it is sent, then everybody once, and reminds until they have answered', async () => {
		const peers = (await requestsOf(roundId, ratna)).filter((one) => one.source === 'peer');
		expect(await inboxOf(world.db, at, peers[0]!.rater)).toEqual([]);
		await expect(world.transaction((db) => feedbackList(db, as(peers[0]!.rater), at, roundId))).rejects.toThrow(NotFound);
		const before = world.mails.length;
		await send(roundId);
		await expect(send(roundId)).rejects.toThrow('surveys_feedback_already_sent');
		expect(await inboxOf(world.db, at, peers[0]!.rater)).toMatchObject([{ kind: 'surveys_feedback', href: `/rekan/${roundId}` }]);
		await world.drain();
		// who has an account hears of it at once: the superior and Ratna
		const mails = () => world.mails.slice(before).map((mail) => mail.to);
		expect(mails().sort()).toEqual(['marlina.zahra@akun.example', 'ratna.dewi@akun.example']);
		expect(world.mails.at(-1)!.text).toContain(`https://s.example/rekan/${roundId}`);

		const own = (await requestsOf(roundId, ratna)).find((one) => one.source === 'self')!;
		await answer(roundId, own, 3);
		const remind = (when: Date) => world.transaction((db) => remindDue(db, when, 'https://s.example'));
		expect(await remind(later(1))).toBe(0);
		expect(await remind(later(7))).toBe(1);
		expect(await remind(later(8))).toBe(0);
		expect(await remind(later(12))).toBe(1);
		expect(await remind(later(13))).toBe(0);
		await world.drain();
		// Ratna answered: the two later ones went to her superior only
		expect(mails().slice(2)).toEqual(['marlina.zahra@akun.example', 'marlina.zahra@akun.example']);
	});

	test('keeps what was chosen, sends it for good, and takes nothing outside its window', async () => {
		await send(roundId);
		const [peer] = (await requestsOf(roundId, ratna)).filter((one) => one.source === 'peer');
		const part = (level: number | null, final: boolean, when = later(1)) =>
			world.transaction((db) => answerFeedback(db, as(peer!.rater), when, roundId, peer!.id, { final, answers: { [topics[0]!]: level } }));
		expect(await part(4, false)).toMatchObject({ sent: false });
		// two competencies have no answer yet: it stays open, and nothing is lost
		expect(await part(2, true)).toMatchObject({ sent: false, missing: topics.slice(1) });
		expect((await feedbackSheet(world.db, as(peer!.rater), later(1), roundId, peer!.id)).answers).toEqual({ [topics[0]!]: 2 });
		await expect(part(3, true, closing)).rejects.toThrow('surveys_closed');
		await expect(part(3, true, new Date('2026-03-01T16:59:59Z'))).rejects.toThrow('surveys_not_open');
		expect(await answer(roundId, peer!, 4)).toMatchObject({ sent: true, missing: [], next: null });
		await answer(roundId, peer!, 1);
		expect((await feedbackSheet(world.db, as(peer!.rater), later(1), roundId, peer!.id)).answers[topics[0]!]).toBe(4);
		expect(await inboxOf(world.db, later(1), peer!.rater)).toEqual([]);
	});

	test('gives one rating a source at its close, once, and none of a group of two', async () => {
		await send(roundId);
		const raters = await requestsOf(roundId, ratna);
		const peers = raters.filter((one) => one.source === 'peer');
		for (const [i, peer] of peers.slice(0, 3).entries()) await answer(roundId, peer, [2, 2, 3][i]!);
		await answer(
			roundId,
			raters.find((one) => one.source === 'superior')!,
			4
		);
		await answer(
			roundId,
			raters.find((one) => one.source === 'self')!,
			4
		);
		// not before its day, whoever calls
		expect(await close(roundId, later(13))).toBe(0);
		expect((await profileOf(world.db, later(13), ratna)).every((row) => row.ratings.length === 0)).toBe(true);
		expect(await dueFeedbackRounds(world.db, closing)).toEqual([roundId]);
		expect(await close(roundId)).toBe(9);
		expect(await close(roundId)).toBe(0);
		const row = (await profileOf(world.db, closing, ratna)).find((one) => one.competencyId === topics[0])!;
		expect(row.ratings.map(({ source, level, mean, raters, ratedBy }) => ({ source, level, mean, raters, ratedBy }))).toEqual(
			expect.arrayContaining([
				{ source: 'superior', level: 4, mean: 4, raters: null, ratedBy: 'MARLINA ZAHRA' },
				{ source: 'peer', level: 2, mean: 2.3, raters: 3, ratedBy: null },
				{ source: 'self', level: 4, mean: 4, raters: null, ratedBy: 'RATNA DEWI' }
			])
		);
		// the superior's counts; the combined figure and the disagreement stand beside it
		expect(row).toMatchObject({ actual: 4, source: 'superior', combined: { value: 3.5 } });
		expect(row.disagreement).toEqual({ high: { source: 'superior', level: 4 }, low: { source: 'peer', level: 2 } });
		expect(await teamDisagreements(world.db, closing, (await teamOf(world.db, province.superior, closing)).rows)).toMatchObject([
			{ officerId: ratna, about: [{}, {}, {}] }
		]);
		expect(await teamOf(world.db, province.learner, closing)).toMatchObject({ rows: [], all: 0 });
	});

	test('two peers and one who does not know enough are no group', async () => {
		await send(roundId);
		const peers = (await requestsOf(roundId, ratna)).filter((one) => one.source === 'peer');
		for (const [i, peer] of peers.slice(0, 3).entries()) await answer(roundId, peer, [5, 5, null][i]!);
		expect(await close(roundId)).toBe(0);
		expect((await profileOf(world.db, closing, ratna)).every((row) => row.ratings.length === 0)).toBe(true);
		await expect(
			world.transaction((db) =>
				recordRating(db, systemActor, closing, {
					officerId: ratna,
					competencyId: topics[0]!,
					level: 5,
					source: 'peer',
					counted: { roundId, mean: 5, raters: 2, ratedBy: null }
				})
			)
		).rejects.toThrow('ratings_anonymous');
	});

	test('can be discarded while it is a draft, whole and traced, and not once somebody was asked', async () => {
		const discard = (actor = province.trainingOfficer) => world.transaction((db) => discardFeedback(db, actor, at, roundId));
		for (const actor of [province.superior, province.learner, province.leader, province.otherOfficer, province.partner])
			await expect(discard(actor), actor.name).rejects.toThrow(NotFound);
		await discard();
		for (const table of ['feedback_rounds', 'feedback_topics', 'feedback_requests'])
			expect((await sql`select 1 from ${sql.table(`surveys.${table}`)}`.execute(world.db)).rows, table).toEqual([]);
		const trail = await sql`select detail from platform.audit_entries where action = 'surveys.feedback_discarded'`.execute(world.db);
		expect(trail.rows).toEqual([{ detail: { title: 'Penilaian rekan' } }]);
		await expect(discard()).rejects.toThrow(NotFound);

		({ id: roundId } = await open([ratna]));
		await send(roundId);
		await expect(discard()).rejects.toThrow('surveys_feedback_already_sent');
		expect(await requestsOf(roundId, ratna)).not.toEqual([]);
	});

	test('does not follow another about the same person before half a year is over', async () => {
		await send(roundId);
		await expect(open([ratna])).rejects.toThrow('competency_feedback_resting');
		const { people } = await feedbackCandidates(world.db, province.trainingOfficer, at, province.units['Loket Pendaftaran']);
		expect(people.filter((one) => one.resting).map((one) => one.id)).toEqual([ratna]);
	});
});

describe('who may', () => {
	test('hold a round: those who work with the persons of the unit', async () => {
		const { administrator, manager, trainingOfficer, trainer, superior, learner, otherOfficer, leader, partner } = province;
		for (const actor of [administrator, manager, trainingOfficer]) {
			expect((await ownFeedbackRounds(world.db, actor)).map((round) => round.id)).toEqual([roundId]);
			expect((await feedbackRoundPage(world.db, actor, at, roundId)).subjects).toHaveLength(1);
		}
		for (const actor of [trainer, superior, learner, otherOfficer, leader, partner]) {
			expect(await ownFeedbackRounds(world.db, actor)).toEqual([]);
			await expect(feedbackRoundPage(world.db, actor, at, roundId), actor.name).rejects.toThrow(NotFound);
			await expect(feedbackRaterChoice(world.db, actor, at, roundId, ratna), actor.name).rejects.toThrow(NotFound);
			await expect(open([ratna], actor), actor.name).rejects.toThrow(NotFound);
			await expect(send(roundId, actor), actor.name).rejects.toThrow(NotFound);
		}
		await expect(open([province.officers['RIZAL FAUZI']!])).rejects.toThrow(NotFound);
		await expect(
			open([province.officers['RIZAL FAUZI']!], trainingOfficer, province.units['Bidang Administrasi Kependudukan'])
		).rejects.toThrow(NotFound);
	});

	test('open a form: its rater, nobody else', async () => {
		await send(roundId);
		const [peer, other] = (await requestsOf(roundId, ratna)).filter((one) => one.source === 'peer');
		await expect(feedbackSheet(world.db, as(peer!.rater), at, roundId, peer!.id)).resolves.toBeTruthy();
		const { administrator, manager, trainingOfficer, superior, learner, otherOfficer } = province;
		for (const actor of [administrator, manager, trainingOfficer, superior, learner, otherOfficer, as(other!.rater)]) {
			await expect(feedbackSheet(world.db, actor, at, roundId, peer!.id), actor.name).rejects.toThrow(NotFound);
			await expect(
				world.transaction((db) => answerFeedback(db, actor, at, roundId, peer!.id, { final: true, answers: {} })),
				actor.name
			).rejects.toThrow(NotFound);
		}
	});

	test('know the raters: the organiser, but nobody about himself', async () => {
		const maya = province.trainingOfficer.officerId!;
		const { id } = await open([maya, province.officers['NANDA PRATAMA']!], province.trainingOfficer, province.units['Dinas Kesehatan']);
		const { subjects } = await feedbackRoundPage(world.db, province.trainingOfficer, at, id);
		expect(subjects.find((one) => one.id === maya)!.raters).toBeNull();
		expect(subjects.find((one) => one.id !== maya)!.raters).not.toBeNull();
		await expect(feedbackRaterChoice(world.db, province.trainingOfficer, at, id, maya)).rejects.toThrow(NotFound);
		await expect(feedbackRaterChoice(world.db, province.manager, at, id, maya)).resolves.toBeTruthy();
	});

	test('choose the raters, never fewer than three and never one who reads along', async () => {
		const { peers } = await feedbackRaterChoice(world.db, province.trainingOfficer, at, roundId, ratna);
		const choose = (ids: string[], leaveOut = false) =>
			world.transaction((db) =>
				chooseFeedbackRaters(db, province.trainingOfficer, at, roundId, ratna, { peers: ids, subordinates: [], leaveOut })
			);
		const ids = peers.map((one) => one.id);
		await expect(choose(ids.slice(0, 2))).rejects.toThrow('surveys_feedback_too_few_raters');
		await expect(choose([...ids.slice(0, 3), province.trainingOfficer.officerId!])).rejects.toThrow(NotFound);
		await choose(ids.slice(-3));
		expect(
			(await requestsOf(roundId, ratna))
				.filter((one) => one.source === 'peer')
				.map((one) => one.rater)
				.sort()
		).toEqual(ids.slice(-3).sort());
		await choose([]);
		expect(await requestsOf(roundId, ratna)).toHaveLength(2);
		await choose([], true);
		expect(await requestsOf(roundId, ratna)).toEqual([]);
		await expect(send(roundId)).rejects.toThrow(Refusal);
	});
});

test('"data tentang saya" gives raters their own words and the subject no name and no single answer', async () => {
	await send(roundId);
	const peers = (await requestsOf(roundId, ratna)).filter((one) => one.source === 'peer');
	for (const peer of peers.slice(0, 2)) await answer(roundId, peer, 5);
	const rows = (key: string, officerId: string) =>
		surveysPersonalData
			.find((source) => source.key === key)!
			.rows(world.db, { accountId: newId(), officerId, personId: officerId }, closing);
	expect(await rows('surveys.feedback_about_me', ratna)).toMatchObject([
		{ title: 'Penilaian rekan', closed_at: null, answers_by_source: {} }
	]);
	await close(roundId);
	expect(await rows('surveys.feedback_about_me', ratna)).toMatchObject([{ answers_by_source: { peer: '< 3', self: 0, superior: 0 } }]);
	const about = JSON.stringify(await rows('surveys.feedback_about_me', ratna));
	for (const peer of peers) expect(about).not.toContain(peer.rater);
	expect(await rows('surveys.feedback_by_me', peers[0]!.rater)).toMatchObject([
		{ subject: 'RATNA DEWI', answers: [{ level: 5 }, { level: 5 }, { level: 5 }] }
	]);
});

test('a superior learns his own habit, those who work with the persons learn it too, the subject does not', async () => {
	const team = province.team.slice(0, 5);
	await world.transaction(async (db) => {
		await recordRatings(
			db,
			province.superior,
			at,
			team.map((officerId) => ({ officerId, competencyId: topics[0]!, level: 5, source: 'superior' as const }))
		);
		await recordRatings(
			db,
			systemActor,
			at,
			team.map((officerId) => ({ officerId, competencyId: topics[0]!, level: 3, source: 'test' as const }))
		);
	});
	const habit = async (actor: Actor) =>
		(await readProfile(world.db, actor, later(1), ratna)).rows
			.find((row) => row.competencyId === topics[0])!
			.ratings.find((rating) => rating.source === 'superior')!.kindness;
	for (const actor of [province.superior, province.trainingOfficer, province.manager])
		expect(await habit(actor), actor.name).toEqual({ officers: 5, pairs: 5, difference: 2, shrunk: 1 });
	expect(await habit(province.learner)).toBeNull();
});
