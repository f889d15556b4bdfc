import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account, activationLink } from "#db/schema/account.ts";
import { letter } from "#db/schema/mail.ts";
import { mailedCode, mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { after, days, hours, minutes } from "#lib/kernel/time.ts";
import { drainMail, exampleAgency, issueLink, scriptedTransport } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { deliver } from "./deliver.ts";
import { enqueue } from "./enqueue.ts";
import { type Message, notTaken, taken } from "./transports/transport.ts";

const nobodyAnswers = () => notTaken("temporary", "smtp_econnection");
const noSuchMailbox = () => notTaken("permanent", "smtp_550_5.1.1_rcpt_to");

/** A registered account with a link whose letter is owed. */
async function registered(world: World, wanted: { fullName?: string; language?: "ms" | "en" } = {}) {
  const owner = await world.account({ status: "registered", ...wanted });
  const link = await issueLink(world.ctx, owner.id);
  if (!link) throw new Error("No link was issued");
  return { owner, link };
}

/** Another link for the same account, a little over a minute later. */
async function anotherLink(world: World, owner: { id: string }) {
  world.moveClock(minutes(1.5));
  const link = await issueLink(world.ctx, owner.id);
  if (!link) throw new Error("No link was issued");
  return link;
}

async function linkNow(world: World, { id }: { id: string }) {
  const [row] = await world.db.select().from(activationLink).where(eq(activationLink.id, id));
  if (!row) throw new Error("The link is gone");
  return row;
}

test("an activation letter carries the button, the plain link and the typed code", async () => {
  const world = await newWorld();
  const { owner, link } = await registered(world);

  const [mail, ...others] = await drainMail(world.asSystem());

  expect(others).toEqual([]);
  expect(mail?.to).toBe(owner.officialEmail);
  const address = `${world.ctx.origin}/activate/${mailedToken(world.ctx.keys, "activation", link.id)}`;
  const code = mailedCode(world.ctx.keys, "activation", link.id).replace(/(\d{4})/, "$1 ");
  expect(mail?.html).toContain(`href="${address}"`);
  expect(mail?.html).toContain(`>${address}</a>`);
  expect(mail?.text).toContain(`\n${address}\n`);
  expect(mail?.html).toContain(code);
  expect(mail?.text).toContain(`\n${code}\n`);
});

test("a link's life starts when its letter is handed over, not when it is owed", async () => {
  const world = await newWorld();
  const { owner, link } = await registered(world);
  world.moveClock(minutes(47));

  await drainMail(world.asSystem());

  expect((await linkNow(world, link)).handedOverAt).toEqual(world.now());
  expect(
    (await world.events("activation_link.handed_over")).map(({ accountId, data }) => ({ accountId, data })),
  ).toEqual([{ accountId: owner.id, data: { linkId: link.id } }]);
});

test("the older link lives until the newer one is handed over", async () => {
  const world = await newWorld();
  const { owner, link: older } = await registered(world);
  await drainMail(world.asSystem());
  const newer = await anotherLink(world, owner);
  expect((await linkNow(world, older)).supersededAt).toBeNull();

  await drainMail(world.asSystem(), scriptedTransport(nobodyAnswers).transport);
  expect((await linkNow(world, older)).supersededAt).toBeNull();

  world.moveClock(minutes(3));
  await drainMail(world.asSystem());
  expect((await linkNow(world, older)).supersededAt).toEqual(world.now());
  expect(await linkNow(world, newer)).toMatchObject({ handedOverAt: world.now(), supersededAt: null });
});

test("a letter that was long under way does not end the newer link that overtook it", async () => {
  const world = await newWorld();
  const { owner, link: older } = await registered(world);
  let newer = older;
  const slow = scriptedTransport(async () => {
    newer = await anotherLink(world, owner);
    const [, next] = await world.mails();
    await deliver(
      world.asSystem(),
      { transport: scriptedTransport().transport, agency: exampleAgency },
      next?.id ?? "",
    );
    return taken;
  });

  await drainMail(world.asSystem(), slow.transport);

  expect(await linkNow(world, newer)).toMatchObject({ handedOverAt: world.now(), supersededAt: null });
  expect((await linkNow(world, older)).supersededAt).toEqual(world.now());
});

test("of two links from the same moment one lives", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  await issueLink(world.ctx, owner.id);
  await issueLink(world.ctx, owner.id, false);
  expect(await world.mails()).toHaveLength(2);

  expect(await drainMail(world.asSystem())).toHaveLength(1);
  const links = await world.db.select().from(activationLink);
  expect(links.map(({ supersededAt }) => supersededAt === null).sort()).toEqual([false, true]);
});

