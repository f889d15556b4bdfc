import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { activationLink } from "#db/schema/account.ts";
import { activationCode, activationToken } from "#lib/kernel/activation-secrets.ts";
import { digest } from "#lib/kernel/digest.ts";
import { minutes } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { enqueue } from "./enqueue.ts";

async function oweActivation(world: World, to: WorldAccount): Promise<string> {
  const { ctx } = world;
  const linkId = uuidv7(ctx.now(), ctx.random);
  await ctx.db.transaction(async (tx) => {
    await tx.insert(activationLink).values({
      id: linkId,
      accountId: to.id,
      mailbox: to.officialEmail,
      tokenDigest: digest(activationToken(ctx.keys, linkId)),
      codeDigest: "-",
      knownBrowser: true,
      requestedFrom: ctx.request.device,
      createdAt: ctx.now(),
    });
    await enqueue(tx, ctx, { kind: "activation", accountId: to.id, to: to.officialEmail, about: { linkId } });
  });
  return linkId;
}

async function linkOf(world: World, linkId: string) {
  const [link] = await world.db.select().from(activationLink).where(eq(activationLink.id, linkId));
  if (!link) throw new Error("The link is gone");
  return link;
}

test("an activation letter carries the button, the plain link and the typed code, and starts the link's life", async () => {
  const world = await newWorld();
  const aisyah = await world.account({ status: "registered" });
  const linkId = await oweActivation(world, aisyah);
  world.moveClock(minutes(7));

  const mails = await drainMail(world.asSystem());

  expect(mails.map(({ to }) => to)).toEqual([aisyah.officialEmail]);
  const address = `${world.ctx.origin}/activate/${activationToken(world.ctx.keys, linkId)}`;
  const code = activationCode(world.ctx.keys, linkId).replace(/(\d{4})/, "$1 ");
  expect(mails[0]?.html).toContain(`href="${address}"`);
  expect(mails[0]?.html).toContain(`>${address}</a>`);
  for (const part of [mails[0]?.html, mails[0]?.text]) {
    expect(part).toContain(address);
    expect(part).toContain(code);
  }
  expect((await linkOf(world, linkId)).handedOverAt).toEqual(world.now());
});
