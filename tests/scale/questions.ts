/** What a page asks the database, caught on its way, and how the database would answer it. */
import type { Connection } from '../../src/platform/database/connection.ts';

interface Plan {
	'Node Type': string;
	'Relation Name'?: string;
	Plans?: Plan[];
}

export interface Questions {
	/** Tables that the work's questions read from end to end, by the planner's choice. */
	readWhole(work: () => Promise<unknown>): Promise<string[]>;
}

/** Must be called before the connection's first question. */
export function listen({ pool }: Connection): Questions {
	let caught: { text: string; values: unknown[] }[] | undefined;
	pool.on('connect', (client) => {
		const query = client.query.bind(client) as (...args: unknown[]) => unknown;
		client.query = ((...args: unknown[]) => {
			if (typeof args[0] === 'string' && /^\s*(select|with)\b/i.test(args[0]))
				caught?.push({ text: args[0], values: Array.isArray(args[1]) ? args[1] : [] });
			return query(...args);
		}) as typeof client.query;
	});
	return {
		async readWhole(work) {
			caught = [];
			await work();
			const asked = caught;
			caught = undefined;
			if (asked.length === 0) throw new Error('Nothing was asked');
			const tables = new Set<string>();
			for (const { text, values } of asked) {
				const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values);
				for (const table of wholeIn(rows[0]!['QUERY PLAN'][0].Plan)) tables.add(table);
			}
			return [...tables];
		}
	};
}

const wholeIn = (plan: Plan): string[] => [
	...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name']!] : []),
	...(plan.Plans ?? []).flatMap(wholeIn)
];
