import * as m from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import type { GapColumn, Source } from '../rules.ts';

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
	const words = (count: number, unit: 'day' | 'month' | 'year') =>
		new Intl.RelativeTimeFormat(getLocale(), { numeric: unit === 'day' ? 'auto' : 'always' }).format(-count, unit);
	if (days < 45) return words(Math.max(0, days), 'day');
	const months = Math.round(days / 30.44);
	return months < 24 ? words(months, 'month') : words(Math.floor(months / 12), 'year');
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
