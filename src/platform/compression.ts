import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';

const TEXT = /^(text\/|application\/(json|javascript|manifest\+json)|image\/svg)/;

/** Compresses text answers that are not compressed yet; quality 5 costs under a millisecond a page. */
export function compress(request: IncomingMessage, response: ServerResponse): void {
	const accepted = String(request.headers['accept-encoding'] ?? '');
	const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
	if (!encoding || request.method === 'HEAD') return;
	const { writeHead, write, end } = response;
	let stream: ReturnType<typeof createGzip> | ReturnType<typeof createBrotliCompress> | undefined;
	let decided = false;

	const decide = () => {
		if (decided) return;
		decided = true;
		const type = String(response.getHeader('content-type') ?? '');
		const bodiless = response.statusCode === 204 || response.statusCode === 304;
		if (bodiless || response.getHeader('content-encoding') || !TEXT.test(type) || type.startsWith('text/event-stream')) return;
		response.removeHeader('content-length');
		response.setHeader('content-encoding', encoding);
		response.appendHeader('vary', 'Accept-Encoding');
		stream =
			encoding === 'br'
				? createBrotliCompress({
						params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT }
					})
				: createGzip({ level: 6 });
		stream.on('data', (chunk) => write.call(response, chunk, 'utf8', undefined as never));
		stream.on('end', () => end.call(response, undefined as never, 'utf8', undefined as never));
	};
	response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
		this.statusCode = status;
		const headers = rest.find((item) => typeof item === 'object') as Record<string, string | string[]> | undefined;
		for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value);
		decide();
		return writeHead.call(this, status);
	} as typeof response.writeHead;
	response.write = function (chunk: unknown, ...rest: unknown[]) {
		decide();
		// eslint-disable-next-line @typescript-eslint/no-explicit-any
		return stream ? stream.write(chunk as Buffer) : (write as any).call(response, chunk, ...rest);
	} as typeof response.write;
	response.end = function (chunk?: unknown, ...rest: unknown[]) {
		decide();
		if (!stream) return (end as (...args: unknown[]) => ServerResponse).call(response, chunk, ...rest);
		if (chunk && typeof chunk !== 'function') stream.end(chunk as Buffer);
		else stream.end();
		return response;
	} as typeof response.end;
}
