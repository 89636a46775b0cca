import { competencies } from '#modules/competency/server/index.ts';
import type { Db } from '#platform/database/connection.ts';

/** `unit` and `kompetensi` of the address; an unknown code is as if it were not there. */
export async function unitChoice(db: Db, at: Date, url: URL) {
	const all = await competencies(db, at);
	const competency = all.find((one) => one.code === url.searchParams.get('kompetensi'));
	return {
		all: all.map(({ code, name }) => ({ value: code, label: name })),
		competency: competency && { id: competency.id, code: competency.code, name: competency.name },
		ask: { unitId: url.searchParams.get('unit') || undefined, competencyId: competency?.id }
	};
}
