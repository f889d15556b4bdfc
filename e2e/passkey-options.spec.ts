import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { expect, test } from "./harness/fixtures.ts";
import { openSessionOf } from "./harness/signed-in.ts";

const PATH = "/api/passkey/options";

test("what a passkey is asked for is given to whoever may have it, and kept by nobody", async ({
  origin,
  address,
  context,
  database,
  settled,
}) => {
  const cookies = async () => (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const ask = async (purpose: string) =>
    fetch(origin + PATH, {
      method: "POST",
      headers: { origin, "x-forwarded-for": address, "content-type": "application/json", cookie: await cookies() },
      body: JSON.stringify({ purpose }),
    });

  const autofill = await ask("autofill");
  expect(autofill.status).toBe(200);
  expect(autofill.headers.get("cache-control")).toBe("no-store");
  expect(autofill.headers.getSetCookie().join()).toContain(`${cookieNameOn(origin, "device")}=`);
  expect(await autofill.json()).toMatchObject({ allowCredentials: [], userVerification: "required" });

  expect([(await ask("sign-in")).status, (await ask("enrol")).status]).toEqual([409, 401]);

  const person = await settled("activated");
  const { sessionId } = await openSessionOf(person.id, ["password"], { context, database, origin });
  const enrol = await ask("enrol");
  expect(enrol.status).toBe(200);
  expect(await enrol.json()).toMatchObject({
    rp: { id: new URL(origin).hostname },
    user: { name: person.officialEmail },
  });

  const stale = JSON.stringify([{ factor: "password", at: new Date(Date.now() - 11 * 60_000).toISOString() }]);
  await database.query("update session set proofs = $2 where id = $1", [sessionId, stale]);
  const late = await ask("enrol");
  expect([late.status, await late.json()]).toEqual([403, { error: "step_up" }]);
});

test("a request for options that is none is refused plainly", async ({ origin, address }) => {
  const ask = async (body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(origin + PATH, {
      method: "POST",
      headers: { origin, "x-forwarded-for": address, "content-type": "application/json", ...headers },
      body,
    });
    expect(await answer.text()).not.toMatch(/\bat .+\.(js|ts):\d+/);
    return answer.status;
  };
  const none = ["", "{", "null", "[]", "{}", '"autofill"', '{"purpose":"everything"}', '{"purpose":["autofill"]}'];
  for (const body of [...none, '{"purpose":"autofill","for":"somebody"}', `${"[".repeat(9_000)}`])
    expect(`${body.slice(0, 40)} ${await ask(body)}`).toMatch(/ 400$/);
  expect(await ask(JSON.stringify({ purpose: "autofill", more: "x".repeat(10_000_000) }))).toBe(413);
  expect(await ask('{"purpose":"autofill"}', { origin: "https://example.com" })).toBe(403);
  expect((await fetch(origin + PATH, { headers: { "x-forwarded-for": address } })).status).toBe(405);
});
