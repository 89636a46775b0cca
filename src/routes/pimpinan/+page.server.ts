import { board } from '#modules/monitoring/server/index.ts';

export const load = async ({ locals }) => ({ board: await board(locals.db, locals.actor, locals.at), at: locals.at });
