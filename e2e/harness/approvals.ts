import { randomBytes, randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import * as client from "openid-client";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import type { Context } from "#lib/kernel/context.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { keysOf } from "./people.ts";

/** A system that asks for approvals, and what it has heard of one. */
export type AskingSystem = {
  name: string;
  /** Pushes a request; where to send the browser, and what to check its answer by. */
  ask: (detail: Record<string, string>) => Promise<{ path: string; checks: client.AuthorizationCodeGrantChecks }>;
  /** Waits until the browser is led back. */
  arrives: (page: Page) => Promise<URL>;
  /** The statement that comes with the tokens. */
  statementOf: (landed: URL, checks: client.AuthorizationCodeGrantChecks) => Promise<string>;
  clientId: string;
};

export const ROLE = "pelulus-1";

/** Registers a system in the running portal, whose role of approver this person holds; their office has confirmed them. */
export async function settleAskingSystem(
  { dataDir, origin }: { dataDir: string; origin: string },
  accountId: string,
): Promise<AskingSystem> {
  const redirectUri = `https://baucar-${randomUUID().slice(0, 8)}.contoh.example.gov.my/callback`;
  const added = await settle(dataDir, accountId, redirectUri);
  const config = await client.discovery(
    new URL(`${origin}/oidc`),
    added.clientId,
    undefined,
    client.ClientSecretBasic(added.clientSecret),
    { execute: [client.allowInsecureRequests] },
  );
  return {
    name: added.name,
    clientId: added.clientId,
    ask: async (detail) => {
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const expectedState = client.randomState();
      const asked = {
        redirect_uri: redirectUri,
        scope: "openid profile",
        state: expectedState,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: "S256",
        authorization_details: JSON.stringify([{ type: "urn:kunci:transaction-approval", role: ROLE, ...detail }]),
      };
      const led = await client.buildAuthorizationUrlWithPAR(config, asked);
      return { path: led.pathname + led.search, checks: { pkceCodeVerifier, expectedState } };
    },
    arrives: async (page) => {
      const request = await page.waitForRequest((each) => each.url().startsWith(redirectUri));
      // Nobody is there. Until the browser has seen that it would be led away from wherever it is sent next.
      await expect.poll(() => page.url()).toMatch(/^chrome-error:/);
      return new URL(request.url());
    },
    statementOf: async (landed, checks) => {
      const tokens = await client.authorizationCodeGrant(config, landed, checks);
      const [{ statement }] = tokens.authorization_details as unknown as [{ statement: string }];
      return statement;
    },
  };
}

async function settle(dataDir: string, accountId: string, redirectUri: string) {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    await db.$client.query("update account set staff_confirmed_at = now() where id = $1", [accountId]);
    const ctx = { db, now: () => new Date(), random: randomBytes, keys: keysOf(dataDir) } as unknown as Context;
    const added = await addRelyingParty(ctx, { name: "Baucar Contoh", redirectUris: [redirectUri], roles: [ROLE] });
    for (const role of added.roles) await addRelyingPartyRole(ctx, { id: accountId }, role);
    return added;
  } finally {
    await db.$client.end();
  }
}
