/** Comments by which a script would find its place in the markup; a list of fifty rows has two thousand. */
const MARKS = /<!--[^>]*-->/g;

/** The markup of a page without script. */
export const withoutMarks = (html: string): string => html.replace(MARKS, '');

/**
 * SvelteKit writes what `load` returns into the page for its script to read. Pages without one (decision 0007) would pay
 * for that and throw it away: a tenth of the work of a page. `hooks.ts` hands everything written through here first, in
 * the browser too; `hooks.server.ts` knows which pages have a script.
 */
let isRead: () => boolean = () => true;

export const pageDataIsReadWhen = (decide: () => boolean): void => void (isRead = decide);

/** Truthy where the value is to be left out: something short then stands in its place. */
export const leftOut = (value: unknown): 1 | false => typeof value === 'object' && value !== null && !isRead() && 1;
