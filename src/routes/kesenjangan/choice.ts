import { competencies } from '#modules/competency/server/index.ts';
import type { Db } from '#platform/database/connection.ts';

/** `unit` and `kompetensi` of the address; without a competency `usual` is, and an unknown code is all of them. */
export async function unitChoice(db: Db, at: Date, url: URL, usual: 'all' | 'first' = 'all') {
	const all = await competencies(db, at);
	const code = url.searchParams.get('kompetensi');
	const competency = code === null && usual === 'first' ? all[0] : all.find((one) => one.code === code);
	return {
		all: all.map(({ code, name }) => ({ value: code, label: name })),
		competency: competency && { id: competency.id, code: competency.code, name: competency.name },
		ask: { unitId: url.searchParams.get('unit') || undefined, competencyId: competency?.id }
	};
}