test("a refused letter does not take the older link with it", async () => {
  const world = await newWorld();
  const { owner, link: older } = await registered(world);
  await drainMail(world.asSystem());
  const newer = await anotherLink(world, owner);

  await drainMail(world.asSystem(), scriptedTransport(noSuchMailbox).transport);

  expect((await linkNow(world, older)).supersededAt).toBeNull();
  expect((await linkNow(world, newer)).handedOverAt).toBeNull();
});

test("a link of somebody else is left alone", async () => {
  const world = await newWorld();
  const { link: theirs } = await registered(world);
  await drainMail(world.asSystem());
  world.moveClock(minutes(2));
  await registered(world);

  await drainMail(world.asSystem());

  expect((await linkNow(world, theirs)).supersededAt).toBeNull();
});

test("who dies between hand-over and marking hands over the very same letter again", async () => {
  const world = await newWorld();
  await registered(world);
  const dying = scriptedTransport(() => {
    throw new Error("the lights went out");
  });
  await expect(drainMail(world.asSystem(), dying.transport)).rejects.toThrow("the lights went out");
  world.moveClock(minutes(10));
  const next = scriptedTransport();

  await drainMail(world.asSystem(), next.transport);

  const words = ({ id, to, subject, text, html }: Message) => ({ id, to, subject, text, html });
  expect(next.offered.map(words)).toEqual(dying.offered.map(words));
  expect(next.offered[0]?.text).toContain("/activate/");
});

test("of two who deliver the same letter at once, one marks it", async () => {
  const world = await newWorld();
  await registered(world);
  const [owed] = await world.mails();
  let meet = () => {};
  const both = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const { transport } = scriptedTransport(async (_message, times) => {
    if (times === 2) meet();
    await both;
    return taken;
  });

  const room = { transport, agency: exampleAgency };
  await Promise.all([1, 2].map(() => deliver(world.asSystem(), room, owed?.id ?? "")));

  expect(await world.mails()).toMatchObject([{ state: "handed_over", attempts: 1 }]);
  expect(await world.events("letter.handed_over")).toHaveLength(1);
  expect(await world.events("activation_link.handed_over")).toHaveLength(1);
});

test("a letter nobody takes stays owed with its reason, and each try is counted", async () => {
  const world = await newWorld();
  await registered(world);

  await drainMail(world.asSystem(), scriptedTransport(nobodyAnswers).transport);
  await drainMail(world.asSystem(), scriptedTransport(nobodyAnswers).transport);
  expect(await world.mails()).toMatchObject([{ state: "queued", attempts: 2, reason: "smtp_econnection" }]);

  expect(await drainMail(world.asSystem())).toHaveLength(1);
  expect(await world.mails()).toMatchObject([
    { state: "handed_over", attempts: 3, reason: null, handedOverAt: world.now() },
  ]);
});

test("a letter that was said and not answered is tried once more at once, and then not for two hours", async () => {
  const world = await newWorld();
  await registered(world);
  const noAnswer = scriptedTransport(() => notTaken("unconfirmed", "smtp_unconfirmed")).transport;
  const [owed] = await world.mails();
  const room = { transport: noAnswer, agency: exampleAgency };
  const tryIt = (transport = noAnswer) => deliver(world.asSystem(), { ...room, transport }, owed?.id ?? "");

  expect(await tryIt()).toEqual({ settled: false, reason: "smtp_unconfirmed" });
  // Whatever is met in between, a copy may lie there.
  expect(await tryIt(scriptedTransport(nobodyAnswers).transport)).toMatchObject({ settled: false });
  expect(await tryIt()).toEqual({ settled: true });

  expect(await world.mails()).toMatchObject([{ state: "queued", attempts: 3, reason: "smtp_unconfirmed" }]);
  const { rows } = await world.owner.query<{ id: string; due: Date }>(
    "select data ->> 'letterId' as id, start_after as due from pgboss.job where name = 'letters' and id::text <> data ->> 'letterId'",
  );
  expect(rows).toEqual([{ id: owed?.id, due: after(world.now(), hours(2)) }]);

  world.moveClock(hours(2));
  expect(await tryIt(scriptedTransport().transport)).toEqual({ settled: true });
  expect(await world.mails()).toMatchObject([{ state: "handed_over", reason: null }]);
});

