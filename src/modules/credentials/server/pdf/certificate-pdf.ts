import { PDFDocument, degrees, type PDFPage } from 'pdf-lib';
import qrcode from 'qrcode-generator';
import * as m from '#paraglide/messages.js';
import { dayOf } from '#platform/clock.ts';
import { writtenCode } from '../../rules.ts';
import type { Certificate } from '../certificates.ts';
import { DURIAN_HEIGHT, DURIAN_PECAH, DURIAN_WIDTH, KERIS } from './motif.ts';
import { fittingSize, GOLD, INDIGO, IVORY, MADDER, MUTED, setText, standardFonts, WHITE, type Fonts } from './lettering.ts';

/** A4 landscape, in points. */
const WIDTH = 841.89;
const HEIGHT = 595.28;
const EDGE = 28.6;
const MIDDLE = WIDTH / 2;
/** Official papers of the state are written in Indonesian, whoever downloads them (UU 24/2009 article 27). */
const ID = { locale: 'id' } as const;

const numbers = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 2 });
const date = (day: string): string =>
	new Intl.DateTimeFormat('id-ID', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
		new Date(`${day}T00:00:00Z`)
	);

export interface CertificatePrint {
	/** Printed across both pages when the installation holds invented people. */
	demo: boolean;
	/** Where the QR leads, with the code at its end. */
	checkUrl: string;
}

/**
 * The certificate as PDF: front with name, activity, number and QR, back with the curriculum. The same certificate
 * and address give the same bytes, so a stored hash of the paper keeps its meaning.
 */
export async function certificatePdf(certificate: Certificate, print: CertificatePrint): Promise<Uint8Array> {
	const pdf = await PDFDocument.create({ updateMetadata: false });
	pdf.setTitle(`${m.credentials_pdf_title({}, ID)} ${certificate.number}`);
	pdf.setSubject(certificate.content.title);
	pdf.setLanguage('id-ID');
	pdf.setCreator('Siginjai');
	pdf.setProducer('Siginjai');
	pdf.setCreationDate(certificate.issued_at);
	pdf.setModificationDate(certificate.issued_at);
	const fonts = await standardFonts(pdf);
	front(pdf.addPage([WIDTH, HEIGHT]), fonts, certificate, print);
	back(pdf, fonts, certificate);
	for (const page of pdf.getPages()) stamp(page, fonts, certificate, print);
	return pdf.save();
}

function front(page: PDFPage, fonts: Fonts, certificate: Certificate, print: CertificatePrint): void {
	const { content } = certificate;
	border(page);
	const head = Math.max(fonts.bold.widthOfTextAtSize(content.government, 12), fonts.plain.widthOfTextAtSize(content.institution, 12));
	for (const path of KERIS) page.drawSvgPath(path, { x: MIDDLE - head / 2 - 40, y: HEIGHT - 58, scale: 1.5, color: GOLD });
	setText(page, [{ text: content.government, font: fonts.bold }], { x: MIDDLE - head / 2, y: HEIGHT - 72, size: 12, width: 600 });
	setText(page, [{ text: content.institution, font: fonts.plain }], { x: MIDDLE - head / 2, y: HEIGHT - 88, size: 12, width: 600 });

	const centred = { x: MIDDLE, width: 640, centred: true };
	setText(page, [{ text: m.credentials_pdf_title({}, ID), font: fonts.serif }], { ...centred, y: HEIGHT - 150, size: 48 });
	setText(page, [{ text: m.credentials_pdf_number({ number: certificate.number }, ID), font: fonts.plain }], {
		...centred,
		y: HEIGHT - 172,
		size: 11,
		color: MUTED
	});
	setText(page, [{ text: m.credentials_pdf_given_to({}, ID), font: fonts.plain }], { ...centred, y: HEIGHT - 208, size: 13 });
	const nameSize = fittingSize(content.name, fonts.serif, 32, centred.width);
	let y = setText(page, [{ text: content.name, font: fonts.serif }], {
		...centred,
		y: HEIGHT - 244,
		size: nameSize,
		color: MADDER,
		leading: 1.15
	});
	y += nameSize * 1.15 - 22;
	if (content.nip)
		y = setText(page, [{ text: m.credentials_pdf_nip({ nip: content.nip }, ID), font: fonts.plain }], { ...centred, y, size: 12 });
	const work = [content.post, content.unit].filter(Boolean).join(', ');
	if (work) y = setText(page, [{ text: work, font: fonts.plain }], { ...centred, y, size: 12 });
	y = setText(
		page,
		[
			{ text: `${m.credentials_pdf_completed({}, ID)} `, font: fonts.plain },
			{ text: content.title, font: fonts.bold },
			{ text: `, ${m.credentials_pdf_jp({ jp: numbers.format(content.jp) }, ID)}, `, font: fonts.plain },
			{ text: m.credentials_pdf_period({ from: date(content.startsOn), to: date(content.endsOn) }, ID), font: fonts.plain },
			...(content.place ? [{ text: `, ${m.credentials_pdf_place({ place: content.place }, ID)}`, font: fonts.plain }] : []),
			{ text: '.', font: fonts.plain }
		],
		{ ...centred, y: y - 14, size: 14, leading: 1.5 }
	);
	setText(page, [{ text: m.credentials_pdf_competency({ competency: content.competency, level: content.level }, ID), font: fonts.plain }], {
		...centred,
		y: y - 2,
		size: 12,
		color: MUTED
	});
	footer(page, fonts, certificate, print);
}

