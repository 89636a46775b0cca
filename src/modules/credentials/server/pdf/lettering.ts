import { PDFDocument, StandardFonts, rgb, type Color, type PDFFont, type PDFPage } from 'pdf-lib';

/** The fonts every reader has: nothing is embedded, so a certificate weighs a few kilobytes. They know Windows-1252 only. */
export interface Fonts {
	serif: PDFFont;
	plain: PDFFont;
	bold: PDFFont;
	italic: PDFFont;
}

export async function standardFonts(pdf: PDFDocument): Promise<Fonts> {
	return {
		serif: await pdf.embedFont(StandardFonts.TimesRomanBold),
		plain: await pdf.embedFont(StandardFonts.Helvetica),
		bold: await pdf.embedFont(StandardFonts.HelveticaBold),
		italic: await pdf.embedFont(StandardFonts.HelveticaOblique)
	};
}

export const INDIGO = rgb(0x17 / 255, 0x1f / 255, 0x45 / 255);
export const GOLD = rgb(0xc9 / 255, 0x9a / 255, 0x34 / 255);
export const MADDER = rgb(0x8c / 255, 0x1f / 255, 0x28 / 255);
export const IVORY = rgb(1, 0xfd / 255, 0xf8 / 255);
export const MUTED = rgb(0x4a / 255, 0x4f / 255, 0x66 / 255);
export const WHITE = rgb(1, 1, 1);

/** Letters without a base letter of their own in Unicode's decomposition. */
const SPELT: Record<string, string> = {
	ł: 'l',
	Ł: 'L',
	đ: 'd',
	Đ: 'D',
	ħ: 'h',
	Ħ: 'H',
	ı: 'i',
	ĸ: 'k',
	ŋ: 'ng',
	Ŋ: 'NG',
	ŧ: 't',
	Ŧ: 'T',
	ʻ: "'",
	ʼ: "'",
	ʾ: "'",
	ʿ: "'",
	'‑': '-',
	'−': '-',
	'\u00a0': ' '
};

/**
 * The text in letters the standard fonts have: marks they lack are dropped (Ş → S), what cannot be written so becomes
 * `?`. The check page shows the name as it is recorded.
 */
export function writable(text: string, font: PDFFont): string {
	const known = new Set(font.getCharacterSet());
	const has = (part: string) => [...part].every((letter) => known.has(letter.codePointAt(0)!));
	return [...text.normalize('NFC')]
		.map((letter) => {
			if (has(letter)) return letter;
			const spelt = SPELT[letter] ?? letter.normalize('NFKD').replace(/\p{M}/gu, '');
			return spelt !== '' && has(spelt) ? spelt : /\p{M}|\p{Cf}/u.test(letter) ? '' : '?';
		})
		.join('');
}

export interface Run {
	text: string;
	font: PDFFont;
}

/** Breaks runs into lines no wider than `width`; a word alone may be wider. */
function linesOf(runs: Run[], size: number, width: number): Run[][] {
	const words = runs.flatMap((run) =>
		writable(run.text, run.font)
			.split(/(?<=\s)/)
			.map((text) => ({ text, font: run.font }))
	);
	const lines: Run[][] = [[]];
	let used = 0;
	for (const word of words) {
		const wide = word.font.widthOfTextAtSize(word.text.trimEnd(), size);
		if (used > 0 && used + wide > width) {
			lines.push([]);
			used = 0;
		}
		lines.at(-1)!.push(word);
		used += word.font.widthOfTextAtSize(word.text, size);
	}
	return lines;
}

interface Setting {
	/** Left edge, or the middle for centred text. */
	x: number;
	/** Base line of the first line. */
	y: number;
	size: number;
	width: number;
	color?: Color;
	centred?: boolean;
	leading?: number;
}

/** Sets runs in lines; returns the base line below the last one. */
export function setText(
	page: PDFPage,
	runs: Run[],
	{ x, y, size, width, color = INDIGO, centred = false, leading = 1.4 }: Setting
): number {
	let base = y;
	for (const line of linesOf(runs, size, width)) {
		const wide = line.reduce(
			(sum, run, index) => sum + run.font.widthOfTextAtSize(index === line.length - 1 ? run.text.trimEnd() : run.text, size),
			0
		);
		let at = centred ? x - wide / 2 : x;
		for (const run of line) {
			page.drawText(run.text, { x: at, y: base, size, font: run.font, color });
			at += run.font.widthOfTextAtSize(run.text, size);
		}
		base -= size * leading;
	}
	return base;
}

/** The largest size, down to six tenths, at which the text stands in one line; longer ones then break. */
export function fittingSize(text: string, font: PDFFont, size: number, width: number): number {
	const wide = font.widthOfTextAtSize(writable(text, font), size);
	return wide <= width ? size : Math.max(size * 0.6, (size * width) / wide);
}
