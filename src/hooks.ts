import type { Transport } from '@sveltejs/kit/hooks';
import { leftOut } from '#app/page-data.ts';

export const transport: Transport = { leftOut: { encode: leftOut, decode: () => undefined } };
