import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { days, seconds } from "#lib/kernel/time.ts";
import { awayAnswer, exchangeBounce, postfixBounce, wordyBounce } from "#lib/testing/bounces.ts";
import { letterNow, marksNow, oweNotice } from "#lib/testing/delivered-letter.ts";
import { drainMail, exampleSender } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { smtpTransport } from "../transports/smtp.ts";
import { collectBounces } from "./collect-bounces.ts";
import { letterMark, letterOfMark } from "./letter-mark.ts";
import { takeBounce } from "./take-bounce.ts";

/** A letter that left over SMTP, and the headers that it had when a server took it. */
async function sent(world: World, owner: WorldAccount) {
  const sink = await smtpSink();
  const transport = smtpTransport(sink.url, exampleSender);
  onTestFinished(async () => {
    await transport.close();
    await sink.stop();
  });
  const { id } = await oweNotice(world, owner);
  await drainMail(world.asSystem(), transport);
  const received = sink.received.find(({ to }) => to.includes(owner.officialEmail));
  if (!received) throw new Error("The letter was not handed over");
  return { id, letter: { to: owner.officialEmail, headers: received.headers } };
}

async function someone() {
  const world = await newWorld();
  const owner = await world.account();
  return { world, owner, ...(await sent(world, owner)) };
}
const take = (world: World, mail: string) => takeBounce(world.asSystem(), Buffer.from(mail, "latin1"));

describe("a letter that comes back as mail", () => {
  test.each([
    ["as a report", postfixBounce],
    ["as a report in base64", exchangeBounce],
    ["in words", wordyBounce],
  ])("%s is known by what it went out with, and its mailbox is marked", async (_, written) => {
    const { world, owner, id, letter } = await someone();

    expect(await take(world, written(letter))).toEqual([{ letterId: id, taken: "recorded" }]);

    const reason = "bounced_no_such_mailbox_5.1.1";
    expect(await letterNow(world, id)).toMatchObject({ state: "bounced", reason, bouncedAt: world.now() });
    expect(await marksNow(world)).toMatchObject([
      { mailbox: owner.officialEmail, why: "no_such_mailbox", isFinal: true, letterId: id },
    ]);
    expect(await world.events("letter.bounced")).toMatchObject([
      { accountId: owner.id, data: { letterId: id, reason } },
    ]);
  });

  test("counts once, however often it comes", async () => {
    const { world, id, letter } = await someone();
    const answers = await Promise.all([1, 2, 3, 4].map(() => take(world, postfixBounce(letter))));
    expect(
      answers
        .flat()
        .map(({ taken }) => taken)
        .sort(),
    ).toEqual(["recorded", "unchanged", "unchanged", "unchanged"]);
    expect(answers.flat().every(({ letterId }) => letterId === id)).toBe(true);
    expect(await world.events("letter.bounced")).toHaveLength(1);
  });

  test("weeks after it left changes nothing: whoever finds an old letter silences nobody", async () => {
    const { world, id, letter } = await someone();
    world.moveClock((days(14) + seconds(1)) as ReturnType<typeof seconds>);
    expect(await take(world, postfixBounce(letter))).toEqual([{ letterId: id, taken: "too_late" }]);
    expect(await letterNow(world, id)).toMatchObject({ state: "handed_over", bouncedAt: null });
    expect(await marksNow(world)).toEqual([]);
  });

  test("late is told of and marks nothing; delivered is delivered", async () => {
    const { world, id, letter } = await someone();

    await take(
      world,
      postfixBounce(letter, { action: "delayed", status: "4.4.1", diagnostic: "connection timed out" }),
    );
    expect(await letterNow(world, id)).toMatchObject({ state: "handed_over", reason: "delayed_4.4.1" });
    expect(await marksNow(world)).toEqual([]);

    await take(world, postfixBounce(letter, { action: "delivered", status: "2.1.5", diagnostic: "250 ok" }));
    expect(await letterNow(world, id)).toMatchObject({ state: "delivered", reason: null, deliveredAt: world.now() });
  });

  test("from where its mailbox sends everything on to marks nothing: the mailbox itself took it", async () => {
    const { world, id, letter } = await someone();

    await take(world, postfixBounce(letter, { final: "aisyah@rumah.example" }));

    expect(await letterNow(world, id)).toMatchObject({ state: "bounced", reason: "bounced_forwarded_5.1.1" });
    expect(await marksNow(world)).toEqual([]);
  });

  test.each([
    ["another name in its own domain", { final: "u1234@contoh.example.gov.my" }],
    ["a server's own name of it", { final: "u1234@exchange.local", original: "aisyah" }],
  ])("under %s is the mailbox's own", async (_, failure) => {
    const { world, owner, letter } = await someone();
    const original = "original" in failure ? { original: owner.officialEmail } : {};
    await take(world, postfixBounce(letter, { ...failure, ...original }));
    expect(await marksNow(world)).toMatchObject([{ mailbox: owner.officialEmail }]);
  });
});

