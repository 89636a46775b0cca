import { redirect } from '@sveltejs/kit';
import { classState, nominationForm, withdrawalForm } from '#modules/catalogue/index.ts';
import {
	acknowledgeResult,
	applicantsFor,
	apply,
	classById,
	mayManage,
	mayMark,
	nominate,
	nominates,
	nominees,
	ownPlace,
	promisedSeats,
	releaseSeat,
	sessionsOf,
	withdrawApplication
} from '#modules/catalogue/server/index.ts';
import { certificatesOf } from '#modules/credentials/server/index.ts';
import { backingOf } from '#modules/partners/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { attempt, attemptOnce, formKeyOf, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { inboxOf } from '#platform/inbox.ts';

export const load = async ({ locals, params }) => {
	const { actor, db, at } = locals;
	const held = await classById(db, params.id);
	const state = classState(held, at, dayOf(at));
	const waiting = actor.personId ? await inboxOf(db, at, actor.personId) : [];
	const puts = nominates(actor) && state === 'open';
	const own = actor.officerId ? await ownPlace(db, held.id, actor.officerId) : null;
	return {
		formKey: newId(),
		held,
		state,
		own,
		certificateId:
			own?.completion_id && actor.officerId
				? ((await certificatesOf(db, actor.officerId)).find((row) => row.completion_id === own.completion_id)?.id ?? null)
				: null,
		unread: waiting.some((item) => item.ref === held.id && (item.kind === 'catalogue_seat' || item.kind === 'catalogue_waiting')),
		manages: mayManage(actor),
		marks: mayMark(actor),
		days: (await sessionsOf(db, held.id)).length,
		backing: (await backingOf(db, held.id))?.organisation_name ?? null,
		nominates: puts,
		// the nominator's own people who stand on the list, and those who may still be put on it
		applicants:
			nominates(actor) && held.drawn_at === null ? await applicantsFor(db, actor, held.id, await promisedSeats(db, held.programme_id)) : [],
		nominees: puts ? await nominees(db, actor, held.id) : []
	};
};

type Event = { locals: App.Locals; params: { id: string }; request: Request };

/** One of the officer's own buttons: no fields, back to the class. */
const own = (work: (db: Db, event: Event) => Promise<unknown>) => async (event: Event) => {
	const key = formKeyOf(await event.request.formData(), event.request);
	const refused = await attemptOnce(event.locals, key, async (db) => void (await work(db, event)));
	if (refused) return refused;
	redirect(303, `/kelas/${event.params.id}`);
};

export const actions = {
	apply: own((db, { locals, params }) => apply(db, locals.actor, locals.at, params.id)),
	withdraw: own((db, { locals, params }) => withdrawApplication(db, locals.actor, locals.at, params.id, locals.actor.officerId!)),
	acknowledge: own((db, { locals, params }) => acknowledgeResult(db, locals.actor, locals.at, params.id)),
	release: own(async (db, { locals, params }) => {
		const { enrolment_id } = await ownPlace(db, params.id, locals.actor.officerId!);
		await releaseSeat(db, locals.actor, locals.at, enrolment_id ?? '');
	}),
	nominate: async ({ locals, params, request }) => {
		const form = await parseForm(nominationForm, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			(db) => nominate(db, locals.actor, locals.at, params.id, form.values.officerIds),
			form.raw
		);
		if ('nominated' in done) redirect(303, `/kelas/${params.id}`);
		return done;
	},
	revoke: async ({ locals, params, request }) => {
		const form = await parseForm(withdrawalForm, request);
		if (!form.ok) return form.failure;
		const refused = await attempt(
			() => locals.transaction((db) => withdrawApplication(db, locals.actor, locals.at, params.id, form.values.officerId)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, `/kelas/${params.id}`);
	}
};
