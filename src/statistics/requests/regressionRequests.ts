import { callawaySantAnna } from '../causal/callawaySantanna.ts';
import { complierEffect } from '../causal/complier.ts';
import { entropyBalance } from '../causal/entropyBalance.ts';
import { logit } from '../causal/logit.ts';
import { matchOnScore } from '../causal/matching.ts';
import { panelFrom } from '../causal/panel.ts';
import { aipw, ipwAte, ipwAtt } from '../causal/propensity.ts';
import { tTwoSidedP } from '../distributions/studentT.ts';
import { clusteredSe, cr2 } from '../regression/clustered.ts';
import { clustersFrom } from '../regression/clusters.ts';
import { lin as linModel } from '../regression/lin.ts';
import { mixedModel } from '../regression/mixedModel.ts';
import { classicalSe, coefficient, ols as fitOls, positionOf } from '../regression/ols.ts';
import type { Fit } from '../regression/ols.ts';
import { robustSe } from '../regression/robust.ts';
import { badRequest, listArgument, modelRows, textArgument } from './dataset.ts';
import type { Dataset, RequestArguments } from './dataset.ts';

type Answer = Record<string, unknown>;

/** Robust figures of a factor's indicators are left out beyond this: nobody asks for 500 of them, and CR2 is costly. */
const FACTOR_TERMS = 30;

export function olsRequest(args: RequestArguments, data: Dataset): Answer {
	const weights = args.weights === undefined || args.weights === null ? null : textArgument(args, 'weights');
	const cluster = args.cluster === undefined || args.cluster === null ? null : textArgument(args, 'cluster');
	const rows = modelRows(
		data,
		textArgument(args, 'outcome'),
		listArgument(args, 'terms'),
		cluster ? [cluster] : [],
		weights ? [weights] : []
	);
	const weight = weights ? rows.numbers[weights]! : null;
	if (weight?.some((w) => w < 0)) throw badRequest('weights must not be negative', ['weights']);
	const kept = (_: unknown, i: number) => weight === null || weight[i]! > 0;
	const fit = fitOls({
		outcome: rows.outcome.filter(kept),
		columns: rows.columns.map((c) => ({ name: c.name, values: c.values.filter(kept) })),
		...(weight && { weights: weight.filter(kept) })
	});
	const clusters = cluster ? clustersFrom(rows.labels[cluster]!.filter(kept)) : null;
	const terms: Answer = {};
	fit.names.forEach((name, position) => {
		if (position === 0 || (rows.fromFactor.has(name) && rows.fromFactor.size > FACTOR_TERMS)) return;
		terms[name] = {
			estimate: fit.coefficients[position],
			se_classical: classicalSe(fit, position),
			se_hc0: robustSe(fit, position, 'HC0'),
			se_hc1: robustSe(fit, position, 'HC1'),
			se_hc2: robustSe(fit, position, 'HC2'),
			se_hc3: robustSe(fit, position, 'HC3'),
			...(clusters && clusteredTerm(fit, position, clusters))
		};
	});
	return {
		n: fit.n,
		r2: fit.r2,
		sigma: fit.sigma,
		intercept: fit.coefficients[0],
		coef: [...fit.coefficients],
		coef_se: fit.names.map((_, position) => classicalSe(fit, position)),
		coef_names: fit.names,
		dropped: fit.droppedNames,
		terms
	};
}

function clusteredTerm(fit: Fit, position: number, clusters: ReturnType<typeof clustersFrom>): Answer {
	const corrected = cr2(fit, position, clusters);
	return {
		se_cr1: clusteredSe(fit, position, clusters, 'CR1'),
		se_cr1s: clusteredSe(fit, position, clusters, 'CR1S'),
		se_cr2: corrected.se,
		df_cr2: corrected.df,
		p_cr2: tTwoSidedP(fit.coefficients[position]! / corrected.se, corrected.df)
	};
}

/** Outcome, 0/1 treatment and covariates on complete rows. */
function treatmentRows(args: RequestArguments, data: Dataset) {
	const treat = textArgument(args, 'treat');
	const rows = modelRows(data, textArgument(args, 'outcome'), listArgument(args, 'terms'), [], [treat]);
	const values = rows.numbers[treat]!;
	if (values.some((v) => v !== 0 && v !== 1) || new Set(values).size < 2)
		throw badRequest(`column "${treat}" must hold both 1 and 0 and nothing else`, [treat]);
	return { outcome: rows.outcome, treat: values, covariates: rows.columns };
}

export function linRequest(args: RequestArguments, data: Dataset): Answer {
	const { outcome, treat, covariates } = treatmentRows(args, data);
	const fit = linModel(outcome, { name: 'treat', values: treat }, covariates);
	const position = positionOf(fit, 'treat');
	return { n: fit.n, estimate: fit.coefficients[position], se_hc2: robustSe(fit, position, 'HC2') };
}

export function ipwAttRequest(args: RequestArguments, data: Dataset): Answer {
	const { outcome, treat, covariates } = treatmentRows(args, data);
	const { estimate, se, m1, m0, ess } = ipwAtt(outcome, treat, covariates);
	return { n: outcome.length, estimate, se, m1, m0, ess };
}

