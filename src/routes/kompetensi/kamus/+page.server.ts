import { competencies } from '#modules/competency/server/index.ts';
import { hasRole } from '#platform/actor.ts';

export const load = async ({ locals: { db, actor, at } }) => ({
	rows: (await competencies(db, at)).map(({ code, name, category, field, description }) => ({ code, name, category, field, description })),
	mayImport: hasRole(actor, 'administrator')
});