describe("what is not ours changes nothing:", () => {
  test("a bounce with an id that is right and a mark that is made up", async () => {
    const { world, id, letter } = await someone();
    const madeUp = id.replaceAll("-", "") + "0".repeat(32);
    const headers = { "Message-ID": `<${madeUp}@contoh.example.gov.my>`, "X-Kunci-Letter": madeUp };

    expect(await take(world, postfixBounce({ ...letter, headers }))).toEqual([{ letterId: null, taken: "not_ours" }]);

    expect(await letterNow(world, id)).toMatchObject({ state: "handed_over", reason: null });
    expect(await marksNow(world)).toEqual([]);
  });

  test("a bounce of another portal's letter", async () => {
    const { world, letter } = await someone();
    const other = { ...world.ctx.keys, link: { current: "x", keys: { x: world.ctx.random(32) } } };
    const mark = letterMark(other, (await world.mails())[0]?.id ?? "");
    expect(await take(world, postfixBounce({ ...letter, headers: { "X-Kunci-Letter": mark } }))).toEqual([
      { letterId: null, taken: "not_ours" },
    ]);
  });

  test("an answer of somebody who is away", async () => {
    const { world, id, letter } = await someone();
    expect(await take(world, awayAnswer(letter))).toEqual([]);
    expect((await letterNow(world, id)).state).toBe("handed_over");
  });
});

test("a mark is read under older keys too, in any case, and no other names a letter", async () => {
  const world = await newWorld();
  const { keys } = world.ctx;
  const id = "019a0000-0000-7000-8000-000000000001";
  const mark = letterMark(keys, id);
  const rotated = { ...keys, link: { current: "new", keys: { ...keys.link.keys, new: world.ctx.random(32) } } };
  expect(letterOfMark(rotated, mark.toUpperCase())).toBe(id);
  for (const wrong of [
    "",
    mark.slice(2),
    `${mark}00`,
    mark.replace(/.$/, (c) => (c === "0" ? "1" : "0")),
    "z".repeat(64),
  ])
    expect(letterOfMark(keys, wrong)).toBeNull();
});

describe("a folder of mails that came back", () => {
  async function maildir(mails: Readonly<Record<string, string>>) {
    const folder = await mkdtemp(path.join(tmpdir(), "kunci-maildir-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const sub of ["new", "cur", "tmp"]) await mkdir(path.join(folder, sub));
    for (const [name, mail] of Object.entries(mails)) await writeFile(path.join(folder, "new", name), mail, "latin1");
    return { folder, now: async (sub: string) => (await readdir(path.join(folder, sub))).sort() };
  }

  test("is read, and moved: ours as seen, the rest for a person", async () => {
    const { world, id, letter } = await someone();
    const { folder, now } = await maildir({
      "1.bounce": postfixBounce(letter),
      "2.away": awayAnswer(letter),
      "3.junk": "\u0000",
      ".hidden": postfixBounce(letter),
    });

    expect(await collectBounces(world.asSystem(), folder)).toEqual({ read: 3, ours: 1, failed: 0 });

    expect((await letterNow(world, id)).state).toBe("bounced");
    expect(await now("cur")).toEqual(["1.bounce:2,S", "2.away:2,", "3.junk:2,"]);
    expect(await now("new")).toEqual([".hidden"]);
    expect(await collectBounces(world.asSystem(), folder)).toBeNull();
  });

  test("is read by two at once, each mail counted once", async () => {
    const { world, letter } = await someone();
    const { folder, now } = await maildir({ a: postfixBounce(letter), b: awayAnswer(letter), c: wordyBounce(letter) });

    await Promise.all([1, 2].map(() => collectBounces(world.asSystem(), folder)));

    expect(await now("new")).toEqual([]);
    expect(await now("cur")).toHaveLength(3);
    expect(await world.events("letter.bounced")).toHaveLength(1);
  });

  test("that is not there is the operator's to mend", async () => {
    const world = await newWorld();
    await expect(collectBounces(world.asSystem(), "/nowhere")).rejects.toThrow("ENOENT");
  });
});
