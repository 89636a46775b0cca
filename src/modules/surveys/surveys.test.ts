import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import type { Actor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { inboxOf } from '#platform/inbox.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { questionnaireForm, ratingsForm } from './index.ts';
import {
	createQuestionnaire,
	openRatingRound,
	questionnaires,
	ratingProgress,
	ratingSheet,
	ratingsOf,
	renewRaters,
	submitRatings
} from './server/index.ts';

let world: World;
let province: SmallProvince;
let questionnaireId: string;
const at = new Date('2026-03-02T03:00:00Z');
const due = new Date('2026-03-20T16:59:59Z');

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction((db) => smallProvince(db));
	const made = await world.transaction((db) =>
		createQuestionnaire(db, province.manager, at, {
			title_id: 'Perilaku melayani',
			items_id: ['Menyapa warga lebih dahulu', 'Menjelaskan prosedur dengan kata yang dipahami', 'Memastikan warga paham sebelum pergi']
		})
	);
	questionnaireId = made.id;
});
afterAll(() => world.close());

let ref: string;
let roundId: string;
beforeEach(async () => {
	ref = newId();
	const round = await world.transaction((db) =>
		openRatingRound(db, at, {
			ref,
			questionnaireId,
			title: 'Perilaku melayani',
			// the programme's four first, then the four who wait
			pairs: [...province.team.slice(4, 8), ...province.team.slice(0, 4)].map((subjectOfficerId) => ({
				subjectOfficerId,
				raterPersonId: province.superior.personId!
			})),
			opensAt: at,
			dueAt: due
		})
	);
	roundId = round.id;
});

const sheet = (actor: Actor = province.superior, when = at) => ratingSheet(world.db, actor, when, roundId);

async function full(value: number, only?: number) {
	const { subjects, items } = await sheet();
	return subjects.slice(0, only).map(({ assignmentId }) => ({
		assignmentId,
		values: Object.fromEntries(items.map((item) => [item.id, value])),
		cannotRate: false,
		reason: ''
	}));
}

describe('a rater', () => {
	test('gets one form with everybody by name; nothing on it follows the arms', async () => {
		const { subjects, items, title } = await sheet();
		const names = subjects.map((subject) => subject.name);
		expect(names).toEqual([...names].sort(new Intl.Collator('id').compare));
		expect(items).toHaveLength(3);
		expect(JSON.stringify({ subjects, title })).not.toMatch(/programme|comparison|pembanding|kelas|class|enrol/i);
		// ids are random: those of the four who were asked first are not the four smallest
		const again: boolean[] = [];
		for (let i = 0; i < 12; i++) {
			const round = await world.transaction((db) =>
				openRatingRound(db, at, {
					ref: newId(),
					questionnaireId,
					title: 't',
					pairs: province.team.map((id) => ({ subjectOfficerId: id, raterPersonId: province.superior.personId! })),
					opensAt: at,
					dueAt: due
				})
			);
			const own = await ratingSheet(world.db, province.superior, at, round.id);
			const order = own.subjects.map((subject) => subject.assignmentId);
			again.push(order.join() === [...order].sort().join());
		}
		expect(again).not.toContain(true);
	});

	test('is asked once, and no longer when everything is sent', async () => {
		const asked = async () => (await inboxOf(world.db, at, province.superior.personId!, 200)).filter((item) => item.ref === roundId);
		expect(await asked()).toHaveLength(1);
		const ratings = await full(4);
		await world.transaction((db) => submitRatings(db, province.superior, at, roundId, { final: true, ratings }));
		expect(await asked()).toHaveLength(0);
	});

	test('saves half a form without sending it, and loses nothing', async () => {
		const [first] = await full(5, 1);
		const half = { ...first!, values: Object.fromEntries(Object.entries(first!.values).slice(0, 2)) };
		await world.transaction((db) => submitRatings(db, province.superior, at, roundId, { final: false, ratings: [half] }));
		expect(await ratingsOf(world.db, ref)).toEqual([]);
		expect((await sheet()).subjects.find((subject) => subject.assignmentId === first!.assignmentId)!.values).toEqual(half.values);
		// sent together with a complete one: the complete one goes, the half stays open
		const answer = await world.transaction(async (db) =>
			submitRatings(db, province.superior, at, roundId, { final: true, ratings: [half, (await full(3))[1]!] })
		);
		expect(answer).toEqual({ sent: 1, open: 7 });
		expect((await ratingsOf(world.db, ref)).map((rating) => rating.mean)).toEqual([3]);
	});

	test('sends twice at once and changes nothing the second time', async () => {
		const ratings = await full(4);
		const send = () => world.transaction((db) => submitRatings(db, province.superior, at, roundId, { final: true, ratings }));
		await Promise.all([send(), send()]);
		await world.transaction(async (db) => submitRatings(db, province.superior, at, roundId, { final: true, ratings: await full(1) }));
		const rated = await ratingsOf(world.db, ref);
		expect(rated).toHaveLength(8);
		expect(new Set(rated.map((rating) => rating.mean))).toEqual(new Set([4]));
	});

	test('says why somebody cannot be rated; without a reason it is unfinished', async () => {
		const { subjects } = await sheet();
		const excuse = (reason: string) => ({
			final: true,
			ratings: [{ assignmentId: subjects[0]!.assignmentId, values: {}, cannotRate: true, reason }]
		});
		expect(await world.transaction((db) => submitRatings(db, province.superior, at, roundId, excuse('')))).toEqual({ sent: 0, open: 8 });
		expect(await world.transaction((db) => submitRatings(db, province.superior, at, roundId, excuse('Baru pindah')))).toEqual({
			sent: 1,
			open: 7
		});
		const progress = await ratingProgress(world.db, ref);
		expect(progress.filter((row) => row.cannotRateReason === 'Baru pindah' && row.submittedAt)).toHaveLength(1);
		expect(await ratingsOf(world.db, ref)).toEqual([]);
	});

	test('is refused outside the scale, outside the list and outside the window', async () => {
		const [first] = await full(4, 1);
		const send = (ratings: { assignmentId: string; values: Record<string, number>; cannotRate: boolean; reason: string }[], when = at) =>
			world.transaction((db) => submitRatings(db, province.superior, when, roundId, { final: true, ratings }));
		const itemId = Object.keys(first!.values)[0]!;
		for (const value of [0, 6, 2.5, NaN])
			await expect(send([{ ...first!, values: { [itemId]: value } }])).rejects.toThrow('surveys_value_outside_scale');
		await expect(send([{ ...first!, values: { [newId()]: 3 } }])).rejects.toThrow('surveys_value_outside_scale');
		await expect(send([{ ...first!, assignmentId: newId() }])).rejects.toThrow('surveys_round_changed');
		await expect(send([first!], new Date(at.getTime() - 1))).rejects.toThrow('surveys_not_open');
		await expect(send([first!], new Date(due.getTime() + 1))).rejects.toThrow('surveys_closed');
	});
});