function footer(page: PDFPage, fonts: Fonts, certificate: Certificate, print: CertificatePrint): void {
	const { content } = certificate;
	const left = 84;
	const size = 74;
	qr(page, print.checkUrl, left, 64 + size, size);
	const beside = { x: left + size + 12, size: 9.5, width: 260, leading: 1.45 };
	const y = setText(page, [{ text: m.credentials_pdf_check({}, ID), font: fonts.plain }], { ...beside, y: 108 });
	setText(page, [{ text: print.checkUrl.replace(/^https?:\/\//, '').replace(/[^/]+$/, writtenCode(certificate.code)), font: fonts.bold }], {
		...beside,
		y
	});
	const right = { x: WIDTH - 300, size: 11, width: 220 };
	const issued = date(dayOf(certificate.issued_at));
	const after = setText(page, [{ text: content.city ? `${content.city}, ${issued}` : issued, font: fonts.plain }], { ...right, y: 150 });
	setText(page, [{ text: content.signer || m.credentials_pdf_head({ institution: content.institution }, ID), font: fonts.plain }], {
		...right,
		y: after
	});
	page.drawLine({ start: { x: right.x, y: 72 }, end: { x: right.x + 200, y: 72 }, thickness: 0.6, color: MUTED });
}

/** The selvedge: indigo cloth with gold durian around the page, corners left free, and a thin gold line inside. */
function border(page: PDFPage): void {
	page.drawRectangle({ x: 0, y: 0, width: WIDTH, height: HEIGHT, color: INDIGO });
	page.drawRectangle({ x: EDGE, y: EDGE, width: WIDTH - 2 * EDGE, height: HEIGHT - 2 * EDGE, color: IVORY });
	page.drawRectangle({
		x: EDGE + 10,
		y: EDGE + 10,
		width: WIDTH - 2 * EDGE - 20,
		height: HEIGHT - 2 * EDGE - 20,
		borderColor: GOLD,
		borderWidth: 0.8
	});
	const tiles = (length: number) => Math.round(length / 41);
	const across = WIDTH - 2 * EDGE;
	const scale = across / tiles(across) / DURIAN_WIDTH;
	const inset = (EDGE - DURIAN_HEIGHT * scale) / 2;
	for (let tile = 0; tile < tiles(across); tile++)
		for (const top of [HEIGHT - inset, EDGE - inset])
			page.drawSvgPath(DURIAN_PECAH, { x: EDGE + tile * DURIAN_WIDTH * scale, y: top, scale, color: GOLD });
	const up = HEIGHT - 2 * EDGE;
	const scaleUp = up / tiles(up) / DURIAN_WIDTH;
	const insetUp = (EDGE - DURIAN_HEIGHT * scaleUp) / 2;
	for (let tile = 0; tile < tiles(up); tile++)
		for (const x of [insetUp, WIDTH - EDGE + insetUp])
			page.drawSvgPath(DURIAN_PECAH, { x, y: EDGE + tile * DURIAN_WIDTH * scaleUp, scale: scaleUp, color: GOLD, rotate: degrees(90) });
}

function qr(page: PDFPage, text: string, x: number, top: number, size: number): void {
	const code = qrcode(0, 'M');
	code.addData(text);
	code.make();
	const count = code.getModuleCount();
	const scale = size / (count + 4);
	page.drawRectangle({ x, y: top - size, width: size, height: size, color: WHITE });
	let path = '';
	for (let row = 0; row < count; row++)
		for (let column = 0; column < count; column++) if (code.isDark(row, column)) path += `M${column + 2} ${row + 2}h1v1h-1z`;
	page.drawSvgPath(path, { x, y: top, scale, color: INDIGO });
}

const LEFT = 84;
const ROWS_A_PAGE = 20;

/** The back: what was learned, and how the JP came about; more pages where a course has many lessons. */
function back(pdf: PDFDocument, fonts: Fonts, certificate: Certificate): void {
	const { content } = certificate;
	for (let from = 0; from === 0 || from < content.curriculum.length; from += ROWS_A_PAGE) {
		const page = pdf.addPage([WIDTH, HEIGHT]);
		const plain = (text: string) => [{ text, font: fonts.plain }];
		const width = WIDTH - 2 * LEFT;
		let y = setText(page, [{ text: content.title, font: fonts.serif }], {
			x: LEFT,
			y: HEIGHT - 78,
			size: fittingSize(content.title, fonts.serif, 22, width),
			width,
			leading: 1.2
		});
		y = setText(page, plain(m.credentials_pdf_number({ number: certificate.number }, ID)), {
			x: LEFT,
			y: y - 2,
			size: 10,
			width,
			color: MUTED
		});
		y = setText(
			page,
			plain(
				m.credentials_pdf_attended(
					{ class: content.className, form: content.formName, attended: content.daysAttended, days: content.days },
					ID
				)
			),
			{ x: LEFT, y: y - 6, size: 11, width }
		);
		y -= 14;
		if (content.curriculum.length === 0) {
			setText(page, plain(m.credentials_pdf_no_curriculum({ jp: numbers.format(content.jp) }, ID)), { x: LEFT, y, size: 11, width });
			continue;
		}
		y = row(page, fonts, y, m.credentials_pdf_no({}, ID), m.credentials_pdf_material({}, ID), m.credentials_pdf_learning({}, ID), true);
		for (const [index, lesson] of content.curriculum.slice(from, from + ROWS_A_PAGE).entries())
			y = row(page, fonts, y, String(from + index + 1), lesson.title, lesson.jp === null ? '' : numbers.format(lesson.jp), false);
		if (from + ROWS_A_PAGE >= content.curriculum.length)
			setText(page, plain(m.credentials_pdf_credited({ jp: numbers.format(content.jp) }, ID)), { x: LEFT, y: y - 8, size: 11, width });
	}
}

function row(page: PDFPage, fonts: Fonts, y: number, number: string, title: string, jp: string, heading: boolean): number {
	const font = heading ? fonts.bold : fonts.plain;
	const size = 10.5;
	setText(page, [{ text: number, font }], { x: LEFT, y, size, width: 30 });
	const below = setText(page, [{ text: title, font }], {
		x: LEFT + 36,
		y,
		size: heading ? size : fittingSize(title, font, size, 500),
		width: 500,
		leading: 1.3
	});
	setText(page, [{ text: jp, font }], { x: WIDTH - LEFT - font.widthOfTextAtSize(jp, size), y, size, width: 120 });
	page.drawLine({
		start: { x: LEFT, y: below + 7 },
		end: { x: WIDTH - LEFT, y: below + 7 },
		thickness: heading ? 1 : 0.4,
		color: heading ? INDIGO : MUTED
	});
	return below - 5;
}

/** What must not be overlooked: invented people, and a certificate that was taken back. */
function stamp(page: PDFPage, fonts: Fonts, certificate: Certificate, print: CertificatePrint): void {
	const across = (text: string, y: number) => {
		const size = 84;
		const wide = fonts.bold.widthOfTextAtSize(text, size);
		page.drawText(text, {
			x: MIDDLE - (wide / 2) * Math.cos(Math.PI / 9),
			y: y - (wide / 2) * Math.sin(Math.PI / 9),
			size,
			font: fonts.bold,
			color: MADDER,
			opacity: 0.13,
			rotate: degrees(20)
		});
	};
	if (print.demo) {
		across(m.credentials_pdf_demo({}, ID), HEIGHT / 2 - 20);
		setText(page, [{ text: m.credentials_pdf_demo_line({}, ID), font: fonts.bold }], {
			x: MIDDLE,
			y: EDGE + 18,
			size: 9,
			width: 600,
			centred: true,
			color: MADDER
		});
	}
	if (certificate.revoked_at) across(m.credentials_pdf_revoked({}, ID), HEIGHT / 2 - 110);
}
