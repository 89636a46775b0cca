import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { openWorld, type World } from '../../tests/world.ts';
import { sendMail } from './mail/mail.ts';
import { newId } from './ids.ts';
import { once } from './once.ts';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world.close());

test('a mail leaves only when its transaction stands', async () => {
	await expect(
		world.transaction(async (db) => {
			await sendMail(db, { to: 'a@contoh.example', subject: 'tidak jadi', text: '' });
			throw new Error('undo');
		})
	).rejects.toThrow('undo');
	await world.transaction((db) => sendMail(db, { to: 'b@contoh.example', subject: 'jadi', text: '' }));
	await world.drain();
	expect(world.mails.map((mail) => mail.subject)).toEqual(['jadi']);
});

test('a form sent twice at once is done once', async () => {
	const key = newId();
	let runs = 0;
	const submit = () => world.transaction((db) => once(db, key, new Date(), async () => ({ made: ++runs })));
	expect(await Promise.all([submit(), submit()])).toEqual([{ made: 1 }, { made: 1 }]);
	expect(runs).toBe(1);
	const { rows } = await sql`select 1 from platform.form_receipts`.execute(world.db);
	expect(rows).toHaveLength(1);
});
