/** Everything that can be brought in from a sheet, in one place. */
import { peopleImports } from '#modules/people/server/index.ts';
import type { ImportKind } from '#platform/imports/kinds.ts';

export const importKinds: ImportKind[] = [...peopleImports];
