import { beforeEach, describe, expect, test } from "vitest";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { decideRequest } from "../two-officers/decide-request.ts";
import { close } from "./close.ts";
import { requestReopening } from "./reopen.ts";

type Colleague = Awaited<ReturnType<World["officer"]>>;

let world: World;
let first: Colleague;
let second: Colleague;
let owner: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  first = await world.officer("ap");
  second = await world.officer("ap");
  owner = await world.account();
  await close(first.ctx, { accountId: owner.id, reason });
});

const ask = ({ ctx }: Colleague) => requestReopening(ctx, { accountId: owner.id, reason });
async function agree({ ctx }: Colleague) {
  const [request] = await world.db.select().from(officerRequest);
  return decideRequest(ctx, request?.id ?? "", { approve: true, reason });
}

describe("a closed account", () => {
  test("is used again once a second officer agrees: from the mailbox on, confirmed by the two, and its owner is told", async () => {
    expect(await ask(first)).toMatchObject({ ok: true });
    expect(await world.reload(owner)).toMatchObject({ status: "closed" });
    expect(await agree(first)).toEqual({ ok: false, error: "own_request" });
    expect(await agree(second)).toMatchObject({ ok: true });
    expect(await world.reload(owner)).toMatchObject({
      status: "pre_registered",
      officialEmailVerifiedAt: null,
      staffConfirmedAt: world.now(),
    });
    expect(await world.events("account.reopened")).toMatchObject([{ accountId: owner.id }]);
    expect((await world.mails()).map(({ about }) => about)).toContainEqual(
      expect.objectContaining({ change: "account_reopened" }),
    );
  });

  test("is reopened by those alone who close one", async () => {
    expect(await ask(await world.officer("sa"))).toEqual({ ok: false, error: "not_found" });
    await ask(first);
    expect(await agree(await world.officer("sa"))).toEqual({ ok: false, error: "not_found" });
    expect(await world.reload(owner)).toMatchObject({ status: "closed" });
  });

  test.each([
    ["number", "identity_taken", () => ({ identity: owner.identity })],
    ["address", "mailbox_taken", () => ({ officialEmail: owner.officialEmail })],
  ])("whose %s another account has by now stays closed, asked before or after", async (_, error, taken) => {
    await ask(first);
    await world.account(taken());
    expect(await agree(second)).toEqual({ ok: false, error });
    expect(await ask(second)).toEqual({ ok: false, error });
    expect(await world.reload(owner)).toMatchObject({ status: "closed" });
  });

  test("is the only one that is reopened", async () => {
    owner = await world.account();
    expect(await ask(first)).toEqual({ ok: false, error: "not_closed" });
  });
});
