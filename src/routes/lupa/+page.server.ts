import { fail } from '@sveltejs/kit';
import { forgottenForm } from '#modules/people/forms.ts';
import { accountByName, admitAttempt, linkBase, requestReset } from '#modules/people/server/index.ts';
import { parseForm } from '#platform/forms.ts';
import { sentence } from '#platform/sentences.ts';

export const load = () => ({});

export const actions = {
	default: async ({ locals, request, getClientAddress, url }) => {
		const form = await parseForm(forgottenForm, request);
		if (!form.ok) return form.failure;
		const { name } = form.values;
		const wait = await admitAttempt(locals.db, 'reset', getClientAddress(), name);
		if (wait > 0)
			return fail(429, {
				errors: { _: sentence('people_signin_wait', { minutes: Math.ceil(wait / 60) }) } as Record<string, string>,
				values: { name } as Record<string, string>
			});
		const account = await accountByName(locals.db, name);
		if (account) await locals.transaction((db) => requestReset(db, locals.at, account, linkBase(locals.runtime.auth, url)));
		// the same answer for a name that nobody has
		return { sent: true };
	}
};
