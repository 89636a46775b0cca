import { expect, test } from 'vitest';
import { anonymousActor, type Actor } from '#platform/actor.ts';
import { anyone, officer, roles, signedIn } from '#platform/policy.ts';
import { navigationFor, type Policies } from './navigation.ts';

const policies: Policies = {
	'/beranda': { load: signedIn },
	'/belajar': { load: officer },
	'/kompetensi': { load: officer },
	'/tim': { load: roles('superior') },
	'/program': { load: roles('programme_manager', 'training_officer') },
	'/kelas': { load: roles('programme_manager', 'trainer') },
	'/tinjauan': { load: roles('programme_manager') },
	'/mitra': { load: roles('partner', 'programme_manager') },
	'/layanan': { load: anyone },
	'/akun': { load: roles('administrator') },
	'/saya': { load: signedIn }
};
const person = (officerId: string | null, ...names: string[]): Actor => ({
	...anonymousActor,
	accountId: 'account',
	officerId,
	personId: 'person',
	name: 'Ns. Ratna Dewi',
	grants: names.map((role) => ({ role, unitPath: null, unitId: null, organisationId: null }))
});
const hrefs = (actor: Actor) => navigationFor(actor, {}, policies).groups.flatMap((group) => group.items.map((item) => item.href));

test('a learner sees learning and herself, all within reach of the thumb', () => {
	const ratna = person('officer');
	expect(hrefs(ratna)).toEqual(['/beranda', '/belajar', '/kompetensi', '/saya']);
	const { bar, more } = navigationFor(ratna, {}, policies);
	expect(bar.map((item) => item.href)).toEqual(['/beranda', '/belajar', '/kompetensi', '/saya']);
	expect(more).toBe(false);
});

test('her superior has the team first on the phone, and the rest behind "more"', () => {
	const { bar, more } = navigationFor(person('officer', 'superior'), {}, policies);
	expect(bar.map((item) => item.href)).toEqual(['/beranda', '/tim', '/belajar']);
	expect(more).toBe(true);
});

test('a partner without a NIP is offered no learning', () => {
	expect(hrefs(person(null, 'partner'))).toEqual(['/beranda', '/mitra', '/saya']);
});

test('what the policy refuses is not offered, nor what has no route', () => {
	// a training officer may read programmes; classes are closed to that role here, and /kesenjangan has no route
	expect(hrefs(person('officer', 'training_officer'))).toEqual(['/beranda', '/belajar', '/kompetensi', '/program', '/layanan', '/saya']);
	expect(hrefs(anonymousActor)).toEqual([]);
});

test('what waits is counted at its place', () => {
	const { groups } = navigationFor(person(null, 'programme_manager'), { '/tinjauan': 3 }, policies);
	expect(
		groups
			.flatMap((group) => group.items)
			.filter((item) => item.count > 0)
			.map((item) => [item.href, item.count])
	).toEqual([['/tinjauan', 3]]);
});
