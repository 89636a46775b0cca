import { courses } from '#modules/learning/server/index.ts';

export const load = async ({ locals }) => ({ courses: await courses(locals.db, locals.actor) });
