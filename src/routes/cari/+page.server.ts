import { commandResults } from '#app/command.ts';

export const load = async ({ locals, url }) => {
	const asked = (url.searchParams.get('q') ?? '').slice(0, 100);
	return { asked, groups: await commandResults(locals.db, locals.actor, asked, 20) };
};
