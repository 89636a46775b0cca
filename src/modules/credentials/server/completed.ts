import type { Listener } from '#platform/events.ts';
import { creditCompletion } from './jp.ts';
import { issueCertificate } from './certificates.ts';

/** A completion brings JP and a certificate, both in the listener's one transaction: after a crash there are both or neither. */
export const completedListener: Listener = {
	name: 'credentials.credit_and_certify',
	type: 'catalogue.completed',
	async handle(db, event) {
		await creditCompletion(db, event.at, event.payload.completionId!);
		await issueCertificate(db, event.at, event.payload.completionId!);
	}
};
