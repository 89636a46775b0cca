import { error } from '@sveltejs/kit';
import { checkCertificate } from '#modules/credentials/server/index.ts';
import { hit } from '#platform/rate-limit.ts';

/** Looks by one address in a minute; codes cannot be guessed, this keeps the question cheap. */
const LIMIT = 30;

export const load = async ({ locals, params, getClientAddress, setHeaders }) => {
	const wait = await hit(locals.db, `periksa:${getClientAddress()}`, LIMIT, 60);
	if (wait > 0) {
		setHeaders({ 'retry-after': String(wait) });
		error(429, 'too many');
	}
	setHeaders({ 'x-robots-tag': 'noindex' });
	return { certificate: (await checkCertificate(locals.db, params.code)) ?? null, checkedAt: locals.at };
};
