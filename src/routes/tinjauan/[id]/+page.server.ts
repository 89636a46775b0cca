import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { GenericSchema, InferOutput } from 'valibot';
import { classById, pausesOf, programmeVersion } from '#modules/catalogue/server/index.ts';
import { closingForm, diagnose, diagnosisForm, handoverForm, newVersionForm } from '#modules/evaluation/index.ts';
import {
	analysisOf,
	chainFacts,
	closeCase,
	handOver,
	mayManage,
	missingFor,
	ownerOptions,
	recordDiagnosis,
	reviewCase,
	startNewVersion,
	stepsOf
} from '#modules/evaluation/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const { db, actor } = locals;
	const review = await reviewCase(db, actor, params.id);
	const facts = await chainFacts(db, review.class_id);
	const [learning, behaviour] = [await analysisOf(db, review.class_id, 'L2'), await analysisOf(db, review.class_id, 'L3')];
	const nextClass = review.next_class_id ? await classById(db, review.next_class_id) : undefined;
	return {
		today: dayOf(locals.at),
		formKey: newId(),
		review,
		manages: mayManage(actor),
		missing: review.closed_at ? [] : await missingFor(db, review),
		steps: await stepsOf(db, review.id),
		facts,
		...diagnose(facts),
		sentences: { learning: learning?.result.sentence ?? null, transfer: behaviour?.result.sentence ?? null },
		newVersion: review.new_version_id
			? { id: review.new_version_id, number: (await programmeVersion(db, review.new_version_id)).number }
			: null,
		nextClass: nextClass ? { id: nextClass.id, name: nextClass.name } : null,
		paused: (await pausesOf(db, review.programme_version_id)).includes('review_closed'),
		owners: mayManage(actor) ? await ownerOptions(db, locals.at) : []
	};
};

type Command<S extends GenericSchema> = (db: Db, actor: Actor, at: Date, caseId: string, input: InferOutput<S>) => Promise<unknown>;

/** Each act on the case: parse, do once, and show the case again. */
const act =
	<S extends GenericSchema>(schema: S, command: Command<S>) =>
	async ({ locals, params, request }: RequestEvent<{ id: string }>) => {
		const form = await parseForm(schema, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => (await command(db, locals.actor, locals.at, params.id, form.values), { done: true as const }),
			form.raw
		);
		if ('done' in done) redirect(303, `/tinjauan/${params.id}`);
		return done;
	};

export const actions = {
	diagnose: act(diagnosisForm, recordDiagnosis),
	handover: act(handoverForm, handOver),
	version: act(newVersionForm, startNewVersion),
	close: act(closingForm, closeCase)
};
