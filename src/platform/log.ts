import pino from 'pino';

/** Structured lines on stdout; `SIGINJAI_LOG` sets the level. Never log a body, a token or a NIP. */
export const log = pino({ level: process.env.SIGINJAI_LOG ?? 'info', base: undefined, redact: ['password', 'token', 'nip'] });
