import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { chooseNextPost, competencyByCode, nextPost, recordRating } from '#modules/competency/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import type { Actor } from '#platform/actor.ts';
import { inboxOf } from '#platform/inbox.ts';
import { NotFound } from '#platform/refusal.ts';
import { dueObstacle, possibleTargets } from './rules.ts';
import {
	acknowledgeApproval,
	approveGoal,
	goalsOf,
	goalsOfTeam,
	planningPersonalData,
	readGoal,
	returnGoal,
	setGoal,
	withdrawGoal
} from './server/index.ts';

let world: World;
let province: SmallProvince;
let communication: string;
const at = new Date('2026-11-24T03:00:00Z');

beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
	communication = (await competencyByCode(world.db, 'M.3')).id;
	await rate(1);
});
afterAll(() => world.close());

const rate = (level: number) =>
	world.transaction((db) =>
		recordRating(db, province.superior, at, {
			officerId: province.learner.officerId!,
			competencyId: communication,
			level,
			source: 'superior'
		})
	);
const set = (targetLevel: number, dueOn = '2027-06-30', actor: Actor = province.learner) =>
	world.transaction((db) =>
		setGoal(db, actor, at, { competencyId: communication, targetLevel, dueOn, reason: 'Pasien sering bertanya ulang' })
	);
const inbox = async (actor: Actor) => (await inboxOf(world.db, at, actor.personId!)).map((item) => item.kind);

test('a target is a missing level, or the next one where none is missing', () => {
	expect(possibleTargets(3, 1)).toEqual([2, 3]);
	expect(possibleTargets(3, 3)).toEqual([4]);
	expect(possibleTargets(3, 5)).toEqual([]);
	expect(possibleTargets(3, null)).toEqual([1, 2, 3]);
	expect(possibleTargets(null, null)).toEqual([]);
	fc.assert(
		fc.property(fc.option(fc.integer({ min: 1, max: 5 })), fc.option(fc.integer({ min: 1, max: 5 })), (required, actual) => {
			for (const target of possibleTargets(required, actual)) {
				expect(target).toBeGreaterThan(actual ?? 0);
				expect(target).toBeLessThanOrEqual(Math.max(required ?? 0, (actual ?? 0) + 1));
			}
		})
	);
});

test('a due day lies ahead, at most three years', () => {
	expect(dueObstacle('2026-11-24', '2026-11-24')).toBe('planning_due_past');
	expect(dueObstacle('2026-11-25', '2026-11-24')).toBeUndefined();
	expect(dueObstacle('2029-11-24', '2026-11-24')).toBeUndefined();
	expect(dueObstacle('2029-11-25', '2026-11-24')).toBe('planning_due_far');
});

test('Ratna sets a goal, her superior is asked, approves once, and Ratna sees who and when', async () => {
	await expect(set(4)).rejects.toThrow('planning_target_impossible');
	await expect(set(2, '2026-01-01')).rejects.toThrow('planning_due_past');
	const { id } = await set(2);
	expect(await inbox(province.superior)).toEqual(['planning_goal']);
	await expect(set(3)).rejects.toThrow('planning_goal_open');
	expect((await goalsOfTeam(world.db, province.superior, at)).map((goal) => [goal.officerName, goal.state])).toEqual([
		['RATNA DEWI', 'waiting']
	]);

	await world.transaction((db) => approveGoal(db, province.superior, at, id));
	expect(await inbox(province.superior)).toEqual([]);
	expect(await inbox(province.learner)).toEqual(['planning_goal_approved']);
	expect(await readGoal(world.db, province.learner, at, id)).toMatchObject({ unread: true });
	expect(await readGoal(world.db, province.superior, at, id)).toMatchObject({ unread: false });
	for (const stranger of [province.superior, province.otherOfficer])
		await expect(world.transaction((db) => acknowledgeApproval(db, stranger, at, id))).rejects.toBeInstanceOf(NotFound);
	await world.transaction((db) => acknowledgeApproval(db, province.learner, at, id));
	expect(await inbox(province.learner)).toEqual([]);
	expect((await goalsOf(world.db, province.learner.officerId!))[0]).toMatchObject({
		state: 'approved',
		fromLevel: 1,
		decision: { by: 'MARLINA ZAHRA', at }
	});
	await expect(world.transaction((db) => returnGoal(db, province.superior, at, id, 'terlambat'))).rejects.toThrow('planning_goal_decided');
	await expect(set(3)).rejects.toThrow('planning_goal_open');
	// reached: the next may be set
	await rate(2);
	await world.transaction(async (db) =>
		withdrawGoal(
			db,
			province.learner,
			at,
			(await setGoal(db, province.learner, at, { competencyId: communication, targetLevel: 3, dueOn: '2027-06-30', reason: '' })).id
		)
	);
});

test('a returned goal says what to change and is answered by a new one', async () => {
	const { id } = await set(3);
	await expect(world.transaction((db) => returnGoal(db, province.superior, at, id, ''))).rejects.toThrow('planning_return_needs_note');
	await world.transaction((db) => returnGoal(db, province.superior, at, id, 'Mundurkan ke akhir tahun'));
	expect(await inbox(province.learner)).toEqual(['planning_goal_returned']);
	const again = await set(3, '2027-12-31');
	expect(await inbox(province.learner)).toEqual([]);
	await world.transaction((db) => withdrawGoal(db, province.learner, at, again.id));
	expect(await inbox(province.superior)).toEqual([]);
	await expect(world.transaction((db) => approveGoal(db, province.superior, at, again.id))).rejects.toThrow('planning_goal_withdrawn');
	await expect(world.transaction((db) => withdrawGoal(db, province.learner, at, again.id))).rejects.toThrow('planning_goal_withdrawn');
});

