import { json } from '@sveltejs/kit';
import { commandResults } from '#app/command.ts';

/** What the command bar shows while somebody types. */
export const GET = async ({ locals, url }) => json(await commandResults(locals.db, locals.actor, url.searchParams.get('q') ?? '', 6));
