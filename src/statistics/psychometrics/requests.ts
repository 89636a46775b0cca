import { everyNumberFinite, StatisticsFailure } from '../failure.ts';
import type { Table } from '../table.ts';
import { eapScores, testInformation } from './abilityScores.ts';
import { mantelHaenszel } from './differentialFunctioning.ts';
import { raschItemFit } from './itemFit.ts';
import { itemStatistics } from './itemStatistics.ts';
import { marginalFit, type MarginalFit } from './marginal.ts';
import type { MarginalModel } from './marginalLikelihood.ts';
import { aboveMeanScore, andersenTest, raschConditional, type AndersenTest } from './rasch.ts';
import { intraclass } from './raterAgreement.ts';
import { alphaFromAllAnswers, reliability } from './reliability.ts';
import { completeRows, reverseItems, type CompleteScores, type Scores } from './responses.ts';
import { columnName, nameList, readRatings, readScores, sameValue, type RequestArguments, type ScoreTable } from './scoreTable.ts';

export type PsychometricsAnswer = Record<string, unknown>;
type Request = (args: RequestArguments, table: Table) => PsychometricsAnswer;

/**
 * Psychometric methods of the requests contract: arguments of one request and its data in, an answer in snake case out.
 * Rows with a missing value in a used column are dropped, unless `missing` is "available" and the method can skip
 * single answers. What is undefined is null. Throws StatisticsFailure.
 */
export const psychometricsRequests: Record<string, Request> = {
	ctt: checked(classical),
	reliability: checked(scaleReliability),
	rasch_cml: checked(raschRequest),
	irt_mml: checked(marginalRequest),
	irt_eap: checked(eapRequest),
	irt_information: checked(informationRequest),
	mh_dif: checked(difRequest),
	icc: checked(intraclassRequest)
};

/** The last gate: no answer with NaN or Infinity passes. */
function checked(request: Request): Request {
	return (args, table) => {
		const answer = request(args, table);
		everyNumberFinite(answer, 'answer');
		return answer;
	};
}

function classical(args: RequestArguments, table: Table): PsychometricsAnswer {
	const read = readScores(args, table);
	const scores = completeRows(read.scores);
	const items = itemStatistics(scores);
	const scale = reliability(scores);
	return {
		items: read.items,
		n: scores.length,
		difficulty: items.map((item) => item.difficulty),
		point_biserial: items.map((item) => item.pointBiserial),
		item_rest: items.map((item) => item.itemRest),
		upper_lower: items.map((item) => item.upperLower),
		alpha: scale.alpha,
		alpha_feldt_ci95: scale.alphaCi95,
		sem: scale.sem
	};
}

function scaleReliability(args: RequestArguments, table: Table): PsychometricsAnswer {
	const read = readScores(args, table);
	const turned = reversed(args, read);
	const scale = reliability(completeRows(turned));
	return {
		items: read.items,
		n: scale.persons,
		alpha: scale.alpha,
		alpha_std: scale.alphaStandardised,
		alpha_feldt_ci95: scale.alphaCi95,
		alpha_if_dropped: scale.alphaIfDropped,
		alpha_pairwise_all_rows: alphaFromAllAnswers(turned),
		item_rest_r: scale.itemRest,
		omega_total: scale.omegaTotal,
		sem: scale.sem,
		check_keying: scale.checkKeying.map((item) => read.items[item]!)
	};
}

function reversed(args: RequestArguments, read: ScoreTable): Scores {
	const names = args.reverse === undefined ? [] : nameList(args.reverse, 'reverse');
	const unknown = names.find((name) => !read.items.includes(name));
	if (unknown !== undefined)
		throw new StatisticsFailure('BAD_INPUT', `"reverse" names "${unknown}", which is not among the items`, ['reverse']);
	if (names.length === 0) return read.scores;
	const answers = read.scores.flat().filter((value) => value !== null);
	const minimum = typeof args.min === 'number' ? args.min : answers.reduce((least, value) => Math.min(least, value), Infinity);
	const maximum = typeof args.max === 'number' ? args.max : answers.reduce((most, value) => Math.max(most, value), -Infinity);
	return reverseItems(
		read.scores,
		names.map((name) => read.items.indexOf(name)),
		minimum,
		maximum
	);
}

function raschRequest(args: RequestArguments, table: Table): PsychometricsAnswer {
	const group = args.group === undefined ? null : columnName(table, args.group, 'group');
	const read = readScores(args, table, group);
	const kept = read.scores.flatMap((row, at) => (row.includes(null) || (group !== null && read.background[at] === null) ? [] : [at]));
	const scores = kept.map((at) => read.scores[at]!) as CompleteScores;
	const fit = raschConditional(scores);
	const itemFit = raschItemFit(scores, fit.difficulty);
	const andersen = andersenOrNull(scores, group === null ? aboveMeanScore(scores) : kept.map((at) => read.background[at]!));
	return {
		items: read.items,
		n: scores.length,
		n_extreme: fit.extremePersons,
		b: fit.difficulty,
		se: fit.standardError,
		cond_logLik: fit.conditionalLogLikelihood,
		andersen_lr: andersen?.likelihoodRatio ?? null,
		andersen_df: andersen?.df ?? null,
		andersen_p: andersen?.p ?? null,
		infit: itemFit.map((item) => item.infit),
		outfit: itemFit.map((item) => item.outfit),
		excluded: fit.excluded.map(({ item, reason }) => ({ item: read.items[item]!, reason }))
	};
}

