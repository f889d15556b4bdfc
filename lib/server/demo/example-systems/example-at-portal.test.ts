import { expect, onTestFinished, test } from "vitest";
import { lookAtRegistrations } from "#lib/relying-party/provider/clients/registrations.ts";
import { basicOp } from "#lib/testing/basic-op.ts";
import { addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { registerExamples } from "./register-examples.ts";
import { type ExampleClients, serveExamples } from "./serve-examples.ts";

/** The example systems beside a provider at work, and a browser at them that somebody signed in with. */
async function examplesAtWork() {
  const at = await basicOp();
  onTestFinished(() => at.op[Symbol.asyncDispose]());
  let clients: ExampleClients = {};
  const portal = { origin: at.op.origin, port: Number(new URL(at.op.origin).port) };
  const examples = await serveExamples(portal, () => clients, 0);
  onTestFinished(examples.close);
  clients = await registerExamples(at.op.ctx, examples.origin);
  await lookAtRegistrations(at.op.ctx);
  const jar = new Map<string, string>();
  const visit = async (where: string | URL, form?: Record<string, string>) => {
    const answer = await fetch(new URL(where, examples.origin), {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    return {
      status: answer.status,
      body: await answer.text(),
      location: location === null ? null : new URL(location, examples.origin),
    };
  };
  const signIn = async (slug: string) => {
    const begun = await visit(`/${slug}/sign-in`);
    expect([begun.status, begun.body]).toEqual([303, ""]);
    const landed = await at.op.ask(begun.location ?? "", { as: at.as });
    expect([landed.status, landed.body]).toEqual([303, expect.any(String)]);
    const back = await visit(landed.location ?? "");
    return visit(back.location ?? "");
  };
  return { ...at, clients, visit, signIn, examples };
}

test("an example shows who signed in, asks the portal again, and is left for the portal's own question", async () => {
  const { signIn, visit, op, ada, world } = await examplesAtWork();
  const { body } = await signIn("cuti");
  expect(body).toContain("Anda log masuk sebagai Ada binti Contoh");
  expect(body).toContain(ada.officialEmail);
  expect(body).not.toContain(ada.identity.number);

  const role = await world.db.query.relyingPartyRole.findFirst({ where: (row, { eq }) => eq(row.key, "pelulus") });
  await addRelyingPartyRole(op.ctx, ada, { id: role?.id ?? "" });
  const asked = await visit("/cuti/refresh", {});
  expect((await visit(asked.location ?? "")).body).toContain("Portal ditanya semula");

  const again = await visit("/cuti/again", {});
  expect(again.location?.searchParams.get("prompt")).toBe("login");
  const leaving = await visit("/cuti/sign-out", {});
  expect(leaving.location?.href).toMatch(`${op.issuer}/session/end`);
  expect((await op.ask(leaving.location ?? "")).location?.pathname).toBe("/sign-out");
  expect((await visit("/cuti")).body, "signed out here already").toContain("Anda belum log masuk");
});

test("what comes back to another browser, twice, or with a refusal signs nobody in", async () => {
  const { visit, op, as, examples } = await examplesAtWork();
  const begun = await visit("/cuti/sign-in");
  const landed = await op.ask(begun.location ?? "", { as });
  const stranger = await fetch(landed.location ?? "", { redirect: "manual" });
  const page = await fetch(`${examples.origin}/cuti`, {
    headers: { cookie: stranger.headers.getSetCookie()[0]?.split(";")[0] ?? "" },
  });
  expect(await page.text()).toContain("Log masuk itu sudah lama");
  const back = await visit(landed.location ?? "");
  expect((await visit(back.location ?? "")).body).toContain("Anda log masuk sebagai");
  await visit("/cuti/sign-in");
  const foreign = await visit("/cuti/callback?code=a-code&state=of-somebody-else");
  expect((await visit(foreign.location ?? "/nowhere")).body).toContain("Log masuk itu sudah lama");
  const { state } = Object.fromEntries((await visit("/cuti/sign-in")).location?.searchParams ?? []);
  const refused = await visit(`/cuti/callback?error=access_denied&state=${state}&iss=${op.issuer}`);
  expect((await visit(refused.location ?? "")).body).toContain("Anda tidak masuk ke Cuti dan Kehadiran");
});

test("logout tokens of anybody but the portal change nothing", async () => {
  const { visit, signIn } = await examplesAtWork();
  await signIn("cuti");
  expect((await visit("/cuti/backchannel-logout", { logout_token: "somebody.else.s" })).status).toBe(400);
  expect((await visit("/cuti")).body).toContain("Anda log masuk sebagai");
  expect((await visit("/cuti/sign-in?iss=https://lain.example")).status).toBe(400);
});
