import { keepNextPost, nextPostView } from './view.ts';

export const load = ({ locals, url }) => nextPostView(locals, locals.actor.officerId!, url);

export const actions = {
	default: ({ locals, request }) => keepNextPost(locals, locals.actor.officerId!, request, '/kompetensi/jabatan-tujuan')
};