/** A part of the persons may be too few for difficulties of its own; the whole then still has an answer. */
function andersenOrNull(scores: CompleteScores, group: readonly (string | boolean)[]): AndersenTest | null {
	try {
		return andersenTest(scores, group);
	} catch (failure) {
		if (failure instanceof StatisticsFailure) return null;
		throw failure;
	}
}

function marginalRequest(args: RequestArguments, table: Table): PsychometricsAnswer {
	const read = readScores(args, table);
	const fit = fitted(args, read, true);
	return {
		items: read.items,
		n: fit.persons,
		a: fit.a,
		d: fit.d,
		b: fit.b,
		se_a: fit.standardErrors!.a,
		se_d: fit.standardErrors!.d,
		common_slope: fit.commonSlope,
		rasch_latent_variance: fit.commonSlope === null ? null : fit.commonSlope ** 2,
		logLik: fit.logLikelihood,
		converged: fit.converged,
		at_bound: fit.atBound.map((item) => read.items[item]!),
		excluded: fit.excluded.map(({ item, reason }) => ({ item: read.items[item]!, reason }))
	};
}

function fitted(args: RequestArguments, read: ScoreTable, standardErrors = false): MarginalFit {
	return marginalFit(args.missing === 'available' ? read.scores : completeRows(read.scores), modelOf(args.model), {
		standardErrors
	});
}

function modelOf(value: unknown): MarginalModel {
	const model = (['2PL', '1PL', 'Rasch1'] as const).find((name) => name.toLowerCase() === String(value ?? '2PL').toLowerCase());
	if (!model) throw new StatisticsFailure('BAD_INPUT', `"model" must be 2PL, 1PL or Rasch1, not ${JSON.stringify(value)}`, ['model']);
	return model;
}

function eapRequest(args: RequestArguments, table: Table): PsychometricsAnswer {
	const read = readScores(args, table);
	const fit = fitted(args, read);
	const answers = args.patterns === undefined ? completeRows(read.scores) : patternRows(args.patterns, read.items.length);
	const scores = eapScores(answers, fit);
	return { n: fit.persons, eap: scores.map((score) => score.eap), psd: scores.map((score) => score.psd) };
}

/** Patterns as text ("0110", any other sign = not answered) or as lists of 0, 1 and null. */
function patternRows(value: unknown, items: number): (number | null)[][] {
	if (!Array.isArray(value)) throw new StatisticsFailure('BAD_INPUT', '"patterns" must be a list', ['patterns']);
	return value.map((pattern: unknown, at) => {
		const signs: unknown[] = typeof pattern === 'string' ? [...pattern] : Array.isArray(pattern) ? pattern : [];
		if (signs.length !== items)
			throw new StatisticsFailure('BAD_INPUT', `pattern ${at + 1} has ${signs.length} answers for ${items} items`, ['patterns']);
		return signs.map((sign) => (sign === 1 || sign === '1' ? 1 : sign === 0 || sign === '0' ? 0 : null));
	});
}

function informationRequest(args: RequestArguments, table: Table): PsychometricsAnswer {
	const theta = args.theta;
	if (!Array.isArray(theta) || !theta.every((value) => typeof value === 'number'))
		throw new StatisticsFailure('BAD_INPUT', '"theta" must be a list of numbers', ['theta']);
	const fit = fitted(args, readScores(args, table));
	return { n: fit.persons, theta, info: testInformation(theta, fit) };
}

function difRequest(args: RequestArguments, table: Table): PsychometricsAnswer {
	const read = readScores(args, table, columnName(table, args.group, 'group'));
	if (args.focal === undefined) throw new StatisticsFailure('BAD_INPUT', '"focal" must name the value of the focal group', ['focal']);
	const wanted = (value: string) => args.reference === undefined || sameValue(value, args.focal) || sameValue(value, args.reference);
	const kept = read.scores.flatMap((row, at) => {
		const value = read.background[at] ?? null;
		return row.includes(null) || value === null || !wanted(value) ? [] : [at];
	});
	const focal = kept.map((at) => sameValue(read.background[at]!, args.focal));
	const found = mantelHaenszel(kept.map((at) => read.scores[at]!) as CompleteScores, focal);
	return {
		item: read.items,
		n_reference: focal.filter((one) => !one).length,
		n_focal: focal.filter((one) => one).length,
		odds_ratio: found.map((one) => one.oddsRatio),
		delta: found.map((one) => one.delta),
		se_delta: found.map((one) => one.seDelta),
		chi2: found.map((one) => one.chiSquare),
		p: found.map((one) => one.p),
		p_bh: found.map((one) => one.adjustedP),
		ets_class: found.map((one) => one.etsClass)
	};
}

function intraclassRequest(args: RequestArguments, table: Table): PsychometricsAnswer {
	const ratings = completeRows(readRatings(args, table));
	const found = intraclass(ratings);
	return {
		n: ratings.length,
		form: found.map((one) => one.form),
		icc: found.map((one) => one.icc),
		F: found.map((one) => one.f),
		df1: found.map((one) => one.df1),
		df2: found.map((one) => one.df2),
		p: found.map((one) => one.p),
		lower95: found.map((one) => one.lower95),
		upper95: found.map((one) => one.upper95)
	};
}
