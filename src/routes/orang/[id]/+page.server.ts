import { officerPage } from '#modules/people/server/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals, params }) => ({
	officer: await officerPage(locals.db, locals.actor, locals.at, params.id),
	mayList: hasRole(locals.actor, 'administrator', 'programme_manager', 'training_officer', 'superior', 'leadership'),
	self: locals.actor.officerId === params.id
});
