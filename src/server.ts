/**
 * The web server around SvelteKit's handler. adapter-node takes the scheme from a header only and assumes https, so
 * every form on plain http would be refused: here the scheme comes from the socket, or from a proxy we were told to
 * trust (`SIGINJAI_TRUST_PROXY=1`). HTML is compressed, connections are drained at shutdown.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { compress } from './platform/compression.ts';

process.env.PROTOCOL_HEADER = 'x-siginjai-scheme';
process.env.ADDRESS_HEADER = 'x-siginjai-address';
process.env.BODY_SIZE_LIMIT ??= '52M';

export interface Listening {
	address: string;
	close(): Promise<void>;
}

export async function listen(buildFolder: string, host: string, port: number): Promise<Listening> {
	const { handler } = (await import(pathToFileURL(join(buildFolder, 'handler.js')).href)) as {
		handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
	};
	const trustProxy = process.env.SIGINJAI_TRUST_PROXY === '1';
	const server = createServer((request, response) => {
		const forwarded = (name: string) =>
			trustProxy
				? String(request.headers[name] ?? '')
						.split(',')
						.at(-1)
						?.trim()
				: undefined;
		const scheme = forwarded('x-forwarded-proto') || ((request.socket as TLSSocket).encrypted ? 'https' : 'http');
		request.headers['x-siginjai-scheme'] = scheme === 'https' ? 'https' : 'http';
		request.headers['x-siginjai-address'] = forwarded('x-forwarded-for') || request.socket.remoteAddress || '';
		compress(request as never, response as never, () =>
			handler(request, response, () => {
				response.statusCode = 404;
				response.end('Not found');
			})
		);
	});
	server.requestTimeout = 120_000;
	server.headersTimeout = 30_000;
	await new Promise<void>((done, fail) => {
		server.once('error', fail);
		server.listen(port, host, () => done());
	});
	const shown = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host;
	return { address: `http://${shown}:${(server.address() as { port: number }).port}`, close: () => drain(server) };
}

/** Stops taking connections, lets running answers finish for ten seconds. */
function drain(server: Server): Promise<void> {
	return new Promise((done) => {
		const force = setTimeout(() => server.closeAllConnections(), 10_000);
		server.close(() => {
			clearTimeout(force);
			done();
		});
		server.closeIdleConnections();
	});
}
