import adapter from '@sveltejs/adapter-node';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { paraglideOptions } from './src/platform/i18n/paraglide.options.ts';
import { routePolicies } from './src/app/route-policies-plugin.ts';

export default defineConfig({
	plugins: [
		routePolicies(),
		paraglideVitePlugin(paraglideOptions),
		sveltekit({
			adapter: adapter({ precompress: true }),
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					'style-src-attr': ['unsafe-inline'],
					'img-src': ['self', 'data:', 'blob:'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'frame-ancestors': ['none'],
					'form-action': ['self']
				}
			}
		})
	],
	build: { cssMinify: 'lightningcss', target: ['chrome87', 'firefox91', 'safari14'] },
	css: { transformer: 'postcss' },
	server: { fs: { strict: true } }
});
