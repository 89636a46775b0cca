/** Page that sets a goal for a competency: against the present post, or the next one given. */
export function newGoalHref(code: string | null, aim: { kind: 'post' | 'rung'; ref: string } | null): string {
	const query = new URLSearchParams({
		...(code ? { kompetensi: code } : {}),
		...(aim ? { [aim.kind === 'post' ? 'jabatan' : 'jenjang']: aim.ref } : {})
	});
	return `/sasaran/baru${query.size > 0 ? `?${query}` : ''}`;
}
