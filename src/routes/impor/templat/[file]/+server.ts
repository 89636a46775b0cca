import { importKinds, importNames } from '#app/import-kinds.ts';
import { mayImport } from '#modules/people/server/index.ts';
import { NotFound } from '#platform/refusal.ts';
import { xlsxResponse } from '#platform/sheets/xlsx-writer.ts';

/** `skj.csv`, `skj.xlsx`: the headings that a kind of import knows, and nothing below them. */
export const GET = ({ locals, params }) => {
	const [, name = '', format = ''] = /^([a-z-]+)\.(csv|xlsx)$/.exec(params.file) ?? [];
	const kind = Object.hasOwn(importNames, name) ? importKinds.find((one) => one.kind === importNames[name]) : undefined;
	if (!kind || !mayImport(locals.actor, kind)) throw new NotFound('template');
	const columns = kind.columns.map((column) => column.name);
	if (format === 'xlsx')
		return xlsxResponse(params.file, {
			name,
			columns: columns.map((label) => ({ label, width: Math.max(12, label.length + 2) })),
			rows: (async function* () {})()
		});
	return new Response(`\ufeff${columns.join(';')}\r\n`, {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${params.file}"` }
	});
};
