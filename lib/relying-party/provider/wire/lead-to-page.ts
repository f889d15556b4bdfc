import type { KoaContextWithOIDC } from "oidc-provider";
import { seconds } from "#lib/kernel/time.ts";
import { ASKED_LANGUAGE_COOKIE, firstOf } from "#lib/text/languages.ts";

const KEPT_FOR = seconds(3_600);

/**
 * Where the portal asks what it still has to: the path of an interaction. The language that the relying party asks for is
 * kept beside it, for a browser that has chosen none.
 */
export function leadToPage(ctx: KoaContextWithOIDC, { uid }: { uid: string }, secure: boolean): string {
  const asked = firstOf(String(ctx.oidc.params?.ui_locales ?? "").split(" "));
  if (asked)
    ctx.cookies.set(ASKED_LANGUAGE_COOKIE, asked, {
      httpOnly: true,
      sameSite: "lax",
      secure,
      signed: false,
      path: "/",
      maxAge: KEPT_FOR,
    });
  return `/interaction/${uid}`;
}
