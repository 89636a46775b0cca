import { questionnaire } from '#modules/surveys/server/index.ts';

export const load = async ({ locals, params }) => ({ questionnaire: await questionnaire(locals.db, params.id) });