export function ipwAteRequest(args: RequestArguments, data: Dataset): Answer {
	const { outcome, treat, covariates } = treatmentRows(args, data);
	return { n: outcome.length, ...ipwAte(outcome, treat, covariates) };
}

export function entropyBalanceRequest(args: RequestArguments, data: Dataset): Answer {
	const { outcome, treat, covariates } = treatmentRows(args, data);
	const { weights, ess, gap } = entropyBalance(treat, covariates);
	const fit = fitOls({ outcome, columns: [{ name: 'treat', values: treat }], weights });
	return {
		n: fit.n,
		estimate: coefficient(fit, 'treat'),
		ess,
		gap,
		se_hc0_fixed_weights: robustSe(fit, 1, 'HC0'),
		se_hc1_fixed_weights: robustSe(fit, 1, 'HC1')
	};
}

export function aipwRequest(args: RequestArguments, data: Dataset): Answer {
	const { outcome, treat, covariates } = treatmentRows(args, data);
	const estimand = args.estimand ?? 'ATT';
	if (estimand !== 'ATT' && estimand !== 'ATE') throw badRequest('argument "estimand" must be ATT or ATE', ['estimand']);
	return { n: outcome.length, ...aipw(outcome, treat, covariates, estimand) };
}

export function matchRequest(args: RequestArguments, data: Dataset): Answer {
	const { outcome, treat, covariates } = treatmentRows(args, data);
	const matched = matchOnScore(outcome, treat, logit(treat, covariates).fitted);
	return { n: outcome.length, estimate: matched.estimate, se_ai: matched.se };
}

export function complierRequest(args: RequestArguments, data: Dataset): Answer {
	const assigned = textArgument(args, 'assigned');
	const received = textArgument(args, 'received');
	const rows = modelRows(data, textArgument(args, 'outcome'), listArgument(args, 'terms'), [], [assigned, received]);
	const z = rows.numbers[assigned]!;
	if (z.some((v) => v !== 0 && v !== 1)) throw badRequest(`column "${assigned}" must hold 1 or 0`, [assigned]);
	const effect = complierEffect(rows.outcome, z, rows.numbers[received]!, rows.columns);
	return {
		n: rows.outcome.length,
		take_up_treated: effect.takeUpTreated,
		take_up_control: effect.takeUpControl,
		first_stage_f: effect.firstStageF,
		estimate: effect.estimate,
		se_hc1: effect.se
	};
}

export function staggeredRequest(args: RequestArguments, data: Dataset): Answer {
	const id = textArgument(args, 'id');
	const time = textArgument(args, 'time');
	const first = textArgument(args, 'first_treat');
	const control = args.control ?? 'never';
	if (control !== 'never' && control !== 'notyet') throw badRequest('argument "control" must be never or notyet', ['control']);
	const rows = modelRows(data, textArgument(args, 'outcome'), listArgument(args, 'terms'), [id], [time, first]);
	const panel = panelFrom(
		rows.labels[id]!.map((unit, i) => ({
			unit,
			period: rows.numbers[time]![i]!,
			firstTreated: rows.numbers[first]![i]!,
			outcome: rows.outcome[i]!,
			covariates: rows.columns.map((c) => c.values[i]!)
		})),
		rows.columns.map((c) => c.name)
	);
	const effects = callawaySantAnna(panel, control);
	const table = (cells: typeof effects.cells) => ({
		group: cells.map((c) => c.group),
		time: cells.map((c) => c.time),
		estimate: cells.map((c) => c.estimate),
		se: cells.map((c) => c.se)
	});
	return {
		n: panel.units.length,
		units_incomplete: panel.incomplete,
		units_always_treated: panel.alwaysTreated,
		cells: table(effects.cells),
		post_cells: table(effects.cells.filter((c) => c.time >= c.group)),
		dynamic: effects.dynamic,
		dynamic_overall: effects.dynamicOverall,
		simple: effects.simple,
		group: effects.group,
		group_overall: effects.groupOverall,
		pretrend: effects.preTrend
	};
}

export function mixedModelRequest(args: RequestArguments, data: Dataset): Answer {
	const group = textArgument(args, 'group');
	const slopeName = args.slope === undefined || args.slope === null ? null : textArgument(args, 'slope');
	const rows = modelRows(data, textArgument(args, 'outcome'), listArgument(args, 'fixed'), [group], slopeName ? [slopeName] : []);
	const slope = slopeName ? { name: slopeName, values: rows.numbers[slopeName]! } : null;
	const model = mixedModel(rows.outcome, rows.columns, clustersFrom(rows.labels[group]!), slope);
	const part = (i: number) => ({ estimate: model.estimates[i], se: model.se[i] });
	return {
		n: rows.outcome.length,
		intercept: part(0),
		terms: Object.fromEntries(rows.columns.map((c, i) => [c.name, part(i + 1)])),
		var_group: model.varGroup,
		var_slope: model.varSlope,
		cov: model.cov,
		var_resid: model.varResidual,
		icc: model.icc,
		reml: model.reml
	};
}
