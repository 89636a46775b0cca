import qrcode from 'qrcode-generator';
import { serviceUnit } from '#modules/service/server/index.ts';

/** The QR of the survey, to print and put on the counter. */
export const GET = async ({ locals, params, url }) => {
	const unit = await serviceUnit(locals.db, locals.actor, params.id);
	const qr = qrcode(0, 'M');
	qr.addData(`${url.origin}/skm/${unit.code}`);
	qr.make();
	return new Response(qr.createSvgTag({ cellSize: 4, margin: 8, scalable: true }), { headers: { 'content-type': 'image/svg+xml' } });
};
