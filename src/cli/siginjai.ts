/** The `siginjai` command: a thin door. Each subcommand is a file with `run(args) -> exit code`. */
type Subcommand = { summary: string; load: () => Promise<{ run(args: string[]): Promise<number> }> };

const subcommands: Record<string, Subcommand> = {
	accounts: { summary: 'akun contoh [--json]', load: () => import('./accounts.ts') },
	import: { summary: 'impor units|officers|riwayat-kursus|… BERKAS [--apply] [--json]', load: () => import('./import.ts') },
	statistics: { summary: 'jalankan daftar permintaan statistik PERMINTAAN.json', load: () => import('./statistics.ts') },
	evaluate: { summary: 'hitung pengaruh RENCANA.json DATA.csv --json [--html BERKAS]', load: () => import('./evaluate.ts') },
	items: { summary: 'analisis butir JAWABAN.csv [--key KUNCI.csv] [--group KOLOM] --json', load: () => import('./items.ts') }
};

export async function main(args: string[]): Promise<number> {
	const [name, ...rest] = args;
	const subcommand = subcommands[name ?? 'help'];
	if (subcommand) return (await subcommand.load()).run(rest);
	const known = name === undefined || name === 'help' || name === '--help';
	const lines = Object.entries(subcommands).map(([key, { summary }]) => `  ${key.padEnd(12)} ${summary}`);
	const text = ['Pemakaian: npm run --silent siginjai -- PERINTAH', '', ...lines].join('\n');
	if (known) console.log(text);
	else console.error(`Perintah "${name}" tidak dikenal.\n${text}`);
	return known ? 0 : 2;
}
