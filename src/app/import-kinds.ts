/** Everything that can be brought in from a sheet, in one place. */
import { assessmentsImport, catalogueImport, standardsImport } from '#modules/competency/server/index.ts';
import { credentialsImports } from '#modules/credentials/server/index.ts';
import { mayImport, peopleImports } from '#modules/people/server/index.ts';
import { appraisalsImport } from '#modules/performance/server/index.ts';
import { responsesImport } from '#modules/service/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { ImportKind } from '#platform/imports/kinds.ts';

export const importKinds: ImportKind[] = [
	...peopleImports,
	catalogueImport,
	standardsImport,
	...credentialsImports,
	appraisalsImport,
	assessmentsImport,
	responsesImport
];

/** What the command line and the page call each kind, in the order in which an installation needs them. */
export const importNames: Record<string, string> = {
	units: 'people.units',
	officers: 'people.officers',
	'katalog-kompetensi': 'competency.catalogue',
	skj: 'competency.standards',
	'riwayat-kursus': 'credentials.courses',
	'riwayat-diklat': 'credentials.structural_trainings',
	'predikat-kinerja': 'performance.appraisals',
	'hasil-asesmen': 'competency.assessments',
	skm: 'service.responses'
};

/** What this person may bring in, by name. */
export function importNamesFor(actor: Actor): Record<string, string> {
	const open = new Set(importKinds.filter((kind) => mayImport(actor, kind)).map(({ kind }) => kind));
	return Object.fromEntries(Object.entries(importNames).filter(([, kind]) => open.has(kind)));
}
