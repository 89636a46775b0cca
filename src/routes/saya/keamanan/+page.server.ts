import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import qrcode from 'qrcode-generator';
import { enrolmentCodeForm, ownPasswordForm } from '#modules/people/forms.ts';
import { ownSecondStep, secondStepChanged } from '#modules/people/server/index.ts';
import { parseForm } from '#platform/forms.ts';
import { sentence } from '#platform/sentences.ts';
import { beginEnrolment, enrolmentUri, giveCode, renewRecoveryCodes, turnOff } from '#platform/session/second-step.ts';

export const load = async ({ locals, url }) => ({
	on: (await ownSecondStep(locals.db, locals.actor)).on,
	done: url.searchParams.get('selesai')
});

const clientOf = ({ request, cookies, getClientAddress }: RequestEvent) => ({ request, cookies, address: getClientAddress() });

/** A picture without a request of its own: the secret stands in no address. */
function picture(uri: string): string {
	const qr = qrcode(0, 'M');
	qr.addData(uri);
	qr.make();
	return `data:image/svg+xml;base64,${Buffer.from(qr.createSvgTag({ cellSize: 4, margin: 8, scalable: true })).toString('base64')}`;
}

interface Shown {
	/** The form the errors belong to. */
	at: 'begin' | 'confirm' | 'codes' | 'off';
	errors: Record<string, string>;
	/** `uri` is what the picture shows, for who has the app on the same phone. */
	enrolment?: { uri: string; picture: string; secret: string; recoveryCodes: string[] };
	newCodes?: string[];
}

const refused = (at: Shown['at'], errors: Record<string, string>, rest: Pick<Shown, 'enrolment'> = {}) =>
	fail<Shown>(400, { at, errors, ...rest });
const wrongPassword = (at: Shown['at']) => refused(at, { password: sentence('people_refusal_password_wrong') });
const shown = (at: Shown['at'], rest: Partial<Shown>): Shown => ({ at, errors: {}, ...rest });

export const actions = {
	begin: async (event) => {
		const { locals } = event;
		const form = await parseForm(ownPasswordForm, event.request);
		if (!form.ok) return refused('begin', form.failure.data.errors);
		const { label } = await ownSecondStep(locals.db, locals.actor);
		const begun = await beginEnrolment(locals.runtime.auth, clientOf(event), form.values.password, label);
		if (!begun) return wrongPassword('begin');
		const { uri, secret, recoveryCodes } = begun;
		return shown('begin', { enrolment: { uri, picture: picture(uri), secret, recoveryCodes } });
	},
	confirm: async (event) => {
		const { locals } = event;
		const form = await parseForm(enrolmentCodeForm, event.request);
		if (!form.ok) return refused('confirm', form.failure.data.errors);
		const { code, secret, codes } = form.values;
		if (!(await giveCode(locals.runtime.auth, clientOf(event), code))) {
			const uri = enrolmentUri((await ownSecondStep(locals.db, locals.actor)).label, secret);
			return refused(
				'confirm',
				{ code: sentence('people_code_wrong') },
				{ enrolment: { uri, picture: picture(uri), secret, recoveryCodes: codes.split(' ') } }
			);
		}
		await locals.transaction((db) => secondStepChanged(db, locals.actor, locals.at, 'on'));
		redirect(303, '/saya/keamanan?selesai=aktif');
	},
	codes: async (event) => {
		const { locals } = event;
		const form = await parseForm(ownPasswordForm, event.request);
		if (!form.ok) return refused('codes', form.failure.data.errors);
		const newCodes = await renewRecoveryCodes(locals.runtime.auth, clientOf(event), form.values.password);
		if (!newCodes) return wrongPassword('codes');
		await locals.transaction((db) => secondStepChanged(db, locals.actor, locals.at, 'codes_renewed'));
		return shown('codes', { newCodes });
	},
	off: async (event) => {
		const { locals } = event;
		const form = await parseForm(ownPasswordForm, event.request);
		if (!form.ok) return refused('off', form.failure.data.errors);
		if (!(await turnOff(locals.runtime.auth, clientOf(event), form.values.password))) return wrongPassword('off');
		await locals.transaction((db) => secondStepChanged(db, locals.actor, locals.at, 'off'));
		redirect(303, '/saya/keamanan?selesai=mati');
	}
};
