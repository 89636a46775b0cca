import { officerCount, officerList, unitOptions } from '#modules/people/server/index.ts';
import { firstHref, keyOf, nextHref } from '#modules/people/index.ts';
import { hasRole } from '#platform/actor.ts';
import type { EmploymentKind } from '#modules/people/index.ts';

const PAGE = 50;
const KINDS = ['PNS', 'CPNS', 'PPPK', 'PPPK_PW'];

export const load = async ({ locals, url }) => {
	const kind = url.searchParams.get('status') ?? '';
	const filter = {
		search: url.searchParams.get('cari') ?? '',
		unitId: url.searchParams.get('unit') ?? '',
		inactive: url.searchParams.get('keadaan') === 'tidak'
	};
	const narrowed = { ...filter, ...(KINDS.includes(kind) ? { kind: kind as EmploymentKind } : {}) };
	const [rows, count] = await Promise.all([
		officerList(locals.db, locals.actor, { ...narrowed, after: keyOf(url), limit: PAGE + 1 }),
		officerCount(locals.db, locals.actor, narrowed)
	]);
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	return {
		filter: { ...filter, kind },
		count,
		rows: shown,
		units: await unitOptions(locals.db, locals.actor),
		next: rows.length > PAGE && last ? nextHref(url, { id: last.id, name: last.full_name }) : null,
		first: firstHref(url),
		mayImport: hasRole(locals.actor, 'administrator')
	};
};
