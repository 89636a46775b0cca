import { AsyncLocalStorage } from 'node:async_hooks';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { sequence, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit/hooks';
import { dev } from '$app/env';
import { paraglideMiddleware } from '#paraglide/server.js';
import { anonymousActor, type Actor } from '#platform/actor.ts';
import { now } from '#platform/clock.ts';
import { inTransaction } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { inboxOf, type InboxItem } from '#platform/inbox.ts';
import { log } from '#platform/log.ts';
import { observe } from '#platform/metrics.ts';
import { admit, type Policy } from '#platform/policy.ts';
import { NotFound } from '#platform/refusal.ts';
import { renewedSession, sessionToken, userOfSession } from '#platform/session/current-session.ts';
import { actorOfSession, actorOfUser } from '#modules/people/server/index.ts';
import { pageDataIsReadWhen, withoutMarks } from '#app/page-data.ts';
import { runtimeOfProcess } from '#app/process.ts';

const policies = import.meta.glob<Policy>('./routes/**/policy.ts', { eager: true, import: 'policy' });
const policyOf = (routeId: string): Policy | undefined => policies[`./routes${routeId === '/' ? '' : routeId}/policy.ts`];

/** Whether a page says that it ships a script. */
const scripts = import.meta.glob<boolean | undefined>('./routes/**/+page.server.ts', { import: 'csr' });
const answering = new AsyncLocalStorage<RequestEvent>();
pageDataIsReadWhen(() => {
	const event = answering.getStore();
	return !event || event.isDataRequest || event.locals.hasScript;
});

export const init: ServerInit = async () => {
	await runtimeOfProcess();
};

/** The session with its account and grants in one question; one that is due for renewal, or none, goes by the library. */
async function actorOf({ locals: { runtime, db, at }, request, cookies, getClientAddress }: RequestEvent): Promise<Actor | undefined> {
	const token = await sessionToken(runtime.auth, cookies);
	if (!token) return undefined;
	const actor = await actorOfSession(db, at, userOfSession(token));
	if (actor) return actor;
	const userId = await renewedSession(runtime.auth, { request, cookies, address: getClientAddress() });
	return userId === undefined ? undefined : actorOfUser(db, at, userId);
}

const context: Handle = async ({ event, resolve }) => {
	const runtime = await runtimeOfProcess();
	const { db } = runtime.connection;
	event.locals.runtime = runtime;
	event.locals.at = now();
	event.locals.requestId = newId();
	event.locals.db = db;
	event.locals.transaction = (work) => inTransaction(db, work);
	event.locals.actor = anonymousActor;
	event.locals.hasScript = false;
	let waiting: Promise<InboxItem[]> | undefined;
	event.locals.waiting = () => {
		const { personId } = event.locals.actor;
		return (waiting ??= personId ? inboxOf(db, event.locals.at, personId, 100) : Promise.resolve([]));
	};
	event.locals.actor = (await actorOf(event)) ?? anonymousActor;
	const started = performance.now();
	const response = await answering.run(event, () => resolve(event));
	const milliseconds = performance.now() - started;
	response.headers.set('x-request-id', event.locals.requestId);
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('referrer-policy', 'same-origin');
	response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
	response.headers.set('cross-origin-opener-policy', 'same-origin');
	if (event.url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
	if (event.locals.actor.accountId) response.headers.set('cache-control', 'private, no-store');
	observe(event.request.method, event.route.id ?? 'none', response.status, milliseconds);
	log.info(
		{
			id: event.locals.requestId,
			method: event.request.method,
			route: event.route.id,
			status: response.status,
			ms: Math.round(milliseconds)
		},
		'request'
	);
	return response;
};

/** The gate of the route; a route without a policy does not answer at all. */
const gate: Handle = async ({ event, resolve }) => {
	const routeId = event.route.id;
	if (routeId === null) return resolve(event);
	event.locals.hasScript = (await scripts[`./routes${routeId}/+page.server.ts`]?.()) === true;
	const policy = policyOf(routeId);
	if (!policy) throw new Error(`Route ${routeId} has no policy.ts`);
	const reading = event.request.method === 'GET' || event.request.method === 'HEAD';
	// an action's name is the first search key, `?/publish`; an endpoint is gated by method
	const action = [...event.url.searchParams.keys()][0]?.startsWith('/') ? [...event.url.searchParams.keys()][0]!.slice(1) : 'default';
	const wanted = reading ? policy.load : (policy.actions?.[action] ?? policy.actions?.[event.request.method]);
	if (!wanted) error(404, 'not found');
	const admission = admit(wanted, event.locals.actor, dev);
	if (admission === 'sign-in') redirect(303, `/masuk?lanjut=${encodeURIComponent(event.url.pathname + (reading ? event.url.search : ''))}`);
	if (admission === 'not-found') error(404, 'not found');
	// no text of the database can hold this character, and nobody types it
	if (/%00/.test(event.url.pathname + event.url.search)) error(404, 'not found');
	// parameters named `…id` are keys; PostgreSQL would answer a mistyped one with a fault
	for (const [name, value] of Object.entries(event.params)) if (/id$/i.test(name) && !isId(value ?? '')) error(404, 'not found');
	return resolve(event);
};

const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ locale }) =>
		resolve(event, {
			transformPageChunk: ({ html }) => {
				const theme = event.cookies.get('siginjai_theme');
				// the marks stand in the first tag; the rest of the page is not copied for each
				const end = html.indexOf('<head');
				const first = html.slice(0, end).replace('%lang%', locale);
				const rest = html.slice(end);
				return (
					first.replace('%theme%', theme === 'light' || theme === 'dark' ? `data-theme="${theme}"` : '') +
					(event.locals.hasScript ? rest : withoutMarks(rest))
				);
			}
		})
	);

export const handle = sequence(context, language, gate);

/** Out of scope and missing read alike; only what we did not expect reaches the log, with the id that the person sees. */
export const handleError: HandleServerError = ({ kind, error: cause, event }) => {
	const { requestId } = event.locals;
	if (kind === 'unknown' && cause instanceof NotFound) return { status: 404, message: 'not found', requestId };
	if (kind === 'app' || kind === 'framework') return { requestId };
	log.error({ id: requestId, route: event.route.id, err: cause }, 'fault');
	return { message: 'fault', requestId };
};
