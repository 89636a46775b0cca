import { bootstrapDifference } from '../resampling/bootstrap.ts';
import { permutationDifference } from '../resampling/permutation.ts';
import { hedges, wwcG } from '../twoSample/effectSize.ts';
import { paired, student, welch } from '../twoSample/tTests.ts';
import type { TTest } from '../twoSample/tTests.ts';
import { wilcoxonRankSum, wilcoxonSignedRank } from '../twoSample/wilcoxon.ts';
import { badRequest, listArgument, sameValue, textArgument, wholeArgument } from './dataset.ts';
import type { Dataset, RequestArguments } from './dataset.ts';

type Answer = Record<string, unknown>;

interface TwoSamples {
	first: Float64Array;
	second: Float64Array;
}

function twoSamples(args: RequestArguments, data: Dataset): TwoSamples {
	const outcome = data.expression(textArgument(args, 'outcome'));
	const group = data.text(textArgument(args, 'group'));
	const pick = (key: 'first' | 'second') => {
		const values = outcome.filter((v, i): v is number => v !== null && group[i] !== null && sameValue(group[i]!, args[key]));
		if (values.length < 2) throw badRequest(`group ${key} (${String(args[key])}) has fewer than two values`, [key]);
		return Float64Array.from(values);
	};
	return { first: pick('first'), second: pick('second') };
}

/** Pairs with both values, in order of the pair's first row. */
function pairs(args: RequestArguments, data: Dataset): TwoSamples {
	const outcome = data.expression(textArgument(args, 'outcome'));
	const group = data.text(textArgument(args, 'group'));
	const pair = data.text(textArgument(args, 'pair'));
	const found = new Map<string, { first?: number; second?: number }>();
	outcome.forEach((value, i) => {
		if (value === null || group[i] === null || pair[i] === null) return;
		const entry = found.get(pair[i]!) ?? {};
		if (sameValue(group[i]!, args.first)) entry.first = value;
		else if (sameValue(group[i]!, args.second)) entry.second = value;
		found.set(pair[i]!, entry);
	});
	const complete = [...found.values()].filter((e) => e.first !== undefined && e.second !== undefined);
	if (complete.length < 2) throw badRequest('fewer than two complete pairs', ['pair']);
	return { first: Float64Array.from(complete, (e) => e.first!), second: Float64Array.from(complete, (e) => e.second!) };
}

function tAnswer({ difference, se, t, df, p, ci95 }: TTest): Answer {
	return { difference, se, t, df, p, ci95 };
}

export function welchRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = twoSamples(args, data);
	return tAnswer(welch(first, second));
}

export function studentRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = twoSamples(args, data);
	return tAnswer(student(first, second));
}

export function pairedRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = pairs(args, data);
	const test = paired(first, second);
	return { ...tAnswer(test), n: first.length, mean_diff: test.difference, dz: test.dz, r: test.r };
}

export function rankSumRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = twoSamples(args, data);
	return { ...wilcoxonRankSum(first, second) };
}

export function signedRankRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = pairs(args, data);
	return { ...wilcoxonSignedRank(first, second) };
}

export function hedgesRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = twoSamples(args, data);
	return { ...hedges(first, second) };
}

export function bootstrapRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = twoSamples(args, data);
	return { ...bootstrapDifference(first, second, wholeArgument(args, 'draws', 1999, 2), wholeArgument(args, 'seed', 1, 0)) };
}

export function permutationRequest(args: RequestArguments, data: Dataset): Answer {
	const { first, second } = twoSamples(args, data);
	return { ...permutationDifference(first, second, wholeArgument(args, 'draws', 1999, 1), wholeArgument(args, 'seed', 1, 0)) };
}

/** Baseline differences: each variable on the rows where it and the treatment are present. */
export function smdRequest(args: RequestArguments, data: Dataset): Answer {
	const treat = data.number(textArgument(args, 'treat'));
	return Object.fromEntries(
		listArgument(args, 'vars').map((name) => {
			const [variable] = data.term(name);
			const arm = (wanted: 0 | 1) => treat.flatMap((t, i) => (t === wanted && variable!.at(i) !== null ? [variable!.at(i)!] : []));
			if (arm(1).length < 2 || arm(0).length < 2) throw badRequest(`"${name}" has fewer than two values in an arm`, [name]);
			return [name, wwcG(arm(1), arm(0))];
		})
	);
}
