import { numberText } from '#statistics';
import type { BalanceRow, CompletePlan, EvaluationResult } from '#statistics';

/**
 * Drawings of the effect card that stands alone: SVG text in percent, so a drawing fills its column and its words keep
 * their size. Every drawing has a title and a text alternative; meaning never rests on colour.
 */

export const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const percent = (v: number) => `${Math.round(v * 100) / 100}%`;
const scale = (min: number, max: number, from: number, to: number) => (v: number) => from + ((v - min) / (max - min)) * (to - from);
/** Counts below five persons are hidden, never shown as 0. */
export const countText = (n: number) => (n > 0 && n < 5 ? 'disembunyikan (< 5 orang)' : String(n));

function drawing(id: string, title: string, text: string, height: number, body: string): string {
	return `<svg class="chart" role="img" aria-labelledby="${id}-t ${id}-d" height="${height}"><title id="${id}-t">${escape(title)}</title><desc id="${id}-d">${escape(text)}</desc>${body}</svg>`;
}

export type Tone = 'good' | 'null' | 'open' | 'bad';

/** Zero line, band of effects too small to matter, dot, thick 90% and thin 95% bars. */
export function rulerDrawing(plan: CompletePlan, r: EvaluationResult, tone: Tone): string {
	if (r.estimate === null || r.ci95 === null || r.ci90 === null) return '';
	const causal = r.verdict !== 'NO_CAUSAL_VERDICT';
	const n = (v: number) => (v > 0 ? '+' : '') + numberText(v, plan.delta, 'id');
	const edges = [0, -plan.delta, plan.delta, r.estimate, ...(causal ? r.ci95 : [])];
	const span = Math.max(...edges) - Math.min(...edges);
	const step = niceStep(span / 6);
	const min = Math.floor((Math.min(...edges) - span * 0.06) / step) * step;
	const max = Math.ceil((Math.max(...edges) + span * 0.06) / step) * step;
	const x = scale(min, max, 4, 96);
	const at = (v: number) => percent(x(v));
	const colour = `var(--effect-${tone})`;
	let body = `<defs><pattern id="band" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--effect-band)"/><path d="M0 0V6" stroke="var(--line-strong)" stroke-opacity=".35"/></pattern></defs>`;
	body += `<rect x="${at(-plan.delta)}" width="${percent(x(plan.delta) - x(-plan.delta))}" y="26" height="88" fill="url(#band)"/><text class="m" x="${at(0)}" y="16">terlalu kecil untuk berarti</text>`;
	for (const d of [-plan.delta, plan.delta]) body += `<line class="limit" x1="${at(d)}" x2="${at(d)}" y1="26" y2="114"/>`;
	body += `<line class="axis" x1="${at(min)}" x2="${at(max)}" y1="114" y2="114"/>`;
	for (let k = Math.round(min / step); k <= Math.round(max / step); k++) {
		const v = k * step;
		body += `<line class="axis" x1="${at(v)}" x2="${at(v)}" y1="114" y2="119"/><text class="m" x="${at(v)}" y="134">${k === 0 ? '0' : escape((v > 0 ? '+' : '') + numberText(v, step, 'id'))}</text>`;
	}
	body += `<line class="zero" x1="${at(0)}" x2="${at(0)}" y1="26" y2="119"/>`;
	if (causal) {
		const [lo, hi] = r.ci95;
		body += `<line x1="${at(lo)}" x2="${at(hi)}" y1="78" y2="78" stroke="${colour}" stroke-width="2.5"/>`;
		for (const v of [lo, hi]) body += `<line x1="${at(v)}" x2="${at(v)}" y1="71" y2="85" stroke="${colour}" stroke-width="2.5"/>`;
		body += `<line x1="${at(r.ci90[0])}" x2="${at(r.ci90[1])}" y1="78" y2="78" stroke="${colour}" stroke-width="9"/><svg x="${at(r.estimate)}" y="78" overflow="visible"><circle class="dot" r="9" fill="${colour}"/></svg>`;
		body += `<text class="m halo" x="${at(lo)}" y="104">${n(lo)}</text><text class="m halo" x="${at(hi)}" y="104">${n(hi)}</text>`;
	} else
		body += `<line x1="${at(0)}" x2="${at(r.estimate)}" y1="78" y2="78" stroke="var(--effect-null)" stroke-width="2.5" stroke-dasharray="3 5"/><svg x="${at(r.estimate)}" y="78" overflow="visible"><circle class="hollow" r="8" stroke="var(--effect-null)"/></svg>`;
	body += `<text class="m strong halo" style="font-size:17px" x="${at(r.estimate)}" y="58">${n(r.estimate)}</text><text x="${at(min)}" y="154">← turun</text><text class="m" x="50%" y="154">${escape(plan.outcomeUnit.id)}</text><text class="e" x="${at(max)}" y="154">naik →</text>`;
	const range = causal ? ` Kemungkinan besar antara ${n(r.ci95[0])} dan ${n(r.ci95[1])}.` : ' Angka deskriptif, bukan pengaruh.';
	return drawing(
		'ruler',
		'Besar perubahan',
		`${n(r.estimate)} ${plan.outcomeUnit.id}.${range} Batas yang berarti: ${n(-plan.delta)} dan ${n(plan.delta)}.`,
		160,
		body
	);
}

function niceStep(rough: number): number {
	const power = 10 ** Math.floor(Math.log10(rough));
	return ([1, 2, 5, 10].find((m) => m * power >= rough * 0.999) ?? 10) * power;
}

