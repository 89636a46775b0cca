import { auditProfileRead, levelTrends, readProfile } from '#modules/competency/server/index.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals, params }) => {
	const { db, actor, at } = locals;
	if (!isId(params.id)) throw new NotFound('officer');
	const { officer, rows } = await readProfile(db, actor, at, params.id);
	await locals.transaction((transaction) => auditProfileRead(transaction, actor, at, params.id));
	return { officer: { id: officer.id, name: officer.display_name }, trends: levelTrends(rows, at) };
};
