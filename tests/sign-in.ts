/** Signs in over HTTP as a browser does, for tests that need only the cookie. */
export interface Cookie {
	name: string;
	value: string;
}

/** @throws Error when the server does not accept the name and password */
export async function signIn(url: string, name: string, password: string): Promise<Cookie[]> {
	const response = await fetch(`${url}/masuk`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: new URL(url).origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
		body: new URLSearchParams({ name, password })
	});
	await response.arrayBuffer();
	const cookies = response.headers.getSetCookie().map((line) => {
		const [pair] = line.split(';');
		const at = pair!.indexOf('=');
		return { name: pair!.slice(0, at), value: pair!.slice(at + 1) };
	});
	if (response.status !== 303 || cookies.length === 0) throw new Error(`Sign-in as ${name} answered ${response.status}`);
	return cookies;
}

export const cookieHeader = (cookies: Cookie[]): string => cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
