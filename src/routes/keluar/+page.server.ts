import { redirect } from '@sveltejs/kit';
import { signOut } from '#platform/session/browser-session.ts';

export const load = ({ locals }) => {
	if (locals.actor.accountId === null) redirect(303, '/masuk');
};

export const actions = {
	default: async ({ locals, request, cookies, getClientAddress }) => {
		await signOut(locals.runtime.auth, { request, cookies, address: getClientAddress() });
		redirect(303, '/masuk');
	}
};
