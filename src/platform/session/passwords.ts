import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2) as unknown as (algorithm: string, parameters: Argon2Parameters) => Promise<Buffer>;

/** OWASP's second argon2id profile: 19 MiB, 2 passes, 1 lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;

const argon2id = (password: string, salt: Buffer) =>
	derive('argon2id', { message: password, nonce: salt, memory: MEMORY_KIB, passes: PASSES, parallelism: LANES, tagLength: 32 });

/** PHC string `$argon2id$v=19$m=..,t=..,p=..$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const hash = await argon2id(password.normalize('NFKC'), salt);
	const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
	return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(hash)}`;
}

export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
	const [, algorithm, , parameters, salt, expected] = hash.split('$');
	if (algorithm !== 'argon2id' || parameters !== `m=${MEMORY_KIB},t=${PASSES},p=${LANES}` || !salt || !expected) return false;
	const actual = await argon2id(password.normalize('NFKC'), Buffer.from(salt, 'base64'));
	const wanted = Buffer.from(expected, 'base64');
	return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}
