import { error } from '@sveltejs/kit';
import { timingSafeEqual } from 'node:crypto';
import { registry } from '#platform/metrics.ts';

/** Guarded by `SIGINJAI_METRICS_TOKEN`; without one the page does not exist. */
export const GET = async ({ request }) => {
	const wanted = Buffer.from(`Bearer ${process.env.SIGINJAI_METRICS_TOKEN ?? ''}`);
	const given = Buffer.from(request.headers.get('authorization') ?? '');
	if (!process.env.SIGINJAI_METRICS_TOKEN || given.length !== wanted.length || !timingSafeEqual(given, wanted)) error(404, 'not found');
	return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
};
