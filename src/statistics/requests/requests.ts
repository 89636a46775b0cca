import { everyNumberFinite, StatisticsFailure } from '../failure.ts';
import { psychometricsRequests } from '../psychometrics/index.ts';
import type { Table } from '../table.ts';
import { Dataset } from './dataset.ts';
import type { RequestArguments } from './dataset.ts';
import * as model from './regressionRequests.ts';
import * as sample from './sampleRequests.ts';

/** One call of the contract: a method, its arguments, and which parts of the answer are wanted under which key. */
export interface StatisticsRequest {
	set?: string;
	check?: string;
	method: string;
	args: RequestArguments & { data?: string };
	/** Wanted key to dotted path in the answer, or to a list of paths; absent: the whole answer. */
	map?: Readonly<Record<string, string | readonly string[]>>;
}

const METHODS: Record<string, (args: RequestArguments, data: Dataset) => Record<string, unknown>> = {
	ols: model.olsRequest,
	lin: model.linRequest,
	ipw_att: model.ipwAttRequest,
	ipw_ate: model.ipwAteRequest,
	entropy_balance_att: model.entropyBalanceRequest,
	aipw: model.aipwRequest,
	nn_match_ps: model.matchRequest,
	cace: model.complierRequest,
	cs_did: model.staggeredRequest,
	lmm: model.mixedModelRequest,
	welch_t: sample.welchRequest,
	student_t: sample.studentRequest,
	paired_t: sample.pairedRequest,
	wilcoxon_rank_sum: sample.rankSumRequest,
	wilcoxon_signed_rank: sample.signedRankRequest,
	hedges_g: sample.hedgesRequest,
	bootstrap_diff: sample.bootstrapRequest,
	permutation_diff: sample.permutationRequest,
	smd_wwc: sample.smdRequest
};

/** Answers one request on its data. @throws StatisticsFailure saying what to mend. */
export function answerRequest(request: StatisticsRequest, table: Table): Record<string, unknown> {
	const own = METHODS[request.method];
	const answer = own ? own(request.args, new Dataset(table)) : psychometricsRequests[request.method]?.(request.args, table);
	if (answer === undefined)
		throw new StatisticsFailure(
			'BAD_INPUT',
			`method "${request.method}" is not known; known are ${[...Object.keys(METHODS), ...Object.keys(psychometricsRequests)].join(', ')}`
		);
	everyNumberFinite(answer, request.method);
	return request.map ? mapped(answer, request.map) : answer;
}

function mapped(answer: Record<string, unknown>, map: NonNullable<StatisticsRequest['map']>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(map).map(([key, path]) => [key, typeof path === 'string' ? at(answer, path) : path.map((p) => at(answer, p))])
	);
}

/** Follows a dotted path; names with dots in them (`GNP.deflator`) are tried whole first. */
function at(value: unknown, path: string): unknown {
	const found = follow(value, path);
	if (found === undefined)
		throw new StatisticsFailure('BAD_INPUT', `the answer has no "${path}"; it has ${Object.keys(value as object).join(', ')}`);
	return found;
}

function follow(value: unknown, path: string): unknown {
	if (value === null || typeof value !== 'object') return undefined;
	const holder = value as Record<string, unknown>;
	if (Object.hasOwn(holder, path)) return holder[path];
	for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
		const key = path.slice(0, dot);
		if (!Object.hasOwn(holder, key)) continue;
		const found = follow(holder[key], path.slice(dot + 1));
		if (found !== undefined) return found;
	}
	return undefined;
}
