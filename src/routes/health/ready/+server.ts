import { sql } from 'kysely';

export const GET = async ({ locals }) => {
	try {
		await sql`select 1`.execute(locals.db);
		return new Response('ready');
	} catch {
		return new Response('database unreachable', { status: 503 });
	}
};
