import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Db } from '../database/connection.ts';
import { newId } from '../ids.ts';
import { enqueue, type JobHandler } from '../jobs.ts';

/** One function a mail in its module makes this, in the person's language. */
export interface Mail {
	to: string;
	subject: string;
	text: string;
	html?: string;
}

/** Queues the mail in the caller's transaction: it leaves only if the deed stands. */
export const sendMail = (db: Db, mail: Mail): Promise<void> => enqueue(db, 'mail', { ...mail });

/**
 * The handler of the `mail` queue. `SIGINJAI_SMTP_URL` (smtp://user:pass@host:port) sends; without it each mail is
 * kept as a readable file in `<data>/mail`, so that nothing is lost before the mail server is connected.
 */
export function mailHandler(dataFolder: string): JobHandler {
	const url = process.env.SIGINJAI_SMTP_URL;
	const from = process.env.SIGINJAI_MAIL_FROM ?? 'Siginjai <no-reply@siginjai.invalid>';
	const transport = url ? nodemailer.createTransport(url) : nodemailer.createTransport({ streamTransport: true, buffer: true });
	return async (data) => {
		const { to, subject, text, html } = data as unknown as Mail;
		// an account without e-mail has a placeholder address that no server will take
		if (to.endsWith('@akun.invalid')) return;
		const sent = (await transport.sendMail({ from, to, subject, text, html })) as { message?: Buffer };
		if (!url && sent.message) {
			await mkdir(join(dataFolder, 'mail'), { recursive: true });
			await writeFile(join(dataFolder, 'mail', `${newId()}.eml`), sent.message);
		}
	};
}
