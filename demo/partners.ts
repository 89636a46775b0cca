/** Organisations outside the government and what they give. */
import { competencyByCode } from '../src/modules/competency/server/index.ts';
import { addOrganisation, decideOffer, makeOffer, recordAgreement } from '../src/modules/partners/server/index.ts';
import type { Actor } from '../src/platform/actor.ts';
import { inTransaction, type Db } from '../src/platform/database/connection.ts';
import { dayText, type Stage } from './stage.ts';

export const universityOf = async (db: Db, manager: Actor, at: Date): Promise<string> =>
	(
		await inTransaction(db, (own) =>
			addOrganisation(own, manager, at, {
				kind: 'university',
				name: 'Universitas Contoh Batanghari',
				city: 'Kota Jambi',
				contact_email: 'kerja.sama@kampus-contoh.example'
			})
		)
	).id;

/** Story 4: a company's gift with its interest declared, and an offer of an NGO that waits. */
export async function gifts(stage: Stage): Promise<void> {
	await stage.act(async (db) => {
		const at = stage.day(-90);
		const company = await addOrganisation(db, stage.manager, at, {
			kind: 'company',
			name: 'PT Contoh Angso Duo',
			city: 'Muaro Jambi',
			contact_email: 'tjsl@angso-duo-contoh.example'
		});
		const grant = await recordAgreement(db, stage.manager, at, company.id, {
			kind: 'hibah',
			number: '07/HIBAH/CONTOH/2026',
			title: 'Dukungan pelatihan digital bagi aparatur',
			signed_on: dayText(at),
			valid_until: dayText(stage.day(270))
		});
		const digital = (await competencyByCode(db, 'M.7')).id;
		const offered = await makeOffer(db, stage.manager, at, company.id, {
			agreement_id: grant.id,
			title: 'Pelatihan layanan digital',
			competency_id: digital,
			target_level: 2,
			seats: 40,
			hours: 16,
			value_rupiah: 120_000_000,
			description: 'Pengajar, tempat, dan perangkat dari perusahaan.',
			conflict_of_interest: 'Perusahaan sedang mengurus izin lingkungan di DPMPTSP.'
		});
		await decideOffer(db, stage.manager, stage.day(-80), offered.id, {
			decision: 'accepted',
			note: 'Peserta dari DPMPTSP tidak diikutkan selama izin diproses.'
		});
		const ngo = await addOrganisation(db, stage.manager, at, {
			kind: 'ngo',
			name: 'Yayasan Contoh Rimba Batanghari',
			city: 'Sarolangun',
			contact_email: 'halo@rimba-contoh.example'
		});
		await makeOffer(db, stage.manager, stage.day(-20), ngo.id, {
			agreement_id: '',
			title: 'Mendengar warga di tepi hutan',
			competency_id: (await competencyByCode(db, 'M.3')).id,
			target_level: 2,
			seats: 15,
			hours: 12,
			value_rupiah: 0,
			description: 'Dua hari di desa bersama fasilitator.',
			conflict_of_interest: ''
		});
	});
}
