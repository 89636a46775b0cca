import { unitPage } from '#modules/people/server/index.ts';

export const load = async ({ locals, params }) => ({ unit: await unitPage(locals.db, locals.actor, locals.at, params.id) });
