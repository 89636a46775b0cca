import { importKinds } from '#app/import-kinds.ts';
import { faultSentence, importFor, importRowsFor } from '#modules/people/server/index.ts';

/** Refused rows with their reasons, as a sheet to mend by; streamed a page at a time. */
export const GET = async ({ locals, params }) => {
	const found = await importFor(locals.db, importKinds, locals.actor, params.id);
	const encoder = new TextEncoder();
	let after = 0;
	const body = new ReadableStream<Uint8Array>({
		start: (controller) =>
			controller.enqueue(encoder.encode(`\ufeff${locals.runtime.demo ? 'Data contoh\r\n' : ''}baris;nama;kolom;sebab\r\n`)),
		async pull(controller) {
			const rows = await importRowsFor(locals.db, importKinds, locals.actor, found, { filter: 'refused', after, limit: 500 });
			if (rows.length === 0) return controller.close();
			after = rows.at(-1)!.row;
			const lines = rows.flatMap((row) =>
				row.faults.map((fault) =>
					[row.row, row.label ?? '', fault.column ?? '', faultSentence(found.kind, fault, row.row)].map(cell).join(';')
				)
			);
			controller.enqueue(encoder.encode(lines.map((line) => `${line}\r\n`).join('')));
		}
	});
	return new Response(body, {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="ditolak.csv"` }
	});
};

/** Quoted, and harmless in a spreadsheet: a leading = + - @ would be read as a formula. */
const cell = (value: string | number): string =>
	`"${String(value)
		.replace(/^[=+\-@\t\r]/, "'$&")
		.replaceAll('"', '""')}"`;
