import { fail } from '@sveltejs/kit';

/** Refuses always, to show how a refusal looks. */
export const actions = {
	default: () =>
		fail(400, { errors: { jp: 'Paling sedikit 1 JP. Bila kegiatan ini tidak dihitung, pilih “Tanpa JP”.', unit: 'Pilih salah satu.' } })
};