test('nobody but the rater finds the form, and only authors find questionnaires', async () => {
	const { administrator, manager, trainer, trainingOfficer, superior, learner, otherOfficer, leader, partner } = province;
	for (const actor of [administrator, manager, trainer, trainingOfficer, learner, otherOfficer, leader, partner]) {
		await expect(sheet(actor)).rejects.toThrow('not found');
		await expect(world.transaction((db) => submitRatings(db, actor, at, roundId, { final: true, ratings: [] }))).rejects.toThrow(
			'not found'
		);
	}
	await expect(sheet(superior)).resolves.toBeTruthy();
	for (const actor of [administrator, manager, trainer]) await expect(questionnaires(world.db, actor)).resolves.toBeTruthy();
	for (const actor of [trainingOfficer, superior, learner, otherOfficer, leader, partner]) {
		await expect(questionnaires(world.db, actor)).rejects.toThrow('not found');
		await expect(
			world.transaction((db) => createQuestionnaire(db, actor, at, { title_id: 'x', items_id: ['a', 'b', 'c'] }))
		).rejects.toThrow('not found');
	}
});

test('a new superior takes over what nobody has begun', async () => {
	const begun = await full(4, 1);
	await world.transaction((db) => submitRatings(db, province.superior, at, roundId, { final: false, ratings: begun }));
	const pairs = province.team
		.slice(0, 9)
		.map((subjectOfficerId) => ({ subjectOfficerId, raterPersonId: province.trainingOfficer.personId! }));
	await world.transaction((db) => renewRaters(db, at, ref, pairs));
	const progress = await ratingProgress(world.db, ref);
	expect(progress.filter((row) => row.raterPersonId === province.superior.personId)).toHaveLength(1);
	expect(progress.filter((row) => row.raterPersonId === province.trainingOfficer.personId)).toHaveLength(8);
});

test('a questionnaire is never edited: a change is the next version, once', async () => {
	const next = (title_id: string) =>
		world.transaction((db) =>
			createQuestionnaire(db, province.manager, at, { title_id, items_id: ['a', 'b', 'c'], supersedes_id: questionnaireId })
		);
	await next('Perilaku melayani');
	await expect(next('Perilaku melayani')).rejects.toThrow('surveys_already_superseded');
	const list = await questionnaires(world.db, province.manager);
	expect(list.map((row) => [row.version, row.superseded]).sort()).toEqual([
		[1, true],
		[2, false]
	]);
});

test('forms read lines and fields as people write them', () => {
	const form = v.parse(questionnaireForm, { title_id: ' Perilaku ', items_id: '1. Menyapa\n- Mendengar\r\n\n• Menjelaskan' });
	expect(form.items_id).toEqual(['Menyapa', 'Mendengar', 'Menjelaskan']);
	expect(v.safeParse(questionnaireForm, { title_id: 'x', items_id: 'a\nb\nc', items_en: 'a\nb' }).success).toBe(false);
	const [assignment, item] = [newId(), newId()];
	expect(v.parse(ratingsForm, { form_key: newId(), intent: 'save', [`v.${assignment}.${item}`]: '4', [`r.${assignment}`]: ' ' })).toEqual({
		final: false,
		ratings: [{ assignmentId: assignment, values: { [item]: 4 }, cannotRate: false, reason: '' }]
	});
});
