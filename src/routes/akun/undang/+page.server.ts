import { redirect } from '@sveltejs/kit';
import { inviteForm } from '#modules/people/forms.ts';
import { inviteOfficers, linkBase, officersToInvite, unitsAround } from '#modules/people/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, url }) => {
	const filter = {
		search: url.searchParams.get('cari') ?? '',
		unitId: url.searchParams.get('unit') ?? '',
		headsOnly: url.searchParams.get('pimpinan') === '1'
	};
	return {
		formKey: newId(),
		filter,
		units: await unitsAround(locals.db, locals.actor, filter.unitId),
		...(await officersToInvite(locals.db, locals.actor, filter))
	};
};

export const actions = {
	default: async ({ locals, request, url }) => {
		const form = await parseForm(inviteForm, request);
		if (!form.ok) return form.failure;
		const { officers, all, roles, scope, cari, unit, pimpinan } = form.values;
		const choice = { officers, all: all === '1', roles, scope, filter: { search: cari, unitId: unit, headsOnly: pimpinan === '1' } };
		const done = await attemptOnce(
			locals,
			form.formKey,
			(db) => inviteOfficers(db, locals.actor, locals.at, choice, linkBase(locals.runtime.auth, url)),
			form.raw
		);
		if (!('invited' in done)) return done;
		const onPaper = process.env.SIGINJAI_SMTP_URL ? done.withoutMail : done.invited;
		redirect(303, `/akun?diundang=${done.invited}&tanpa=${onPaper}`);
	}
};
