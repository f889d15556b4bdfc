import * as client from "openid-client";
import { expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { oidcAtWork } from "#lib/testing/oidc-at-work.ts";
import { changeRelyingParty } from "./change-relying-party.ts";
import { parseRegistration } from "./parse/parse-registration.ts";

test("a level that is raised holds for whoever is signed in already: too weakly, they are signed out of it", async () => {
  const world = await newWorld();
  await using at = await oidcAtWork(world);
  const ada = await world.account({ staffConfirmed: true });
  const system = await at.system();
  const weak = await at.signIn(system, await world.as(ada, ["password"]));
  const strong = await at.signIn(system, await world.as(ada, ["password", "totp"]));

  const { name, redirectUris, openToAll } = system;
  const wanted = parseRegistration({ name, redirectUris, openToAll, minimumLevel: "aal2" }, { loopback: false });
  if (!wanted.ok) throw new Error(JSON.stringify(wanted.faults));
  const operator = { ...at.ctx, actor: { kind: "operator" } } as const;
  const which = { relyingPartyId: system.id, version: null };
  expect(await changeRelyingParty(operator, which, wanted.value.registration)).toMatchObject({ ok: true });

  const renewed = (of: typeof weak) =>
    client.refreshTokenGrant(system.config, of.refresh_token ?? "").then(
      (tokens) => tokens.claims()?.acr,
      (refused) => refused.error,
    );
  expect([await renewed(weak), await renewed(strong)]).toEqual(["invalid_grant", "urn:kunci:aal2"]);
  expect(await world.events("relying_party.signed_out")).toMatchObject([{ data: { why: "no_access" } }]);
});
