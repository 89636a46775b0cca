import { createContext } from 'svelte';

/** What a field learns from the form around it: the prefix of its id. */
export interface FormContext {
	id: string;
}

const [read, write] = createContext<FormContext>();

export const setForm = write;

/** The form around, or undefined for a field that stands alone. */
export function formAround(): FormContext | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** Repeated fields are named `unit[]`; errors and ids use the bare name. */
export const bare = (name: string): string => name.replace(/\[\]$/, '');
