import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../platform/data-folder.ts';
import { kindOfInstallation } from './database.ts';

export interface DemoAccount {
	role: string;
	person: string;
	unit: string;
	signIn: string;
	password: string;
}

/** The accounts that the demo loader made for this installation. */
export function demoAccounts(folder: string): DemoAccount[] {
	const file = join(folder, 'demo-accounts.json');
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[]) : [];
}

/** `siginjai accounts [--json]`: refuses where the data folder is not the demo's. */
export async function run(args: string[]): Promise<number> {
	const folder = dataFolder();
	if (kindOfInstallation(folder) !== 'demo') {
		console.error(`Folder data ${folder} bukan provinsi contoh: tidak ada kata sandi yang dapat ditampilkan.`);
		return 1;
	}
	const accounts = demoAccounts(folder);
	if (args.includes('--json')) console.log(JSON.stringify(accounts, null, 2));
	else
		for (const account of accounts)
			console.log(`${account.signIn}\t${account.password}\t${account.role}\t${account.person}\t${account.unit}`);
	return 0;
}
