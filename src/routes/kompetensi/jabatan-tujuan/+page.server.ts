import { keepNextPost, nextPostView } from './view.ts';

export const load = ({ locals, url }) => nextPostView(locals, locals.actor.officerId!, url);

export const actions = {
	default: ({ locals, request }) => keepNextPost(locals, locals.actor.officerId!, request, '/kompetensi/jabatan-tujuan')
};

/** Nothing here needs script: on a slow line the words come first, and nothing after them. */
export const csr = false;
