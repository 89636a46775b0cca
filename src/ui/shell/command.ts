import type { IconName } from '../Icon.svelte';

export interface CommandGroup {
	name: string;
	items: { href: string; label: string; hint: string; icon: IconName }[];
}
