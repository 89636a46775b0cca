import { readProgramme } from '#modules/catalogue/server/index.ts';
import { admit } from '#platform/policy.ts';
import { policy as effectPolicy } from './pengaruh/policy.ts';

/** Everything below a programme is for those who may open the programme. */
export const load = async ({ locals, params }) => {
	const programme = await readProgramme(locals.db, locals.actor, params.id);
	return {
		programme,
		showsEffect: admit(effectPolicy.load, locals.actor, false) === 'admitted',
		writes: locals.actor.grants.some((grant) => grant.role === 'trainer' || grant.role === 'programme_manager')
	};
};
