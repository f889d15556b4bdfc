import { expect, test } from "vitest";
import { addToken } from "#lib/testing/hardware-token.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { takeBack } from "./custody/handle-token.ts";
import { reportLostToken } from "./custody/report-lost-token.ts";

async function lostToken(world: World) {
  const sa = await world.officer("sa", { language: "en" });
  const ada = await world.account({ fullName: "Ada binti Contoh", language: "en" });
  const token = await addToken(world.ctx, { holderId: ada.id, serial: "GPKI-0001" });
  await reportLostToken(await world.as(ada), token.id, "Left on a bus");
  return { sa, ada, token };
}

test("the SA's letter names token and holder and leads to it, and says nothing of what was written", async () => {
  const world = await newWorld();
  const { sa, token } = await lostToken(world);
  const [mail] = (await drainMail(world.asSystem())).filter(({ to }) => to === sa.account.officialEmail);
  expect(mail?.subject).toBe("Lost token: GPKI-0001");
  expect(mail?.subject).not.toContain("Ada");
  expect(mail?.text).toContain("GPKI-0001, held by Ada binti Contoh");
  expect(mail?.text).toContain(`${world.ctx.origin}/admin/tokens/${token.id}`);
  expect(mail?.text).not.toContain("bus");
});

test("the SA's letter is not sent any more once the token was handed in, and the holder's says the receipt", async () => {
  const world = await newWorld();
  const { sa, ada, token } = await lostToken(world);
  const taken = await takeBack(sa.ctx, { tokenId: token.id, seen: "lost" });
  if (!taken.ok) throw new Error(taken.error);
  const mails = await drainMail(world.asSystem());
  expect(mails.filter(({ to }) => to === sa.account.officialEmail)).toEqual([]);
  const theirs = mails.filter(({ to }) => to === ada.officialEmail);
  expect(theirs.map(({ subject }) => subject).toSorted()).toEqual([
    "Token reported lost (GPKI-0001): your Kunci account",
    "Token returned (GPKI-0001): your Kunci account",
  ]);
  expect(theirs.map(({ text }) => text).join("\n")).toContain(`Number of the receipt: ${taken.value.receipt}`);
});

test("two tokens handed in at the same moment are two letters", async () => {
  const world = await newWorld();
  const sa = await world.officer("sa");
  const ada = await world.account();
  for (const serial of ["GPKI-0001", "GPKI-0002"]) {
    const { id } = await addToken(world.ctx, { holderId: ada.id, serial });
    await takeBack(sa.ctx, { tokenId: id, seen: "issued" });
  }
  const serials = (await world.mails()).map(({ about }) => (about as { system: string }).system);
  expect(serials.toSorted()).toEqual(["GPKI-0001", "GPKI-0002"]);
});
