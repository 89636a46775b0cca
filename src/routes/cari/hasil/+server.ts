import { render } from 'svelte/server';
import { commandResults } from '#app/command.ts';
import CommandResults from '#ui/shell/CommandResults.svelte';

/** What the command bar shows while somebody types: a piece of a page, for `static/frame.js`. */
export const GET = async ({ locals, url }) => {
	const asked = (url.searchParams.get('q') ?? '').slice(0, 100);
	const groups = await commandResults(locals.db, locals.actor, asked, 6);
	// the page around has ids of its own
	const { body } = await render(CommandResults, { props: { groups, asked }, idPrefix: 'found' });
	return new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });
};
