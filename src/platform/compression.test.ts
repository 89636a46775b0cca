import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { compress } from './compression.ts';

test.each(['br', 'gzip', 'identity'])('a large page written with regard to backpressure arrives whole as %s', async (encoding) => {
	const part = Array.from({ length: 2000 }, (_, i) => `<p>Baris ${(i * 7919) % 10_007}</p>`).join('');
	const server = createServer((request, response) =>
		compress(request as never, response as never, async () => {
			response.writeHead(200, { 'content-type': 'text/html' });
			for (let i = 0; i < 20; i++) if (!response.write(part)) await new Promise((go) => response.once('drain', () => go(undefined)));
			response.end();
		})
	);
	await new Promise<void>((ready) => server.listen(0, () => ready()));
	try {
		const answer = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/`, { headers: { 'accept-encoding': encoding } });
		expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
		expect(await answer.text()).toBe(part.repeat(20));
	} finally {
		server.close();
	}
});
