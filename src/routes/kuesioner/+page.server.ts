import { questionnaires } from '#modules/surveys/server/index.ts';

export const load = async ({ locals }) => ({ rows: await questionnaires(locals.db, locals.actor) });