test("a letter refused for good is parked with its reason for the helpdesk, and never tried again", async () => {
  const world = await newWorld();
  const { owner } = await registered(world);
  const { transport, offered } = scriptedTransport(noSuchMailbox);

  await drainMail(world.asSystem(), transport);
  await drainMail(world.asSystem(), transport);

  expect(offered).toHaveLength(1);
  const [parked] = await world.mails();
  expect(parked).toMatchObject({ state: "refused", reason: "smtp_550_5.1.1_rcpt_to", attempts: 1, handedOverAt: null });
  expect(await world.events("letter.refused")).toMatchObject([
    {
      accountId: owner.id,
      outcome: "refused",
      data: { letterId: parked?.id, kind: "activation", reason: "smtp_550_5.1.1_rcpt_to" },
    },
  ]);
});

test.each([
  "a@b.example.gov.my\r\nBcc: c@d.example.gov.my",
  "a@b.example.gov.my, c@d.example.gov.my",
  "a b@c.example.gov.my",
  "nobody",
])("an address that is not one bare mailbox (%j) reaches no transport", async (to) => {
  const world = await newWorld();
  await registered(world);
  await world.db.update(letter).set({ to });
  const { transport, offered } = scriptedTransport();

  await drainMail(world.asSystem(), transport);

  expect(offered).toEqual([]);
  expect(await world.mails()).toMatchObject([{ state: "refused", reason: "address_malformed" }]);
});

test("line breaks in a name stay in the letter's body", async () => {
  const world = await newWorld();
  await registered(world, { fullName: "Aisyah\r\nBcc: c@d.example.gov.my" });

  const [mail] = await drainMail(world.asSystem());

  expect(mail?.subject).toBe("Aktifkan akaun Kunci anda");
  expect(mail?.to).not.toMatch(/[\r\n]/);
});

test("markup in a name is shown, not obeyed", async () => {
  const world = await newWorld();
  await registered(world, { fullName: '<img src="https://x.example/a.png">' });

  const [mail] = await drainMail(world.asSystem());

  expect(mail?.html).not.toContain("<img");
  expect(mail?.html).toContain("&lt;img");
});

test("a letter in front of a newer one of its kind is dropped, so that the newest link is the one that arrives", async () => {
  const world = await newWorld();
  const { owner } = await registered(world);
  const newer = await anotherLink(world, owner);

  const mails = await drainMail(world.asSystem());

  expect(mails.map(({ text }) => text.includes(mailedToken(world.ctx.keys, "activation", newer.id)))).toEqual([true]);
  expect(await world.mails()).toMatchObject([{ state: "moot" }, { state: "handed_over" }]);
  expect(await world.events("letter.moot")).toHaveLength(1);
});

test.each(["activated", "closed", "suspended", "locked"] as const)(
  "no activation letter for an account that is %s by now",
  async (status) => {
    const world = await newWorld();
    const { owner } = await registered(world);
    await world.db.update(account).set({ status }).where(eq(account.id, owner.id));

    expect(await drainMail(world.asSystem())).toEqual([]);
    expect(await world.mails()).toMatchObject([{ state: "moot", attempts: 0 }]);
  },
);

test.each([{ supersededAt: new Date(0) }, { consumedAt: new Date(0) }])(
  "no letter for a link that is dead: %j",
  async (dead) => {
    const world = await newWorld();
    await registered(world);
    await world.db.update(activationLink).set(dead);

    expect(await drainMail(world.asSystem())).toEqual([]);
    expect(await world.mails()).toMatchObject([{ state: "moot" }]);
  },
);

test("a letter nobody took for a week is given up", async () => {
  const world = await newWorld();
  await registered(world);
  const { transport } = scriptedTransport(nobodyAnswers);
  world.moveClock(days(6.999));
  await drainMail(world.asSystem(), transport);
  expect(await world.mails()).toMatchObject([{ state: "queued" }]);

  world.moveClock(minutes(2));
  await drainMail(world.asSystem(), transport);

  expect(await world.mails()).toMatchObject([{ state: "moot" }]);
});

test("handing over is recorded without an address or a name", async () => {
  const world = await newWorld();
  const { owner } = await registered(world);
  await drainMail(world.asSystem());

  const [event] = await world.events("letter.handed_over");
  expect(event).toMatchObject({ accountId: owner.id, actorKind: "system" });
  expect(JSON.stringify(event)).not.toContain(owner.officialEmail);
  expect(JSON.stringify(event)).not.toContain(owner.fullName);
});

test("a letter of an account that no longer is open is not sent", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "closed" });
  const about = {
    what: "email",
    requestedFrom: "Chrome pada Windows",
    requestedAt: world.now().toISOString(),
  } as const;
  await world.db.transaction((tx) =>
    enqueue(tx, world.ctx, { kind: "already_registered", accountId: owner.id, to: owner.officialEmail, about }),
  );

  expect(await drainMail(world.asSystem())).toEqual([]);
});