/** |g| of baseline and covariates, lines at 0.05 and 0.25; values past the edge sit on it and keep their number. */
export function balanceDrawing(rows: readonly BalanceRow[]): string {
	const max = 0.4;
	const x = scale(0, max, 34, 86);
	const height = 30 + rows.length * 30;
	const words = { MET: 'setara', NEEDS_ADJUSTMENT: 'perlu penyesuaian', NOT_MET: 'tidak setara' };
	let body = `<line class="axis" x1="${percent(x(0))}" x2="${percent(x(0))}" y1="20" y2="${height}"/>`;
	for (const v of [0.05, 0.25])
		body += `<line class="limit" x1="${percent(x(v))}" x2="${percent(x(v))}" y1="20" y2="${height}"/><text class="m" x="${percent(x(v))}" y="13">${numberText(v, 0.1, 'id')}</text>`;
	const texts = rows.map((row, i) => {
		const g = row.gWeighted ?? row.g;
		const size = g === null ? null : Math.abs(g);
		const label = size === null ? 'tak terukur' : numberText(size, 0.1, 'id');
		const y = 40 + i * 30;
		const tone = { MET: 'positive', NEEDS_ADJUSTMENT: 'caution', NOT_MET: 'danger' }[row.status];
		body += `<text x="0" y="${y + 5}" class="name">${escape(row.name)}</text><line class="grid" x1="${percent(x(0))}" x2="${percent(x(Math.min(size ?? max, max)))}" y1="${y}" y2="${y}"/><svg x="${percent(x(Math.min(size ?? max, max)))}" y="${y}" overflow="visible"><circle class="dot" r="6" fill="var(--${tone})"/></svg><text class="e halo" x="100%" y="${y + 5}">${label}</text>`;
		return `${row.name} ${label}, ${words[row.status]}`;
	});
	return drawing('balance', 'Kesetaraan kedua kelompok sebelum pelatihan', `Selisih baku: ${texts.join('; ')}.`, height + 6, body);
}

/** Persons assigned, attended, measured and analysed, both arms on one scale. */
export function flowDrawing(r: EvaluationResult): string {
	const steps = [
		['ditetapkan', r.flow.assigned],
		['hadir', r.flow.attended],
		['terukur', r.flow.measured],
		['dianalisis', r.flow.analysed]
	] as const;
	const most = Math.max(1, r.flow.assigned.treated, r.flow.assigned.comparison);
	let body = '';
	steps.forEach(([name, counts], i) => {
		const y = i * 62;
		body += `<text class="strong" x="0" y="${y + 13}">${name}</text>`;
		(
			[
				['program', counts.treated],
				['compare', counts.comparison]
			] as const
		).forEach(([arm, n], j) => {
			const top = y + 20 + j * 19;
			const width = n > 0 && n < 5 ? 0 : (n / most) * 70;
			body += `<rect x="0" y="${top}" width="${percent(width)}" height="15" rx="2" fill="var(--arm-${arm})"/><text x="${percent(width + 1.5)}" y="${top + 12.5}">${arm === 'program' ? 'peserta' : 'pembanding'} ${countText(n)}</text>`;
		});
	});
	const text = steps.map(([name, c]) => `${name}: peserta ${countText(c.treated)}, pembanding ${countText(c.comparison)}`).join('; ');
	return drawing('flow', 'Alur orang', `${text}.`, steps.length * 62, body);
}

/** Means before and after with intervals; the lines carry their own names. */
export function beforeAfterDrawing(plan: CompletePlan, r: EvaluationResult): string {
	const arms = [
		['peserta', 'program', r.means?.treated],
		['pembanding', 'compare', r.means?.comparison]
	] as const;
	const known = arms.flatMap(([name, kind, m]) =>
		m && m.before !== null && m.after !== null ? [{ name, kind, m, before: m.before, after: m.after }] : []
	);
	if (known.length === 0) return '';
	const values = known.flatMap(({ m, before, after }) => [before, after, ...(m.beforeCi95 ?? []), ...(m.afterCi95 ?? [])]);
	const low = Math.min(...values);
	const high = Math.max(...values);
	const room = high === low ? 1 : (high - low) * 0.1;
	const y = (v: number) => Math.round(scale(low - room, high + room, 180, 14)(v) * 10) / 10;
	const n = (v: number) => numberText(v, plan.delta, 'id');
	let body = '<text class="m" x="16%" y="204">sebelum</text><text class="m" x="62%" y="204">sesudah</text>';
	known.forEach(({ name, kind, m, before, after }, i) => {
		const colour = `var(--arm-${kind})`;
		body += `<line x1="16%" y1="${y(before)}" x2="62%" y2="${y(after)}" stroke="${colour}" stroke-width="3"${kind === 'compare' ? ' stroke-dasharray="7 4"' : ''}/>`;
		for (const [at, v, ci] of [
			[16 + i, before, m.beforeCi95],
			[62 + i, after, m.afterCi95]
		] as const) {
			if (ci) body += `<line x1="${at}%" x2="${at}%" y1="${y(ci[0])}" y2="${y(ci[1])}" stroke="${colour}" stroke-width="1.5"/>`;
			body += `<svg x="${at}%" y="${y(v)}" overflow="visible">${kind === 'program' ? `<circle class="dot" r="6" fill="${colour}"/>` : `<rect class="dot" x="-5.5" y="-5.5" width="11" height="11" fill="${colour}"/>`}</svg>`;
		}
		body += `<text class="halo" x="66%" y="${y(after) + (i === 0 ? -3 : 15)}"><tspan class="strong">${n(after)}</tspan> ${name}</text>`;
	});
	const text = known.map(({ name, before, after }) => `${name} dari ${n(before)} menjadi ${n(after)}`).join('; ');
	return drawing('before-after', 'Sebelum dan sesudah', `${text}. Satuan: ${plan.outcomeUnit.id}.`, 210, body);
}
