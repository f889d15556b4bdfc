import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { form, frontAtWork, hidden } from "#lib/testing/front-at-work.ts";
import type { Urgency } from "../overload/admit-requests.ts";

describe("when there is too much", () => {
  const cookies = { session: "kunci-session", method: "kunci-method" };
  /** A front where nobody is let in but what has this urgency. */
  const full = (but?: Urgency, more: Parameters<typeof frontAtWork>[0] = {}) =>
    frontAtWork({
      urgencyCookies: cookies,
      admission: { enter: async (urgency) => (urgency === but ? () => undefined : null) },
      ...more,
    });

  test("a page is put off before it is made, in both languages, with when to come back and the way to it", async () => {
    await using front = await full();
    const answer = await front.ask({ path: "/activate/abc?x=%20%C3%A9" });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers["retry-after"])).toSatisfy((after: number) => after >= 3 && after <= 9);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.body).toContain("Portal sedang sangat sibuk");
    expect(answer.body).toContain("The portal is very busy");
    expect(answer.body).toContain('<a href="/activate/abc?x=%20%C3%A9">Buka semula halaman</a>');
    expect(front.reached).toEqual([]);
  });

  test("a form is given back in a button that sends it once more, whole", async () => {
    await using front = await full();
    const typed = [
      ...hidden({ values: { reason: '"<b>&' } }),
      ["fullName", 'Ali "Baba" <b>'],
      ["office", "1"],
    ] as const;
    const answer = await front.post(form(typed), {}, "/register?type=passport");
    expect(answer.status).toBe(503);
    expect(answer.body).toContain(
      '<form method="post" enctype="multipart/form-data" action="/register?type=passport">',
    );
    const given = [...answer.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const plain = (text = "") => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    expect(given.slice(0, typed.length).map(([, name, value]) => [plain(name), plain(value)])).toEqual(typed);
    expect(front.reached).toEqual([]);
  });

  test.each(["password", "answer", "code", "credential", "somethingNew"])(
    "a form with %s is not given back: the way on is its page",
    async (name) => {
      await using front = await full();
      const body = form([...hidden(), ["identityNumber", "900101-14-0000"], [name, "Rahsia-Besar-7"]]);
      const answer = await front.post(body, {}, "/settings/password");
      expect(answer.status).toBe(503);
      expect(answer.body).not.toContain("Rahsia");
      expect(answer.body).not.toContain("900101");
      expect(answer.body).toContain('<a href="/settings/password">');
    },
  );

  test("what is refused anyway takes no place", async () => {
    await using front = await full();
    expect((await front.ask({ path: "/%" })).status).toBe(400);
    expect((await front.post(form(hidden()), { origin: "https://elsewhere.example" })).status).toBe(403);
  });

  test("a system is told as OAuth tells it", async () => {
    await using front = await full();
    const answer = await front.ask({
      method: "POST",
      path: "/oidc/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials",
    });
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toMatchObject({ error: "temporarily_unavailable" });
  });

  test("pages that lie ready, files and probes are served on, and so is a passkey where it finds a place", async () => {
    await using front = await full("passkey", { isKept: (req) => req.url === "/sign-in" });
    for (const path of ["/sign-in", "/_next/static/chunks/a.js", "/api/health"])
      expect((await front.ask({ path })).status).toBe(200);
    const asked = { origin: front.origin, "content-type": "application/json" };
    expect((await front.post("{}", asked, "/api/passkey/options")).status).toBe(200);
    expect((await front.post(form([...hidden(), ["credential", "{}"]]), {}, "/sign-in")).status).toBe(200);
    expect((await front.post(form([...hidden(), ["password", "x"]]), {}, "/sign-in/password")).status).toBe(503);
  });

  /** Lets everybody in, `wait` after they have come; counts the places that are held. */
  function places(wait: Promise<void> = Promise.resolve()) {
    const counted = { held: 0, come: 0 };
    const enter = async () => {
      counted.come += 1;
      await wait;
      counted.held += 1;
      let given = false;
      return () => {
        if (!given) counted.held -= 1;
        given = true;
      };
    };
    return { counted, asked: { urgencyCookies: cookies, admission: { enter } } };
  }
  /** Asks and does not listen. */
  const deaf = (front: { port: number; origin: string }) => {
    const socket = connect(front.port, "127.0.0.1", () =>
      socket.write(`GET / HTTP/1.1\r\nHost: ${new URL(front.origin).host}\r\n\r\n`),
    );
    return socket.pause();
  };

  test("a place is held until the answer is made, however slowly it is read", async () => {
    const { counted, asked } = places();
    const made = Promise.withResolvers<void>();
    // More than the sockets between the two of them take in.
    const handler = async (_: unknown, res: ServerResponse) => {
      await made.promise;
      res.end(Buffer.alloc(2 ** 25));
    };
    await using front = await frontAtWork({ ...asked, handler });
    const socket = deaf(front);
    await expect.poll(() => counted.held).toBe(1);
    made.resolve();
    await expect.poll(() => counted.held).toBe(0);
    socket.destroy();
  });

  test("a place is given back where the client goes away before its answer is made", async () => {
    const { counted, asked } = places();
    await using front = await frontAtWork({ ...asked, handler: () => undefined });
    const socket = deaf(front);
    await expect.poll(() => counted.held).toBe(1);
    socket.destroy();
    await expect.poll(() => counted.held).toBe(0);
  });

  test("a place that comes when its client has gone already is given back at once", async () => {
    const free = Promise.withResolvers<void>();
    const { counted, asked } = places(free.promise);
    const ended = Promise.withResolvers<void>();
    await using front = await frontAtWork({ ...asked, handler: () => undefined, log: () => ended.resolve() });
    const socket = deaf(front);
    await expect.poll(() => counted.come).toBe(1);
    socket.destroy();
    await ended.promise;
    free.resolve();
    await free.promise;
    await expect.poll(() => counted.held).toBe(0);
  });
});

test("who reads no answer holds no place: not by the page it is at, nor by those it has asked for behind it", async () => {
  let atWork = 0;
  const enter = async () => {
    atWork += 1;
    return () => {
      atWork -= 1;
    };
  };
  const isAsked = Promise.withResolvers<void>();
  let asked = 0;
  await using front = await frontAtWork({
    urgencyCookies: { session: "kunci-session", method: "kunci-method" },
    admission: { enter: () => enter().then((leave) => once(leave)) },
    handler: (_, res) => {
      asked += 1;
      // More than the system takes in for somebody who does not read.
      res.end(Buffer.alloc(16 * 1024 * 1024));
      if (asked === 5) isAsked.resolve();
    },
  });
  const socket = connect(front.port, "127.0.0.1").pause();
  const request = `GET /register?x HTTP/1.1\r\nHost: ${new URL(front.origin).host}\r\n\r\n`;
  socket.write(request.repeat(5));
  await isAsked.promise;
  expect(atWork).toBe(0);
  socket.destroy();
});

function once(leave: () => void): () => void {
  let left = false;
  return () => {
    if (!left) leave();
    left = true;
  };
}
