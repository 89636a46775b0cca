/**
 * Property tests in `npm test` try the same cases every time, so that a change is judged by what it changed; the long
 * run tries new ones. `SIGINJAI_SEED` takes the seed of either again.
 */
import fc from 'fast-check';

const seed = Number(process.env.SIGINJAI_SEED ?? (process.env.SIGINJAI_LONG ? Date.now() % 1_000_000_007 : 20_261));
fc.configureGlobal({ seed });
