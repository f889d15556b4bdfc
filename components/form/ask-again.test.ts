import { expect, test } from "vitest";
import { askingAgain } from "./ask-again.ts";

const putOff = (headers: Record<string, string> = {}) =>
  new Response("busy", { status: 503, headers: { "retry-after": "4", "content-type": "text/html", ...headers } });

/** A portal that gives these answers, one after another. */
function portal(...answers: Response[]) {
  const asked: (RequestInit | undefined)[] = [];
  const waited: number[] = [];
  const ask = askingAgain(
    async (_, init) => {
      asked.push(init);
      return answers[Math.min(asked.length, answers.length) - 1] as Response;
    },
    async (ms) => void waited.push(ms),
  );
  return { ask, asked, waited };
}

test("what was put off is sent again as it was, when the portal says, until it is served", async () => {
  const { ask, asked, waited } = portal(putOff(), putOff({ "retry-after": "7" }), new Response("a page"));
  const form = { method: "POST", body: "typed" };
  expect(await (await ask("/register", form)).text()).toBe("a page");
  expect(asked).toEqual([form, form, form]);
  expect(waited).toEqual([4_000, 7_000]);
});

test("after three times more the page is told", async () => {
  const { ask, asked } = portal(putOff());
  expect((await ask("/register", { method: "POST" })).status).toBe(503);
  expect(asked).toHaveLength(4);
});

test.each([
  ["a fault", new Response("", { status: 500 })],
  ["a proxy that has lost the portal", new Response("", { status: 503 })],
  ["an action that ran and is busy", putOff({ "content-type": "text/x-component" })],
  ["too many requests of one address", new Response("", { status: 429, headers: { "retry-after": "60" } })],
])("%s is not asked again", async (_, answer) => {
  const { ask, asked } = portal(answer);
  await ask("/register", { method: "POST" });
  expect(asked).toHaveLength(1);
});

test("what a page asks by itself is not asked again: it asks soon anyway", async () => {
  const { ask, asked } = portal(putOff());
  await ask("/admin/board", { headers: { "x-by-itself": "1" } });
  expect(asked).toHaveLength(1);
});

test("nobody is asked for a page that was left meanwhile", async () => {
  const { ask, asked } = portal(putOff());
  const left = new AbortController();
  left.abort();
  await ask("/home", { signal: left.signal });
  expect(asked).toHaveLength(1);
});
