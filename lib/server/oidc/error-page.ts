import type { ProviderProblem } from "#lib/relying-party/provider/create-provider.ts";
import en from "#lib/text/en/oidcErrors.json" with { type: "json" };
import ms from "#lib/text/ms/oidcErrors.json" with { type: "json" };
import { plainPage, type Said } from "../front/refusal/plain-page.ts";
import type { FrontSettings } from "../front/visit.ts";

type Kind = Exclude<keyof typeof ms, "home" | "help" | "forOwner" | "someSystem">;

/**
 * What is said of an error of the protocol that may not be told to the relying party, or that came to a browser: what
 * happened and how to go on, and in small what its owner has to know.
 */
export function oidcErrorPage(
  problem: ProviderProblem,
  nonce: string,
  settings: Pick<FrontSettings, "agency">,
): string {
  const kind = kindOf(problem);
  const said = (words: typeof ms): Said => ({
    title: words[kind].title,
    text: words[kind].text.replace("{system}", () => problem.system ?? words.someSystem),
    link: { href: "/", words: words.home },
    help: words.help.replace("{phone}", () => settings.agency.helpdeskPhone),
    ...(kind === "fault" || kind === "notFound"
      ? {}
      : {
          more: words.forOwner.replace("{code}", () => [problem.error, problem.description].filter(Boolean).join(": ")),
        }),
  });
  return plainPage({ ms: said(ms), en: said(en) }, nonce, settings);
}

function kindOf({ error, description }: ProviderProblem): Kind {
  switch (error) {
    case "invalid_client":
    case "unauthorized_client":
      return "unknownSystem";
    case "invalid_redirect_uri":
      return "wrongAddress";
    case "not_found":
      return "notFound";
    case "server_error":
      return "fault";
    default:
      if (/\bpost_logout_redirect_uri\b/.test(description)) return "wrongWayBack";
      // As oidc-provider words an interaction that is over, was begun elsewhere, or of which the browser knows nothing.
      return /\bsession\b.*\b(not found|mismatch)\b|\bhas expired\b/.test(description) ? "expired" : "malformed";
  }
}
