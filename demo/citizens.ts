/** Service units and what citizens answered there. */
import { sql } from 'kysely';
import { openServiceUnit, respond } from '../src/modules/service/server/index.ts';
import { newId } from '../src/platform/ids.ts';
import type { Stage } from './stage.ts';

/** Eight counters and their citizens, this year and the last. */
export async function citizens(stage: Stage): Promise<void> {
	const counters: [unit: string, name: string, service: string, mean: number][] = [
		['Loket Pendaftaran', 'Loket Pendaftaran RSUD Contoh', 'Pendaftaran rawat jalan', 3.2],
		['Instalasi Rawat Jalan', 'Rawat Jalan RSUD Contoh', 'Poliklinik', 3.3],
		['Instalasi Farmasi', 'Farmasi RSUD Contoh', 'Pengambilan obat', 3.05],
		['Bidang Pelayanan Perizinan', 'Loket Perizinan', 'Izin usaha', 3.15],
		['Bidang Administrasi Kependudukan', 'Loket Kependudukan', 'Akta dan surat pindah', 3.1],
		['UPTD Samsat Kota Jambi', 'Samsat Kota Jambi', 'Pajak kendaraan', 3.25],
		['UPTD Samsat Merangin', 'Samsat Merangin', 'Pajak kendaraan', 2.9],
		['UPTD KPHP Batang Asai', 'KPHP Batang Asai', 'Izin hasil hutan', 3.0]
	];
	for (const [unit, name, service, mean] of counters) {
		const { id } = await stage.act((db) =>
			openServiceUnit(db, stage.manager, stage.day(-410), { unit_id: stage.unitIds.get(unit)!, name, service_name: service })
		);
		const { rows } = await sql<{ code: string }>`select code from service.service_units where id = ${id}`.execute(stage.db);
		const answer = (lift: number) => Math.min(4, Math.max(1, Math.round(mean + lift + 0.6 * stage.random.normal())));
		await stage.act(async (db) => {
			for (let i = 0; i < 90; i++) {
				const days = -stage.random.between(1, 400);
				const lift = days > -200 && /RSUD/.test(name) ? 0.15 : 0;
				await respond(db, stage.day(days, 10), rows[0]!.code, {
					response_id: newId(),
					...Object.fromEntries(['u1', 'u2', 'u3', 'u4', 'u5', 'u8', 'u9'].map((key) => [key, answer(0)])),
					u6: answer(lift),
					u7: answer(lift),
					sex: stage.random.pick(['P', 'L']),
					age_band: stage.random.pick(['20-29', '30-39', '40-49', '50-59']),
					education: stage.random.pick(['SLTA', 'S1', 'SD']),
					occupation: stage.random.pick(['swasta', 'petani', 'wirausaha', 'rumah_tangga']),
					comment: ''
				} as never);
			}
		});
	}
}
