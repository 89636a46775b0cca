import { publishedList } from '#modules/catalogue/server/index.ts';

/** The drawn applicants, one id a line: the file whose SHA-256 stands on the page of the draw. */
export const GET = async ({ locals, params }) =>
	new Response(await publishedList(locals.db, params.id), {
		headers: {
			'content-type': 'text/plain; charset=utf-8',
			'content-disposition': `attachment; filename="${locals.runtime.demo ? 'data-contoh-' : ''}pendaftar.txt"`
		}
	});
