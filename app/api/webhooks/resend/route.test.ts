import { describe, expect, onTestFinished, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { log } from "#lib/server/log.ts";
import { openPortal } from "#lib/server/portal.ts";
import { readConfig } from "#lib/server/start/read-config.ts";
import { letterNow, sendNotice, unknownLetter } from "#lib/testing/delivered-letter.ts";
import { frontAtWork } from "#lib/testing/front-at-work.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { eventOf, signedEvent, WEBHOOK_SECRET } from "#lib/testing/resend-fake.ts";
import { POST } from "./route.ts";

type Signed = ReturnType<typeof signedEvent>;
const configured = { RESEND_API_KEY: "re_test", RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET };

/** A portal with a letter that left, its front, and what answers a post that came through it. */
async function atWork(env: Record<string, string> = configured) {
  const world = await newWorld();
  const owner = await world.account();
  const { id } = await sendNotice(world, owner);
  openPortal({ db: world.db, keys: world.ctx.keys, config: readConfig(env), log: log() });
  onTestFinished(() => void delete (globalThis as { kunciPortal?: unknown }).kunciPortal);
  const front = await frontAtWork({
    handler: async (req, res) => {
      const parts: Buffer[] = [];
      for await (const part of req) parts.push(part as Buffer);
      const headers = req.headers as Record<string, string>;
      const body = Buffer.concat(parts).toString();
      const answer = await POST(new Request("http://127.0.0.1/", { method: "POST", headers, body }));
      res.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    },
  });
  onTestFinished(() => front[Symbol.asyncDispose]());
  const post = async ({ headers, body }: Signed) => {
    const heard = await front.ask({ method: "POST", path: "/api/webhooks/resend", headers, body });
    return [heard.status, heard.headers["content-type"]?.includes("json") ? JSON.parse(heard.body).status : ""];
  };
  const state = async () => (await letterNow(world, id)).state;
  return {
    world,
    id,
    post,
    state,
    bounced: eventOf("bounced", id, new Date(), { bounce: { type: "Permanent", subType: "NoEmail", message: "" } }),
  };
}

test("what Resend signed is taken in, though no browser sends it; posted again it is acknowledged without effect", async () => {
  const { world, post, state, bounced } = await atWork();
  const signed = signedEvent(bounced);

  expect(await post(signed)).toEqual([200, "recorded"]);
  expect(await state()).toBe("bounced");
  expect(await post(signed)).toEqual([200, "repeated"]);

  expect(await world.events("letter.bounced")).toMatchObject([{ actorKind: "system" }]);
});

test("what tells of no letter of ours is acknowledged, so that it is not posted again for hours", async () => {
  const { world, post, state } = await atWork();
  const unknown = eventOf("bounced", unknownLetter(world), new Date());

  expect(await post(signedEvent(unknown))).toEqual([200, "unknown"]);
  expect(await post(signedEvent({ type: "domain.updated", created_at: "", data: {} }))).toEqual([200, "of_no_letter"]);
  expect(await state()).toBe("handed_over");
});

describe("refused with 400, and without effect, is what", () => {
  const ago = (minute: number) => new Date(Date.now() - minutes(minute));
  const change = (signed: Signed, headers: Record<string, string>): Signed => ({
    ...signed,
    headers: { ...signed.headers, ...headers },
  });
  test.each<[string, (event: object) => Signed]>([
    ["is not signed", (event) => change(signedEvent(event), { "svix-signature": "" })],
    ["has no id", (event) => change(signedEvent(event), { "svix-id": "" })],
    ["has no time", (event) => change(signedEvent(event), { "svix-timestamp": "" })],
    ["is signed with another secret", (event) => signedEvent(event, { secret: `whsec_${"A".repeat(32)}` })],
    [
      "was altered",
      (event) => ({ ...signedEvent(event), body: JSON.stringify({ ...event, type: "email.complained" }) }),
    ],
    ["has another's id", (event) => change(signedEvent(event), { "svix-id": "msg_other" })],
    [
      "has another's time",
      (event) => change(signedEvent(event), { "svix-timestamp": String(Math.floor(Date.now() / 1_000) - 7) }),
    ],
    ["is older than five minutes", (event) => signedEvent(event, { at: ago(5.1) })],
    ["lies ahead", (event) => signedEvent(event, { at: ago(-5.1) })],
    ["has a time that is none", (event) => change(signedEvent(event), { "svix-timestamp": "soon" })],
    ["has an id without end", (event) => signedEvent(event, { id: "m".repeat(201) })],
    ["is no JSON", (event) => ({ ...signedEvent(event), body: "{" })],
  ])("%s", async (_, sign) => {
    const { world, post, state, bounced } = await atWork();

    expect((await post(sign(bounced)))[0]).toBe(400);

    expect(await state()).toBe("handed_over");
    expect(await world.events("letter.bounced")).toEqual([]);
  });

  test("but up to five minutes old is taken, and so is one signed with an old secret and the new one", async () => {
    const { post, bounced } = await atWork();
    const signed = signedEvent(bounced, { at: ago(4.9) });
    const both = `v1,${"A".repeat(44)} v2,x ${signed.headers["svix-signature"]}`;
    expect(await post(change(signed, { "svix-signature": both }))).toEqual([200, "recorded"]);
  });
});

test("without a configured secret there is nothing here", async () => {
  const { post, state, bounced } = await atWork({ RESEND_API_KEY: "re_test" });
  expect(await post(signedEvent(bounced))).toEqual([404, "not configured"]);
  expect(await state()).toBe("handed_over");
});

test("a body beyond the limit, or of another kind, is refused before it is looked at", async () => {
  const { post, bounced } = await atWork();
  expect((await post(signedEvent({ ...bounced, more: "x".repeat(70_000) })))[0]).toBe(413);
  const signed = signedEvent(bounced);
  expect((await post({ ...signed, headers: { ...signed.headers, "content-type": "text/plain" } }))[0]).toBe(415);
});
