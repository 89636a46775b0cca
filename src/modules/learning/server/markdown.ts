import { Marked, type Tokens } from 'marked';

const escape = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Addresses a lesson may point to; `javascript:` and data are none of them. */
const allowed = (href: string): boolean => /^(https?:\/\/|mailto:|\/(?!\/)|#)/i.test(href.trim());

/** An author is trusted with words, not with markup: raw HTML comes out as text, pictures from elsewhere as their words. */
const marked = new Marked({
	gfm: true,
	breaks: false,
	renderer: {
		html: ({ text }) => escape(text),
		link({ href, tokens }) {
			const text = this.parser.parseInline(tokens);
			return allowed(href) ? `<a href="${escape(href)}" rel="noopener nofollow">${text}</a>` : text;
		},
		image: ({ text }) => escape(text),
		heading({ tokens, depth }) {
			const level = Math.min(6, depth);
			return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
		}
	}
});

/** A lesson's Markdown as HTML that is safe to print into a page. */
export function lessonHtml(markdown: string): string {
	const tokens = marked.lexer(markdown);
	// the page's own title is the only h1: the author's highest heading, whatever its depth, comes right below it
	const headings: Tokens.Heading[] = [];
	marked.walkTokens(tokens, (token) => void (token.type === 'heading' && headings.push(token as Tokens.Heading)));
	const highest = Math.min(...headings.map((heading) => heading.depth));
	for (const heading of headings) heading.depth += 2 - highest;
	return marked.parser(tokens);
}
