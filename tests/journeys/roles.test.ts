/** What the room "competence" promises in the demo province: the training officer on a PC, superior and officer on a phone without script. */
import { expect, test } from 'vitest';
import { xlsxRows } from '../../src/platform/imports/xlsx.ts';
import { cookieHeader } from '../sign-in.ts';
import { demoStage } from './demo-stage.ts';
import { DESKTOP, PHONE } from './person.ts';

const stage = demoStage();
const { account, cookiesOf, enter } = stage;

test('a training officer goes from the map to the people behind a cell, to one of them and to the sheet', async () => {
	const found = account('training_officer');
	const officer = await enter(found, DESKTOP);
	await officer.goto('/kesenjangan');
	const cells = officer.page.locator('a[href*="baris="]');
	expect(await cells.count(), 'cells that open').toBeGreaterThan(0);
	// a cell where somebody falls short names the first of them
	await cells.filter({ hasText: '−' }).first().click();
	await officer.page.waitForURL(/baris=/);
	const first = officer.page.locator('#sel li a').first();
	const furthest = (await first.innerText()).trim();
	await first.click();
	await officer.page.waitForURL(/\/orang\//);
	expect((await officer.heading()).trim()).toBe(furthest);
	await officer.page.goBack();
	const list = officer.page.locator('#sel a[href^="/kesenjangan/orang?"]').first();
	const address = `${(await list.getAttribute('href'))!}&tampil=semua`;
	await officer.goto(address);
	const shown = await officer.page.locator('main tbody tr').count();
	expect(shown, 'people behind the cell').toBeGreaterThan(0);

	// the sheet is the list, in the same order
	const names = await officer.page.locator('main tbody th').allInnerTexts();
	const answer = await fetch(stage.server.url + address.replace('/kesenjangan/orang?', '/kesenjangan/orang/unduh.xlsx?'), {
		headers: { cookie: cookieHeader(await cookiesOf(found)) }
	});
	expect(answer.status).toBe(200);
	const sheet: string[] = [];
	for await (const row of xlsxRows(Buffer.from(await answer.arrayBuffer()))) sheet.push(row.cells.join(' '));
	expect(sheet.join('\n')).toContain('Data contoh');
	for (const name of names) expect(sheet.join('\n')).toContain(name.split('\n')[0]!.trim());

	await officer.page.locator('main tbody a[href^="/orang/"]').first().click();
	await officer.page.waitForURL(/\/orang\//);
	await officer.quiet();
	await officer.settled();
	expect((await officer.heading()).trim()).toBe(names[0]!.split('\n')[0]!.trim());
});

test('a training officer sees nothing of another OPD', async () => {
	const found = account('training_officer');
	const headers = { cookie: cookieHeader(await cookiesOf(found)) };
	const administrator = cookieHeader(await cookiesOf(account('administrator')));
	const everybody = await (await fetch(`${stage.server.url}/orang?urut=name`, { headers: { cookie: administrator } })).text();
	const statuses = new Map<number, number>();
	for (const [, id] of everybody.matchAll(/href="\/orang\/([0-9a-f-]{36})"/g)) {
		const { status } = await fetch(`${stage.server.url}/orang/${id}`, { headers });
		statuses.set(status, (statuses.get(status) ?? 0) + 1);
	}
	expect([...statuses.keys()].sort(), 'own OPD opens, every other reads as not found').toEqual([200, 404]);
});

test('a superior rates on the phone what the page asks for, and the level says where it comes from', async () => {
	const superior = await enter(account('superior'), PHONE);
	await superior.goto('/tim');
	await superior.page
		.locator('main a[href^="/tim/"]')
		.filter({ hasNotText: /sasaran/i })
		.first()
		.click();
	await superior.settled();
	const rate = superior.page.locator('main a[href^="/tim/nilai?"]').first();
	await superior.goto((await rate.getAttribute('href'))!);
	const level = superior.page.locator('main input[type=radio][value="3"]').first();
	await level.check({ force: true });
	await superior.send();
	await superior.accepted();
	await superior.sees(/tersimpan|disimpan/i);
});

test('an officer sees each competency with what is asked, what is shown and why', async () => {
	const officer = await enter(account('learner'), PHONE);
	await officer.goto('/kompetensi');
	await officer.sees(/diminta/i);
	const why = officer.page.locator('main details', { hasText: /Kenapa/ }).first();
	await why.locator('summary').click();
	expect((await why.innerText()).length).toBeGreaterThan(40);
	await officer.page.locator('main a[href^="/kompetensi/"]').first().click();
	await officer.settled();
	await officer.sees(/Level/i);
});
