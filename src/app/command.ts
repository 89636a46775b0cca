/** What the command bar finds: places the actor may go, people and units the actor may see. */
import { searchPeopleAndUnits } from '#modules/people/server/index.ts';
import { searchable } from '#modules/people/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import * as m from '#paraglide/messages.js';
import type { CommandGroup } from '#ui/shell/command.ts';
import { navigationFor, type Policies } from './navigation.ts';

/** Groups with something in them; with nothing asked the places alone. */
export async function commandResults(db: Db, actor: Actor, asked: string, limit: number, policies?: Policies): Promise<CommandGroup[]> {
	const words = searchable(asked).split(' ').filter(Boolean);
	const places = navigationFor(actor, {}, policies).groups.flatMap((group) => group.items);
	const { officers, units } = await searchPeopleAndUnits(db, actor, asked, limit);
	const groups: CommandGroup[] = [
		{
			name: m.ui_command_officers(),
			items: officers.map((officer) => ({
				href: `/orang/${officer.id}`,
				label: officer.display_name,
				hint: [officer.post_name, officer.unit_name].filter(Boolean).join(' · '),
				icon: 'user'
			}))
		},
		{
			name: m.ui_command_units(),
			items: units.map((unit) => ({
				href: `/unit/${unit.id}`,
				label: unit.name,
				hint: unit.opd_name === unit.name ? '' : (unit.opd_name ?? ''),
				icon: 'network'
			}))
		},
		{
			name: m.ui_command_places(),
			items: places
				.filter((place) => words.every((word) => searchable(`${place.label} ${place.hint}`).includes(word)))
				.map(({ href, label, hint, icon }) => ({ href, label, hint: hint === label ? '' : hint, icon }))
		}
	];
	return groups.filter((group) => group.items.length > 0);
}
