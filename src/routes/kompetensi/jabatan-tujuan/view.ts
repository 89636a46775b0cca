import { redirect } from '@sveltejs/kit';
import { nextPostChoice } from '#modules/competency/index.ts';
import { chooseNextPost, describedPosts, matchOf, nextPost, type Subject } from '#modules/competency/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

/** The post or rung that an address names by `jabatan` or `jenjang`. */
export function askedPost(url: URL): Subject | undefined {
	const [post, rung] = [url.searchParams.get('jabatan'), url.searchParams.get('jenjang')];
	return post ? { kind: 'post', ref: post } : rung ? { kind: 'rung', ref: rung } : undefined;
}

/** The page of one's own next post and that of an officer: chosen by `jabatan` or `jenjang`, searched by `cari`. */
export async function nextPostView(locals: App.Locals, officerId: string, url: URL) {
	const { db, actor, at } = locals;
	const view = await nextPost(db, actor, at, officerId, askedPost(url));
	const search = (url.searchParams.get('cari') ?? '').trim().slice(0, 100);
	return {
		view,
		match: view.rows.length > 0 ? await matchOf(db, at, view.rows) : null,
		search,
		found: await describedPosts(db, at, search),
		formKey: newId()
	};
}

/** Keeps the post shown as the one worked towards, and shows it. */
export async function keepNextPost(locals: App.Locals, officerId: string, request: Request, base: string) {
	const form = await parseForm(nextPostChoice, request);
	if (!form.ok) return form.failure;
	const made = await attemptOnce(
		locals,
		form.formKey,
		(db) => chooseNextPost(db, locals.actor, locals.at, officerId, form.values),
		form.raw
	);
	if ('id' in made) redirect(303, base);
	return made;
}