test('two decisions at once: one stands, the other is told', async () => {
	const { id } = await set(3);
	const both = await Promise.allSettled([
		world.transaction((db) => approveGoal(db, province.superior, at, id)),
		world.transaction((db) => returnGoal(db, province.superior, at, id, 'Tunggu dulu'))
	]);
	expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
	await world.transaction((db) => withdrawGoal(db, province.learner, at, id));
	expect((await goalsOf(world.db, province.learner.officerId!)).find((goal) => goal.id === id)).toMatchObject({ state: 'withdrawn' });
});

test('who may do what with a goal', async () => {
	const { id } = await set(3);
	const everybody = Object.entries({ ...province }).filter(
		(entry): entry is [string, Actor] => typeof entry[1] === 'object' && 'grants' in (entry[1] as object)
	);
	const allowed = async (attempt: (actor: Actor) => Promise<unknown>) => {
		const names: string[] = [];
		for (const [name, actor] of everybody) {
			const outcome = await attempt(actor).then(
				() => true,
				(cause: unknown) => {
					if (!(cause instanceof NotFound)) throw cause;
					return false;
				}
			);
			if (outcome) names.push(name);
		}
		return names.sort();
	};
	const undone = (work: (db: World['db']) => Promise<unknown>) =>
		world
			.transaction(async (db) => {
				await work(db);
				throw new Error('undo');
			})
			.catch((cause: Error) => {
				if (cause.message !== 'undo') throw cause;
			});
	expect(everybody.map(([name]) => name).sort()).toEqual([
		'administrator',
		'leader',
		'learner',
		'manager',
		'otherOfficer',
		'partner',
		'superior',
		'trainer',
		'trainingOfficer'
	]);
	expect(await allowed((actor) => readGoal(world.db, actor, at, id))).toEqual([
		'administrator',
		'learner',
		'manager',
		'superior',
		'trainingOfficer'
	]);
	expect(await allowed((actor) => undone((db) => approveGoal(db, actor, at, id)))).toEqual(['superior']);
	expect(await allowed((actor) => undone((db) => returnGoal(db, actor, at, id, 'ubah')))).toEqual(['superior']);
	expect(await allowed((actor) => undone((db) => withdrawGoal(db, actor, at, id)))).toEqual(['learner']);
	const seen = await Promise.all(everybody.map(async ([name, actor]) => [name, (await goalsOfTeam(world.db, actor, at)).length] as const));
	expect(seen.filter(([, count]) => count > 0).map(([name]) => name)).toEqual(['superior']);
});

test('without a superior in the tree nobody could decide: the goal is refused with the way out', async () => {
	await expect(set(2, '2027-06-30', province.otherOfficer)).rejects.toThrow('planning_no_superior');
});

test('a goal can be set from the gap to the next post, says which post it was, and keeps saying it', async () => {
	const { learner, superior } = province;
	for (const goal of await goalsOf(world.db, learner.officerId!))
		if (goal.state !== 'withdrawn') await world.transaction((db) => withdrawGoal(db, learner, at, goal.id));
	const aim = { kind: 'rung', ref: 'ahli_madya' } as const;
	const view = await nextPost(world.db, learner, at, learner.officerId!, aim);
	const row = view.rows.find((one) => one.competencyId === communication)!;
	expect(row).toMatchObject({ requiredNow: 3, required: 4, actual: 2 });
	// two levels are out of reach of the present post, and one that no post asks for is out of reach of any
	await expect(set(4)).rejects.toThrow('planning_target_impossible');
	const against = (targetLevel: number, subject: { kind: 'post' | 'rung'; ref: string } = aim) =>
		world.transaction((db) =>
			setGoal(db, learner, at, { competencyId: communication, targetLevel, dueOn: '2027-06-30', reason: '', aim: subject })
		);
	await expect(against(5)).rejects.toThrow('planning_target_impossible');
	await expect(against(4, { kind: 'post', ref: 'tidak-ada' })).rejects.toThrow(NotFound);
	const { id } = await against(4);
	await expect(set(3)).rejects.toThrow('planning_goal_open');
	await world.transaction((db) => chooseNextPost(db, learner, at, learner.officerId!, { kind: 'rung', ref: 'ahli_utama' }));
	expect((await readGoal(world.db, superior, at, id)).goal).toMatchObject({ targetLevel: 4, aim: { ...aim, name: null, level: 4 } });
	const [source] = planningPersonalData;
	const rows = await source!.rows(
		world.db,
		{ accountId: learner.accountId!, officerId: learner.officerId!, personId: learner.personId! },
		at
	);
	expect(rows.at(-1)).toMatchObject({ target_level: 4, next_post: 'ahli_madya', next_post_asks: 4 });
	await world.transaction((db) => withdrawGoal(db, learner, at, id));
	const { id: present } = await set(3);
	expect((await readGoal(world.db, superior, at, present)).goal.aim).toBeNull();
	await world.transaction((db) => withdrawGoal(db, learner, at, present));
});
