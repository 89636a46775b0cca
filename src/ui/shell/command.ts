import type { IconName } from '../icons.ts';

export interface CommandGroup {
	name: string;
	items: { href: string; label: string; hint: string; icon: IconName }[];
}
