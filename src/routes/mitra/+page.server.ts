import { mayKeep, organisations } from '#modules/partners/server/index.ts';

export const load = async ({ locals }) => ({ rows: await organisations(locals.db, locals.actor), keeps: mayKeep(locals.actor) });
