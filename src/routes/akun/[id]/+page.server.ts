import { redirect } from '@sveltejs/kit';
import { endGrantForm, grantForm } from '#modules/people/forms.ts';
import {
	account,
	disableAccount,
	enableAccount,
	endGrant,
	grantRole,
	inviteAccounts,
	linkBase,
	openInvitations,
	organisationOptions,
	removeSecondStep,
	unitOptions
} from '#modules/people/server/index.ts';
import { attempt, attemptOnce, formKeyOf, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import type { Db } from '#platform/database/connection.ts';
import type { RequestEvent } from './$types';

export const load = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer' });
	const found = await account(locals.db, locals.actor, locals.at, params.id);
	const mailServer = Boolean(process.env.SIGINJAI_SMTP_URL);
	const [open] = await openInvitations(locals.db, locals.actor, locals.at, linkBase(locals.runtime.auth, url), {
		withoutMailOnly: false,
		accountId: params.id,
		limit: 1
	});
	const handedOver = open && (!mailServer || open.email.endsWith('@akun.invalid'));
	return {
		formKey: newId(),
		pressKey: newId(),
		account: found,
		invitation: open ? { until: open.expires_at, link: handedOver ? open.link : null } : null,
		units: await unitOptions(locals.db, locals.actor),
		organisations: await organisationOptions(locals.db)
	};
};

/** A button without fields: do it and show the account again. */
const press = (work: (db: Db, event: RequestEvent) => Promise<unknown>) => async (event: RequestEvent) => {
	const key = formKeyOf(await event.request.formData(), event.request);
	const refused = await attemptOnce(event.locals, key, async (db) => void (await work(db, event)));
	if (refused) return refused;
	redirect(303, `/akun/${event.params.id}`);
};

export const actions = {
	grant: async ({ locals, params, request }) => {
		const form = await parseForm(grantForm, request);
		if (!form.ok) return form.failure;
		const refused = await attemptOnce(
			locals,
			form.formKey,
			async (db) => void (await grantRole(db, locals.actor, locals.at, params.id, form.values)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, `/akun/${params.id}`);
	},
	end: async ({ locals, params, request }) => {
		const form = await parseForm(endGrantForm, request);
		if (!form.ok) return form.failure;
		const refused = await attempt(
			() => locals.transaction((db) => endGrant(db, locals.actor, locals.at, params.id, form.values.grant)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, `/akun/${params.id}`);
	},
	invite: press((db, { locals, params, url }) =>
		inviteAccounts(db, locals.actor, locals.at, [params.id], 'invitation', linkBase(locals.runtime.auth, url))
	),
	reset: press((db, { locals, params, url }) =>
		inviteAccounts(db, locals.actor, locals.at, [params.id], 'reset', linkBase(locals.runtime.auth, url))
	),
	secondstep: press((db, { locals, params }) => removeSecondStep(db, locals.actor, locals.at, params.id)),
	disable: press((db, { locals, params }) => disableAccount(db, locals.actor, locals.at, params.id)),
	enable: press((db, { locals, params }) => enableAccount(db, locals.actor, locals.at, params.id))
};
