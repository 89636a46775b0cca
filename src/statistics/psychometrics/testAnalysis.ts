import { standardDeviation, mean } from '../describe.ts';
import { everyNumberFinite, StatisticsFailure } from '../failure.ts';
import { ceilingCheck, type CeilingCheck } from './ceiling.ts';
import { mantelHaenszel, minimumPersonsPerGroupForDif, type DifferentialFunctioning } from './differentialFunctioning.ts';
import { distractorAnalysis, type DistractorAnalysis } from './distractors.ts';
import { raschItemFit, type ItemFit } from './itemFit.ts';
import { itemStatistics, minimumPersonsForItems, provisionalBelowPersons, type ItemStatistics } from './itemStatistics.ts';
import { marginalFit, minimumPersonsFor2pl, type MarginalFit } from './marginal.ts';
import { minimumPersonsForRasch, raschConditional, type RaschFit } from './rasch.ts';
import { reliability, type Reliability } from './reliability.ts';
import { checkDichotomous, totals, type CompleteScores } from './responses.ts';

/** A test taken by persons who answered everything, or whose open answers were scored wrong. */
export interface TestAnswers {
	items: readonly string[];
	/** Persons × items, 0 or 1. */
	scores: CompleteScores;
	/** What was chosen, where the answers were scored against a key. */
	choices: {
		chosen: readonly (readonly (string | null)[])[];
		key: readonly string[];
		offered: readonly (readonly string[] | null)[];
	} | null;
	/** A background value for each person, to compare items between groups; null = unknown. */
	group: readonly (string | null)[] | null;
	/** The group compared with the others; otherwise each against the first in sorted order. */
	focal?: string | undefined;
}

/** What the reader must know before using the figures. The codes are the specification's where it has one. */
export type TestWarning =
	| 'TOO_FEW_FOR_ITEM_STATISTICS'
	| 'PROVISIONAL'
	| 'TOO_FEW_FOR_RASCH'
	| 'TOO_FEW_FOR_2PL'
	| 'TOO_FEW_FOR_DIF'
	| 'LOW_RELIABILITY'
	| 'CEILING_EFFECT'
	| 'CHECK_KEY'
	| 'CHECK_KEYING'
	| 'ITEM_WITHOUT_VARIANCE'
	| 'RASCH_NOT_ESTIMABLE'
	| 'RASCH_MISFIT'
	| 'TWO_PL_NOT_RELIABLE'
	| 'DIF_CLASS_C';

export interface GroupComparison {
	reference: string;
	focal: string;
	referencePersons: number;
	focalPersons: number;
	/** Null when either group has fewer than 100 persons. */
	items: DifferentialFunctioning[] | null;
}

export interface TestAnalysis {
	persons: number;
	/** True below 100 persons: the figures will still move. */
	provisional: boolean;
	total: {
		mean: number;
		standardDeviation: number;
		lowest: number;
		highest: number;
		maximum: number;
		ceiling: CeilingCheck;
	};
	/** Null below 30 persons. */
	items: ItemStatistics[] | null;
	distractors: DistractorAnalysis[] | null;
	reliability: Reliability | null;
	/** Null below 100 persons and where no finite difficulties exist. */
	rasch: (RaschFit & { fit: ItemFit[] }) | null;
	/** Null below 250 persons. */
	twoPl: MarginalFit | null;
	groups: GroupComparison[] | null;
	/** With the positions of the items concerned, where it is about items. */
	warnings: { code: TestWarning; items: number[] }[];
}

/** Everything the number of persons allows about one test. Throws BAD_INPUT and TOO_FEW_ROWS on unusable answers. */
export function analyseTest(answers: TestAnswers): TestAnalysis {
	checkDichotomous(answers.scores);
	const persons = answers.scores.length;
	const enough = persons >= minimumPersonsForItems;
	const analysis: TestAnalysis = {
		persons,
		provisional: persons < provisionalBelowPersons,
		total: describeTotals(answers),
		items: enough ? itemStatistics(answers.scores) : null,
		distractors:
			enough && answers.choices ? distractorAnalysis(answers.choices.chosen, answers.choices.key, answers.choices.offered) : null,
		reliability: enough ? reliability(answers.scores) : null,
		rasch: persons >= minimumPersonsForRasch ? raschOrNull(answers.scores) : null,
		twoPl: persons >= minimumPersonsFor2pl ? twoPlOrNull(answers.scores) : null,
		groups: answers.group && compareGroups(answers, answers.group),
		warnings: []
	};
	analysis.warnings = warningsOf(analysis);
	everyNumberFinite(analysis, 'analysis');
	return analysis;
}

function describeTotals({ scores, items }: TestAnswers): TestAnalysis['total'] {
	const total = totals(scores);
	return {
		mean: mean(total),
		standardDeviation: total.length > 1 ? standardDeviation(total) : 0,
		lowest: total.reduce((least, value) => Math.min(least, value)),
		highest: total.reduce((most, value) => Math.max(most, value)),
		maximum: items.length,
		ceiling: ceilingCheck(total, items.length)
	};
}

