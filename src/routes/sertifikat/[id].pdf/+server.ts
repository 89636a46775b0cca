import { certificate, certificatePdf } from '#modules/credentials/server/index.ts';

export const GET = async ({ locals, params, url }) => {
	const found = await certificate(locals.db, locals.actor, params.id);
	const bytes = await certificatePdf(found, { demo: locals.runtime.demo, checkUrl: `${url.origin}/periksa/${found.code}` });
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="sertifikat-${found.number.replace(/[^A-Za-z0-9-]+/g, '-')}.pdf"`
		}
	});
};
