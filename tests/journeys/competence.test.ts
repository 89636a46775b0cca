/** Standards, the next post, progress and units side by side, in the demo province: an officer on a phone without script, offices on a PC. */
import { expect, test } from 'vitest';
import { xlsxRows } from '../../src/platform/imports/xlsx.ts';
import { cookieHeader } from '../sign-in.ts';
import { demoStage } from './demo-stage.ts';
import { DESKTOP, PHONE } from './person.ts';

const stage = demoStage();
const { account, cookiesOf, enter } = stage;

test('Ratna sees her match with its gaps, aims at a next post, and sees her year', async () => {
	const ratna = await enter(account('learner', 'RATNA'), PHONE);
	await ratna.goto('/kompetensi');
	await ratna.sees('Tanpa kelebihan (dipakai di sini)');
	await ratna.sees('Dengan kelebihan');
	await ratna.sees('Kesenjangan yang tetap perlu ditutup');
	await ratna.sees(/Komunikasi: level 2, diminta 3/);
	await ratna.press('Lihat kesenjangan ke jabatan tujuan');
	expect(await ratna.heading()).toMatch(/^Untuk Perawat Ahli Madya: \d+ dari \d+/);
	await ratna.sees('Belum dinilai');
	await ratna.set('cari', 'perawat ahli pertama');
	await ratna.page.keyboard.press('Enter');
	await ratna.page.waitForURL(/cari=/);
	await ratna.settled();
	await ratna.press(/^Perawat Ahli Pertama/);
	await ratna.sees('Perbandingan saja, belum ditetapkan sebagai jabatan tujuan.');
	await ratna.press('Tetapkan sebagai jabatan tujuan');
	await ratna.accepted();
	expect(await ratna.heading()).toMatch(/^Untuk Perawat Ahli Pertama/);
	await ratna.sees(/Ditetapkan sebagai jabatan tujuan oleh RATNA DEWI/i);

	await ratna.goto('/kompetensi/jabatan-tujuan?jenjang=ahli_madya');
	await ratna.press(/^Tetapkan sasaran [A-Z]/);
	await ratna.sees(/jenjang Ahli Madya meminta (level )?\d/);
	await ratna.send();
	await ratna.accepted();
	await ratna.sees(/Untuk jabatan tujuan\s+jenjang Ahli Madya, meminta level \d/);
	await ratna.goto('/sasaran');
	await ratna.sees('untuk jenjang Ahli Madya');
	await ratna.goto('/kompetensi/jabatan-tujuan?jenjang=ahli_madya');
	await ratna.sees(/Ada sasaran: level \d/);

	await ratna.goto('/kompetensi');
	await ratna.press('Lihat perkembangan level');
	expect(await ratna.heading()).toMatch(/\d+ kompetensi naik dalam 12 bulan/);
	await ratna.goto('/kompetensi');
	await ratna.press('Buka kamus kompetensi');
	await ratna.press('Edukasi Pasien');
	await ratna.sees('Meminta pasien mengulang');
});

test('the training office compares units, reads a unit over time and opens the people; leadership sees no persons', async () => {
	const office = await enter(account('training_officer'), DESKTOP);
	await office.goto('/kesenjangan');
	await office.press('Compare units');
	await office.pick('kompetensi', /^Communication/);
	await office.press('Show');
	await office.sees(/may be chance|More are short/);
	await office.sees(/% short \(interval \d+%–\d+%\), \d+ of \d+ rated/);
	await office.press(/^See the people/);
	await office.sees(/rated are short in Communication|Communication/);
	await office.goto('/kesenjangan');
	await office.press('Gaps over time');
	await office.sees('95% interval');
	await office.sees(/number rated changed from \d+ to \d+|people were rated/);
	await office.goto('/kesenjangan?jenis=teknis');
	await office.sees('T.KES.01');

	const leader = await enter(account('leadership'), DESKTOP);
	await leader.goto('/kesenjangan/banding?kompetensi=M.3');
	expect(await leader.page.getByRole('link', { name: /^See the people/ }).count()).toBe(0);
});

test('standards come in as a sheet made from the template, and go out again by undo', async () => {
	const found = account('administrator');
	const cookie = cookieHeader(await cookiesOf(found));
	const template = async (file: string) => fetch(`${stage.server.url}/impor/templat/${file}`, { headers: { cookie } });
	const heading = (await (await template('skj.csv')).text()).replace('\ufeff', '').trim();
	expect(heading).toBe('jabatan_id;nama_jabatan;kode_kompetensi;level;berlaku_mulai;dasar');
	const sheet = await Array.fromAsync(xlsxRows(Buffer.from(await (await template('katalog-kompetensi.xlsx')).arrayBuffer())));
	expect(sheet[0]!.cells.slice(0, 2)).toEqual(['kode', 'nama']);

	const administrator = await enter(found, DESKTOP);
	await administrator.goto('/impor?isi=skj');
	const rows = [';Perawat Terampil;M.3;2;01-01-2026;Keputusan Uji', ';Perawat Antariksa;M.3;2;01-01-2026;Keputusan Uji'];
	await administrator.page.setInputFiles('input[name=file]', {
		name: 'skj.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from([heading, ...rows].join('\n'))
	});
	await administrator.send();
	await administrator.page.getByText('nobody holds a post', { exact: false }).first().waitFor();
	await administrator.press(/^Apply/);
	await administrator.page.getByRole('button', { name: /undo/i }).first().waitFor();
	await administrator.goto('/standar?cari=perawat+terampil');
	await administrator.sees(/own, since/);
	await administrator.goto('/impor');
	await administrator.press('skj.csv');
	await administrator.press(/undo/i);
	await administrator.page.waitForTimeout(500);
	await administrator.goto('/standar?cari=perawat+terampil');
	await administrator.sees('common standard');
});

test('the office that keeps the standards sets the weights of sources from a later day, and the history says why', async () => {
	const administrator = await enter(account('administrator'), DESKTOP);
	await administrator.goto('/standar');
	await administrator.press('Weights of sources');
	expect(await administrator.heading()).toBe('Weights of sources, in force since 1 January 2018');
	await administrator.sees('bukan bobot');
	await administrator.set('weight_test', '0');
	await administrator.set('weight_self', '2,5');
	await administrator.set('valid_from', '2099-01-01');
	await administrator.set('basis', 'Minutes of the talent board');
	await administrator.send();
	await administrator.sees('Write a number above zero, with two decimals at most.');
	await administrator.set('weight_test', '40');
	await administrator.send();
	await administrator.accepted();
	expect(await administrator.heading()).toContain('1 January 2018');
	await administrator.sees(/Since 1 January 2099\s+to come/);
	await administrator.sees(/test 40; .*Self 2\.5\s+Minutes of the talent board\s+Set here by/i);
});
