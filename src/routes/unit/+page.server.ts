import { unitRoots, unitSearch } from '#modules/people/server/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals, url }) => {
	const search = url.searchParams.get('cari')?.trim() ?? '';
	return {
		search,
		units: search ? await unitSearch(locals.db, locals.actor, search) : await unitRoots(locals.db, locals.actor),
		mayImport: hasRole(locals.actor, 'administrator')
	};
};
