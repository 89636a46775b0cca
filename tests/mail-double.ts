/** A local mail server that speaks real SMTP and keeps what it is given. */
import { SMTPServer } from 'smtp-server';

export interface CaughtMail {
	to: string;
	subject: string;
	text: string;
}

export interface MailDouble {
	port: number;
	mails: CaughtMail[];
	/** Who is refused; put here by a test. */
	refused: Set<string>;
	/** The newest mail to an address, waited for up to half a minute. */
	waitFor(to: string, count?: number): Promise<CaughtMail>;
	close(): Promise<void>;
}

export async function startMailDouble(): Promise<MailDouble> {
	const mails: CaughtMail[] = [];
	const refused = new Set<string>();
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onRcptTo: ({ address }, _session, done) =>
			done(refused.has(address) ? Object.assign(new Error('Mailbox full'), { responseCode: 452 }) : undefined),
		onData(stream, session, done) {
			let raw = '';
			stream.on('data', (chunk) => (raw += chunk));
			stream.on('end', () => {
				const text = decode(raw);
				for (const { address } of session.envelope.rcptTo) mails.push({ to: address, subject: header(raw, 'Subject'), text });
				done();
			});
		}
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const port = (server.server.address() as { port: number }).port;
	return {
		port,
		mails,
		refused,
		async waitFor(to, count = 1) {
			for (let attempt = 0; attempt < 150; attempt++) {
				const found = mails.filter((mail) => mail.to === to);
				if (found.length >= count) return found.at(-1)!;
				await new Promise((done) => setTimeout(done, 200));
			}
			throw new Error(`No mail to ${to}; there are ${mails.map((mail) => mail.to).join(', ')}`);
		},
		close: () => new Promise((done) => server.close(() => done()))
	};
}

/** Undoes quoted-printable, which nodemailer uses for long lines and for letters beyond ASCII. */
function decode(raw: string): string {
	const joined = raw.replace(/=\r?\n/g, '');
	return joined.replace(/((?:=[0-9A-F]{2})+)/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
}

const header = (raw: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'mi').exec(raw)?.[1]?.trim() ?? '';
