import * as client from "openid-client";
import { ensureSigningKeys } from "#lib/relying-party/signing-keys/ensure-signing-keys.ts";
import type { SignedIn, World } from "./new-world.ts";
import { oidcAtWork, type System } from "./oidc-at-work.ts";
import { addRelyingPartyRole } from "./relying-party.ts";
import { addTotp, totpCode } from "./totp.ts";

export const DETAIL = {
  type: "urn:kunci:transaction-approval",
  identifier: "BAUCAR-2026-000123",
  title: "Bayaran bekalan alat tulis suku ketiga",
  reference: "BV/2026/000123",
  amount: "12500.00",
  currency: "MYR",
  payee: "Syarikat Contoh Sdn. Bhd.",
  role: "pelulus-1",
} as const;

/** A system that asks for approvals, and somebody who may give them, with an authenticator app. */
export async function approvalsAtWork(world: World) {
  const at = await oidcAtWork(world);
  await ensureSigningKeys(at.ctx);
  const system = await at.system({ name: "Perakaunan", openToAll: false, roles: ["pelulus-1", "penyedia"] });
  const [approver] = system.roles;
  if (!approver) throw new Error("The system has no role");
  const holder = async (): Promise<{ browser: SignedIn; code: (steps?: number) => string; grantId: string }> => {
    const account = await world.account({ staffConfirmed: true });
    const { id: grantId } = await addRelyingPartyRole(at.ctx, account, approver);
    const { secret } = await addTotp(at.ctx, account.id, false);
    const signedIn = await world.as(account, ["password", "totp"]);
    const browser = { ...signedIn, origin: at.origin };
    return { browser, grantId, code: (steps = 0) => totpCode(secret, world.now(), steps) };
  };

  /** What a system pushes before it sends a browser on, and where it sends it. */
  async function push(detail: unknown = DETAIL, of: System = system) {
    const authorization_details = typeof detail === "string" ? detail : JSON.stringify([detail]);
    const { url, checks } = await at.beginning(of, { authorization_details });
    return { checks, led: await client.buildAuthorizationUrlWithPAR(of.config, url.searchParams) };
  }

  /** Whatever the token endpoint answers whoever fetches a statement. */
  async function fetchStatement(identifier: string, of: System = system) {
    const answer = await fetch(`${at.listens}/oidc/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${of.clientId}:${of.clientSecret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "urn:kunci:grant-type:approval-statement", identifier }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  return { at, system, approver, holder, push, fetchStatement };
}
