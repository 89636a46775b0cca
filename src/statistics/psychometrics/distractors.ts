import { StatisticsFailure } from '../failure.ts';
import { correlation } from './moments.ts';
import { scoreAgainstKey, totals } from './responses.ts';

export type DistractorFlag = 'NOT_WORKING' | 'SUSPECT';

export interface OptionStatistics {
	option: string;
	isKey: boolean;
	count: number;
	/** Of all persons, those who left the item open included. */
	share: number;
	/** Correlation of choosing this option with the total of the other items; null when undefined. */
	optionRest: number | null;
	flags: DistractorFlag[];
}

export interface DistractorAnalysis {
	options: OptionStatistics[];
	/** Persons who chose nothing. */
	omitted: number;
}

/**
 * What became of every option of every item. A distractor chosen by fewer than 5% does not work; one that the better
 * participants prefer (distractor–rest r > 0) is suspect: a second right answer or a wrong key.
 * `chosen`: persons × items, null = left open; `key`: the right option of each item; `offered`: all options of an item
 * where known, so that an option nobody chose is seen too. Throws TOO_FEW_ROWS.
 */
export function distractorAnalysis(
	chosen: readonly (readonly (string | null)[])[],
	key: readonly string[],
	offered: readonly (readonly string[] | null)[] = []
): DistractorAnalysis[] {
	if (chosen.length === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'no person has a usable row');
	const scores = scoreAgainstKey(chosen, key);
	const total = totals(scores);
	return key.map((right, item) => {
		const picks = chosen.map((row) => row[item] ?? null);
		const rest = total.map((sum, person) => sum - scores[person]![item]!);
		const options = new Set<string>([right, ...(offered[item] ?? []), ...picks.filter((pick) => pick !== null)]);
		return {
			omitted: picks.filter((pick) => pick === null).length,
			options: [...options].sort().map((option) => optionStatistics(option, option === right, picks, rest))
		};
	});
}

function optionStatistics(option: string, isKey: boolean, picks: readonly (string | null)[], rest: readonly number[]): OptionStatistics {
	const picked = picks.map((pick) => (pick === option ? 1 : 0));
	const count = picked.filter((one) => one === 1).length;
	const share = count / picks.length;
	const optionRest = correlation(picked, rest);
	const flags: DistractorFlag[] = [];
	if (!isKey && share < 0.05) flags.push('NOT_WORKING');
	if (!isKey && optionRest !== null && optionRest > 0) flags.push('SUSPECT');
	return { option, isKey, count, share, optionRest, flags };
}
