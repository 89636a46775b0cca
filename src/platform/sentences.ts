import * as messages from '#paraglide/messages.js';

/** Server only: any message by its key, in the language of the request. An unknown key shows itself and fails the test of messages. */
export function sentence(key: string, params: Record<string, string | number> = {}, locale?: 'id' | 'en'): string {
	const message = (messages as unknown as Record<string, ((params: object, options?: object) => string) | undefined>)[key];
	return message ? message(params, locale ? { locale } : {}) : key;
}