function raschOrNull(scores: CompleteScores): TestAnalysis['rasch'] {
	const rasch = unlessImpossible(() => raschConditional(scores));
	return rasch && { ...rasch, fit: raschItemFit(scores, rasch.difficulty) };
}

function twoPlOrNull(scores: CompleteScores): MarginalFit | null {
	return unlessImpossible(() => marginalFit(scores, '2PL', { standardErrors: true }));
}

/** A model that these answers cannot identify leaves the other figures standing. */
function unlessImpossible<T>(fit: () => T): T | null {
	try {
		return fit();
	} catch (failure) {
		if (failure instanceof StatisticsFailure && ['TOO_FEW_ROWS', 'NOT_CONVERGED', 'NOT_FINITE'].includes(failure.code)) return null;
		throw failure;
	}
}

function compareGroups(answers: TestAnswers, group: readonly (string | null)[]): GroupComparison[] {
	const labels = [...new Set(group)].filter((label) => label !== null).sort(inNaturalOrder);
	const pairs =
		answers.focal === undefined
			? labels.slice(1).map((focal) => ({ focal, reference: labels[0]!, isReference: (label: string) => label === labels[0] }))
			: [
					{
						focal: answers.focal,
						reference: labels.filter((label) => label !== answers.focal).join(', '),
						isReference: (label: string) => label !== answers.focal
					}
				];
	return pairs.map(({ focal, reference, isReference }) => {
		const kept = group.flatMap((label, person) => (label !== null && (label === focal || isReference(label)) ? [person] : []));
		const focalPersons = kept.filter((person) => group[person] === focal).length;
		const referencePersons = kept.length - focalPersons;
		const enough = Math.min(focalPersons, referencePersons) >= minimumPersonsPerGroupForDif;
		const items = enough
			? mantelHaenszel(
					kept.map((person) => answers.scores[person]!),
					kept.map((person) => group[person] === focal)
				)
			: null;
		return { reference, focal, referencePersons, focalPersons, items };
	});
}

/** Numbers by size, everything else by code point: the same on every machine. */
function inNaturalOrder(a: string, b: string): number {
	const difference = Number(a) - Number(b);
	if (Number.isFinite(difference) && difference !== 0) return difference;
	return a < b ? -1 : a > b ? 1 : 0;
}

function warningsOf(analysis: TestAnalysis): TestAnalysis['warnings'] {
	const warnings: TestAnalysis['warnings'] = [];
	const warn = (code: TestWarning, when: boolean, items: number[] = []) => {
		if (when) warnings.push({ code, items });
	};
	const whose = <T>(list: readonly T[] | null | undefined, test: (one: T) => boolean): number[] =>
		(list ?? []).flatMap((one, item) => (test(one) ? [item] : []));
	const { persons, items, reliability: scale, rasch, twoPl, groups } = analysis;
	warn('TOO_FEW_FOR_ITEM_STATISTICS', items === null);
	warn('PROVISIONAL', items !== null && analysis.provisional);
	warn('TOO_FEW_FOR_RASCH', persons < minimumPersonsForRasch);
	warn('TOO_FEW_FOR_2PL', persons < minimumPersonsFor2pl);
	warn('TOO_FEW_FOR_DIF', groups !== null && (groups.length === 0 || groups.some((one) => one.items === null)));
	warn('LOW_RELIABILITY', scale !== null && (scale.alpha === null || scale.alpha < 0.7));
	warn('CEILING_EFFECT', analysis.total.ceiling.ceiling);
	const wrongKey = whose(items, (one) => one.flags.includes('CHECK_KEY'));
	warn('CHECK_KEY', wrongKey.length > 0, wrongKey);
	warn('CHECK_KEYING', (scale?.checkKeying.length ?? 0) > 0, scale?.checkKeying);
	const constant = whose(items, (one) => one.flags.includes('NO_VARIANCE'));
	warn('ITEM_WITHOUT_VARIANCE', constant.length > 0, constant);
	warn('RASCH_NOT_ESTIMABLE', persons >= minimumPersonsForRasch && rasch === null);
	const misfit = whose(rasch?.fit, (one) => one.misfit);
	warn('RASCH_MISFIT', misfit.length > 0, misfit);
	const unsteady = persons >= minimumPersonsFor2pl && (twoPl === null || !twoPl.converged || twoPl.atBound.length > 0);
	warn('TWO_PL_NOT_RELIABLE', unsteady, twoPl?.atBound);
	const large = new Set(groups?.flatMap((one) => whose(one.items, (found) => found.etsClass === 'C')));
	warn(
		'DIF_CLASS_C',
		large.size > 0,
		[...large].sort((a, b) => a - b)
	);
	return warnings;
}
