import type { IncomingMessage, ServerResponse } from "node:http";

/** Characters, of a body that the front has limited: what proxies and browsers take as an address. */
const LONGEST = 8_000;

/** Whether a relying party's page posted an authorization request, as OpenID Connect Core §3.1.2.1 lets it. */
export const isFormOfRequest = (req: Pick<IncomingMessage, "method">, path: string): boolean =>
  req.method === "POST" && path === "/auth";

/**
 * Answers it with the address of the same request. A form from another site comes without the portal's cookie (`SameSite=Lax`); the
 * browser that follows the address brings it. Nothing has been decided or changed by then.
 */
export async function leadToAddress(req: IncomingMessage, res: ServerResponse, address: string): Promise<void> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(req.headers["content-type"] ?? "");
  if (!isForm) return void res.writeHead(415).end();
  const parts: Buffer[] = [];
  for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
  const form = new URLSearchParams(Buffer.concat(parts).toString("utf8")).toString();
  if (form.length > LONGEST) return void res.writeHead(413).end();
  res.writeHead(303, { Location: `${address}?${form}`, "Cache-Control": "no-store" }).end();
}
