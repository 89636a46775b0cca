import { jpOfYear, jpRows, jpYears } from '#modules/credentials/server/index.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

const LIMIT = 50;

export const load = async ({ locals, url }) => {
	const { db, actor, at } = locals;
	const years = await jpYears(db, at);
	const year = Number(url.searchParams.get('tahun') ?? years[0]);
	// a year without an hour recorded here is not a year in which nobody learned
	if (!years.includes(year)) throw new NotFound('year');
	const [jp, id] = (url.searchParams.get('sesudah') ?? '').split('_');
	const after = id && isId(id) && Number.isFinite(Number(jp)) ? { jp: Number(jp), id } : undefined;
	const report = await jpOfYear(db, actor, at, year);
	// who a person was with in a past year is in the report; the persons themselves are those of today
	const rows = year === years[0] ? await jpRows(db, actor, at, after, LIMIT) : null;
	const last = rows?.at(-1);
	return {
		years,
		report,
		running: year === years[0],
		rows,
		first: after === undefined,
		next: rows?.length === LIMIT && last ? `?sesudah=${last.jp}_${last.officer_id}` : undefined
	};
};
