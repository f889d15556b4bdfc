import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "#lib/kernel/context.ts";
import type { OidcServer } from "#lib/relying-party/provider/create-provider.ts";
import { languageOf } from "#lib/text/languages.ts";
import { cookieNameOn } from "../request/cookie-names.ts";
import { deviceLabel } from "../request/device-label.ts";

/** What a context holds whoever asks. */
type Base = Omit<Context, "actor" | "request">;

/**
 * Hands the provider a request that the front has let through, with the context of whoever asks: as `currentContext` makes it
 * for pages, out of headers that only the front can have set.
 */
export async function answerOidc(
  server: OidcServer,
  base: Base,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const cookies = cookiesOf(req.headers.cookie);
  const language = languageOf((name) => cookies.get(name));
  const ctx: Context = {
    ...base,
    actor: { kind: "nobody" },
    request: {
      id: String(req.headers["x-kunci-request-id"] ?? ""),
      ip: String(req.headers["x-kunci-ip"] ?? "127.0.0.1"),
      device: deviceLabel(req.headers["user-agent"] ?? null, language),
      deviceToken: cookies.get(cookieNameOn(base.origin, "device")) ?? null,
      language,
    },
  };
  await server.answer(req, res, ctx, cookies.get(cookieNameOn(base.origin, "session")) ?? null);
}

/** By their names; what does not decode is left out. */
function cookiesOf(header: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const each of header?.split(";") ?? []) {
    const at = each.indexOf("=");
    const name = each.slice(0, at).trim();
    if (at < 1) continue;
    const value = decoded(each.slice(at + 1).trim());
    if (value !== null) found.set(name, value);
  }
  return found;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
