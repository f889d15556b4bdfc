import * as jose from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { transactionApproval } from "#db/schema/approval.ts";
import { rateLimit } from "#db/schema/mail.ts";
import { approvalsAtWork, DETAIL } from "#lib/testing/approvals.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { testKeys } from "#lib/testing/oidc-at-work.ts";
import { limits } from "#lib/throttle/limits.ts";

type Work = Awaited<ReturnType<typeof approvalsAtWork>>;
let world: World;
let work: Work;
beforeEach(async () => {
  world = await newWorld();
  work = await approvalsAtWork(world);
});
afterEach(() => work.at[Symbol.asyncDispose]());

describe("a statement", () => {
  test.each(["\0", "BAUCAR\n1", "é", "x".repeat(65)])(
    "of what can be no identifier (%j) is none, and no fault",
    async (identifier) => {
      expect(await work.fetchStatement(identifier)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
      expect(work.at.faults).toEqual([]);
    },
  );

  test("is no ID token, nor is a logout token: neither hints at whom a system means", async () => {
    const system = await work.at.system({ idTokenAlg: "ES256" });
    const { browser } = await work.holder();
    const key = await jose.importJWK(testKeys().keys[1] as jose.JWK, "ES256");
    const landsWith = async (typ: string | undefined) => {
      const hint = await new jose.SignJWT({ sub: "somebody" })
        .setProtectedHeader({ alg: "ES256", ...(typ !== undefined && { typ }) })
        .setIssuer(work.at.issuer)
        .setAudience(system.clientId)
        .sign(key);
      const { url } = await work.at.beginning(system, { id_token_hint: hint });
      const landed = await work.at.ask(url, { as: browser });
      return landed.location?.searchParams.get("error") ?? landed.location?.pathname.split("/")[1];
    };
    expect(await landsWith("kunci-approval+jwt")).toBe("invalid_request");
    expect(await landsWith("logout+jwt")).toBe("invalid_request");
    expect(await landsWith(undefined)).toBe("interaction");
    expect(await landsWith("JWT")).toBe("interaction");
  });
});

describe("what a system asks for", () => {
  test("is so much an hour, and of each its own: what is beyond is kept nowhere", async () => {
    const { points, window } = limits.approvalsAsked;
    await work.push();
    const expire = Date.now() + window;
    await world.db.update(rateLimit).set({ points, expire });
    const beyond = work.push({ ...DETAIL, identifier: "LEBIH" });
    await expect(beyond).rejects.toMatchObject({ error: "temporarily_unavailable", status: 429 });
    const other = await work.at.system({ roles: ["pelulus-1"] });
    await work.push(DETAIL, other);
    expect(await world.db.select().from(transactionApproval)).toHaveLength(2);
    expect((await world.events()).filter(({ type }) => type === "transaction_approval.requested")).toHaveLength(2);
  });
});
