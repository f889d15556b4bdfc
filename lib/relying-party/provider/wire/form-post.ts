import type { KoaContextWithOIDC } from "oidc-provider";

/**
 * Lets the page of `response_mode=form_post` (OAuth 2.0 Form Post Response Mode), which posts a code to where it was asked for,
 * do that and nothing else: its script runs by this answer's nonce, and its form may lead to that origin alone. Where no
 * script runs it has a button, in both languages.
 */
export function dressFormPost(ctx: KoaContextWithOIDC, nonce: string): void {
  const body = typeof ctx.body === "string" ? ctx.body : "";
  const action = /<form method="post" action="([^"]*)">/.exec(body)?.[1];
  const asked = ctx.oidc?.params?.redirect_uri;
  if (action === undefined || typeof asked !== "string" || ctx.oidc.params?.response_mode !== "form_post") return;
  ctx.body = body
    .replace("<html>", '<html lang="ms">')
    .replace(/<title>[^<]*<\/title>/, "<title>Kunci</title>")
    .replace("<script>", `<script nonce="${nonce}">`)
    .replace(
      /<noscript>[\s\S]*<\/noscript>/,
      '<noscript><button type="submit">Teruskan · <span lang="en">Continue</span></button></noscript>',
    );
  ctx.set(
    "Content-Security-Policy",
    `default-src 'none'; script-src 'nonce-${nonce}'; form-action ${new URL(asked).origin}; base-uri 'none'; frame-ancestors 'none'`,
  );
}
