import { redirect } from '@sveltejs/kit';
import { installationIsEmpty } from '#modules/people/server/index.ts';

export const load = async ({ locals }) => {
	if (locals.actor.accountId !== null) redirect(303, '/beranda');
	redirect(303, (await installationIsEmpty(locals.db)) ? '/siapkan' : '/masuk');
};
