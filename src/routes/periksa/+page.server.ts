import { fail, redirect } from '@sveltejs/kit';
import { checkForm, readCode } from '#modules/credentials/index.ts';
import { parseForm } from '#platform/forms.ts';
import { sentence } from '#platform/sentences.ts';

export const actions = {
	default: async ({ request }) => {
		const form = await parseForm(checkForm, request);
		if (!form.ok) return form.failure;
		const code = readCode(form.values.code);
		if (!code)
			return fail(400, {
				errors: { code: sentence('credentials_code_shape') } as Record<string, string>,
				values: { code: form.values.code } as Record<string, string>
			});
		redirect(303, `/periksa/${code}`);
	}
};
