import type { ReactElement } from "react";
import { render, toPlainText } from "react-email";

/** What html-to-text hands to a formatter, which it ships no types for: the parts used here. */
type Element = { children: unknown; attribs: { href: string } };
type Walk = (children: unknown, builder: TextBuilder) => void;
type TextBuilder = {
  openBlock(options: { leadingLineBreaks: number }): void;
  closeBlock(options: { trailingLineBreaks: number }): void;
  addInline(text: string): void;
  addLineBreak(): void;
};

/**
 * Plain text as a person would type it: headings not shouted, the button's address on a line of its own, telephone
 * numbers once.
 */
const asText = {
  formatters: {
    button(link: Element, walk: Walk, builder: TextBuilder) {
      builder.openBlock({ leadingLineBreaks: 2 });
      walk(link.children, builder);
      builder.addInline(":");
      builder.addLineBreak();
      builder.addInline(link.attribs.href);
      builder.closeBlock({ trailingLineBreaks: 2 });
    },
  },
  selectors: [
    { selector: "h1", format: "heading", options: { uppercase: false } },
    { selector: "a[data-button]", format: "button" },
    { selector: 'a[href^="tel:"]', format: "anchor", options: { ignoreHref: true } },
  ],
};

/**
 * Both parts of a letter: HTML, and the same words as plain text, with a last line of its own where a program is to
 * read one.
 */
export async function renderLetter(letter: ReactElement, lastLine?: string): Promise<{ html: string; text: string }> {
  const html = await render(letter);
  return { html, text: `${toPlainText(html, asText)}\n${lastLine ? `\n${lastLine}\n` : ""}` };
}
