import { auditProfileRead } from '#modules/competency/server/index.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { keepNextPost, nextPostView } from '../../../kompetensi/jabatan-tujuan/view.ts';

export const load = async ({ locals, params, url }) => {
	if (!isId(params.id)) throw new NotFound('officer');
	const shown = await nextPostView(locals, params.id, url);
	await locals.transaction((db) => auditProfileRead(db, locals.actor, locals.at, params.id));
	return shown;
};

export const actions = {
	default: ({ locals, params, request }) => {
		if (!isId(params.id)) throw new NotFound('officer');
		return keepNextPost(locals, params.id, request, `/orang/${params.id}/jabatan-tujuan`);
	}
};
