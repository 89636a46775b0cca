import * as m from '#paraglide/messages.js';
import { ago, date, percent } from '#ui/format.ts';
import type { GapColumn, Source } from '../rules.ts';
import type { LevelTrend } from '../server/level-trends.ts';
import type { NextPost } from '../server/next-post.ts';
import type { WeightSet } from '../server/source-weights.ts';
import type { TrendPoint } from '../server/unit-trend.ts';

const sources: Record<Source, () => string> = {
	assessment_centre: () => m.competency_source_assessment_centre(),
	test: () => m.competency_source_test(),
	superior: () => m.competency_source_superior(),
	peer: () => m.competency_source_peer(),
	subordinate: () => m.competency_source_subordinate(),
	self: () => m.competency_source_self()
};
export const sourceWord = (source: Source): string => sources[source]();

const confidences: Record<string, () => string> = {
	found: () => m.competency_confidence_found(),
	recalled: () => m.competency_confidence_recalled(),
	uncertain: () => m.competency_confidence_uncertain(),
	confirmed: () => m.competency_confidence_confirmed()
};
export const confidenceWord = (confidence: string): string => confidences[confidence]?.() ?? confidence;

const categories: Record<string, () => string> = {
	manajerial: () => m.competency_category_manajerial(),
	sosial_kultural: () => m.competency_category_sosial_kultural(),
	teknis: () => m.competency_category_teknis(),
	pemerintahan: () => m.competency_category_pemerintahan()
};
export const categoryWord = (category: string): string => categories[category]?.() ?? category;

const weightSetStates: Record<WeightSet['state'], () => string> = {
	in_force: () => m.competency_weights_state_in_force(),
	upcoming: () => m.competency_weights_state_upcoming(),
	former: () => m.competency_weights_state_former(),
	replaced: () => m.competency_weights_state_replaced()
};
export const weightSetState = (state: WeightSet['state']): string => weightSetStates[state]();

const rungs: Record<string, () => string> = {
	jpt_utama: () => m.competency_rung_jpt_utama(),
	jpt_madya: () => m.competency_rung_jpt_madya(),
	jpt_pratama: () => m.competency_rung_jpt_pratama(),
	administrator: () => m.competency_rung_administrator(),
	pengawas: () => m.competency_rung_pengawas(),
	pelaksana: () => m.competency_rung_pelaksana(),
	pemula: () => m.competency_rung_pemula(),
	terampil: () => m.competency_rung_terampil(),
	mahir: () => m.competency_rung_mahir(),
	penyelia: () => m.competency_rung_penyelia(),
	ahli_pertama: () => m.competency_rung_ahli_pertama(),
	ahli_muda: () => m.competency_rung_ahli_muda(),
	ahli_madya: () => m.competency_rung_ahli_madya(),
	ahli_utama: () => m.competency_rung_ahli_utama()
};
export const rungWord = (rung: string): string => rungs[rung]?.() ?? rung;

const DAY = 86_400_000;

/** How long ago, in the largest unit that is at least two: "8 bulan yang lalu", "hari ini". */
export function age(then: Date, now: Date): string {
	const days = Math.floor(now.getTime() / DAY) - Math.floor(then.getTime() / DAY);
	if (days < 45) return ago(Math.max(0, days), 'day');
	const years = Math.floor(days / 365.25);
	return years < 2 ? ago(Math.round(days / 30.44), 'month') : ago(years, 'year');
}

const gapColumns: Record<GapColumn, () => string> = {
	name: () => m.competency_officer(),
	unit: () => m.competency_map_unit(),
	opd: () => m.people_officer_opd(),
	required: () => m.competency_asked(),
	actual: () => m.competency_has(),
	gap: () => m.competency_gap(),
	rated: () => m.competency_source()
};
export const gapColumnName = (column: GapColumn): string => gapColumns[column]();

/** `Perawat Ahli Madya`, or `jenjang Ahli Madya`. */
export const targetName = (target: { kind: string; ref: string; name: string | null }): string =>
	target.name ?? m.competency_next_rung({ rung: rungWord(target.ref) });

/** The finding of the page of a next post. */
export function nextPostTitle({ target, rows }: NextPost): string {
	if (!target || rows.length === 0) return m.competency_next_title_none();
	const post = targetName(target);
	const short = rows.filter((row) => row.gap !== null && row.gap > 0).length;
	if (short > 0) return m.competency_next_title_short({ post, short, all: rows.length });
	return rows.every((row) => row.actual === null) ? m.competency_next_title_unknown({ post }) : m.competency_next_title_met({ post });
}

/** Whose it is, and why this post is shown. */
export function nextPostLead({ officer, why, chosen }: NextPost): string {
	const name = [officer.display_name, officer.post_name].filter(Boolean).join(', ');
	if (why === 'asked') return m.competency_next_lead_asked({ name });
	if (why === 'chosen') return m.competency_next_lead_chosen({ name, by: chosen!.by, day: date(chosen!.at) });
	return why === 'next_rung' ? m.competency_next_lead_next_rung({ name }) : m.competency_next_lead_top({ name });
}

/** The finding of a year of levels. */
export function levelTrendsTitle(trends: LevelTrend[]): string {
	if (trends.length === 0) return m.competency_progress_title_none();
	const up = trends.filter((trend) => (trend.change ?? 0) > 0).length;
	const months = trends[0]!.points.length - 1;
	return up > 0 ? m.competency_progress_title_up({ up, months }) : m.competency_progress_title_same({ months });
}

/** The finding of a unit's trend; a change is said only where the intervals of the first and last point do not meet. */
export function unitTrendTitle(unit: string, points: TrendPoint[]): string {
	const shown = points.filter((point) => point.share !== null);
	const [first, last] = [shown[0], shown.at(-1)];
	if (!first || !last) return m.competency_trend_title_unknown({ unit });
	const to = percent(last.share!, 0);
	if (first === last) return m.competency_trend_title_one({ unit, to });
	const from = percent(first.share!, 0);
	if (from === to) return m.competency_trend_title_same({ unit, to });
	if (last.high! < first.low!) return m.competency_trend_title_down({ unit, from, to });
	return last.low! > first.high! ? m.competency_trend_title_up({ unit, from, to }) : m.competency_trend_title_chance({ unit, from, to });
}
