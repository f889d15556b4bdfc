import * as client from "openid-client";
import { expect, onTestFinished, test } from "vitest";
import { seconds } from "#lib/kernel/time.ts";
import { basicOp } from "#lib/testing/basic-op.ts";

async function usedOnce() {
  const at = await basicOp();
  onTestFinished(() => at.op[Symbol.asyncDispose]());
  const { landed, checks } = await at.op.code(at.system, at.as);
  const use = () => client.authorizationCodeGrant(at.system.config, landed.location as URL, checks);
  const tokens = await use();
  const look = () => client.fetchUserInfo(at.system.config, tokens.access_token, tokens.claims()?.sub ?? "");
  await look();
  return { ...at, use, look, tokens };
}

test("a code that is used again is refused", async () => {
  const { use } = await usedOnce();
  await expect(use()).rejects.toMatchObject({ error: "invalid_grant", status: 400 });
});

test("a code that is used again after half a minute is refused, and ends the tokens it had brought", async () => {
  const { use, look, tokens, world, system } = await usedOnce();
  world.moveClock(seconds(30));
  await expect(use()).rejects.toMatchObject({ error: "invalid_grant" });
  await expect(look()).rejects.toMatchObject({ status: 401 });
  await expect(client.refreshTokenGrant(system.config, tokens.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });
});
