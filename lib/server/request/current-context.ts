import { randomBytes } from "node:crypto";
import { cookies, headers } from "next/headers";
import type { Context } from "#lib/kernel/context.ts";
import { languageOf } from "#lib/text/languages.ts";
import { portal } from "../portal.ts";
import { baseContext } from "./base-context.ts";
import { cookieNameOn } from "./cookie-names.ts";
import { deviceLabel } from "./device-label.ts";

/**
 * The context of the request being served, for somebody who has not signed in. The address and the id come from the front,
 * which takes these headers from every client.
 */
export async function currentContext(): Promise<Context> {
  const [said, kept] = await Promise.all([headers(), cookies()]);
  const here = portal();
  const language = languageOf((name) => kept.get(name)?.value);
  return {
    ...baseContext(here),
    actor: { kind: "nobody" },
    request: {
      id: said.get("x-kunci-request-id") ?? randomBytes(12).toString("base64url"),
      ip: said.get("x-kunci-ip") ?? "127.0.0.1",
      device: deviceLabel(said.get("user-agent"), language),
      deviceToken: kept.get(cookieNameOn(here.config.origin, "device"))?.value ?? null,
      language,
    },
  };
}
