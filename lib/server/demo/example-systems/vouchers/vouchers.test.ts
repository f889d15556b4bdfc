import { beforeEach, expect, onTestFinished, test } from "vitest";
import { transactionApproval } from "#db/schema/approval.ts";
import { approveTransaction } from "#lib/relying-party/approval/decide/approve-transaction.ts";
import { refuseTransaction } from "#lib/relying-party/approval/decide/refuse-transaction.ts";
import { showApproval } from "#lib/relying-party/approval/show-approval.ts";
import { lookAtRegistrations } from "#lib/relying-party/provider/clients/registrations.ts";
import { ensureSigningKeys } from "#lib/relying-party/signing-keys/ensure-signing-keys.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { type OidcAtWork, oidcAtWork } from "#lib/testing/oidc-at-work.ts";
import { addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { addTotp, totpCode } from "#lib/testing/totp.ts";
import { registerExamples } from "../register-examples.ts";
import { type ExampleClients, serveExamples } from "../serve-examples.ts";
import { openBook } from "./vouchers.ts";

let world: World;
let at: OidcAtWork;
let approver: SignedIn;
let code: () => string;
let visit: (where: string | URL, form?: Record<string, string>) => Promise<{ body: string; location: URL | null }>;

/** The example system beside a provider at work, and an approver who is signed in to both. */
beforeEach(async () => {
  world = await newWorld();
  at = await oidcAtWork(world);
  onTestFinished(() => at[Symbol.asyncDispose]());
  await ensureSigningKeys(at.ctx);
  let clients: ExampleClients = {};
  const portal = { origin: at.origin, port: Number(new URL(at.origin).port) };
  const examples = await serveExamples(portal, () => clients, 0);
  onTestFinished(examples.close);
  clients = await registerExamples(at.ctx, examples.origin);
  await lookAtRegistrations(at.ctx);
  const account = await world.account({ staffConfirmed: true });
  const role = await world.db.query.relyingPartyRole.findFirst({ where: (row, { eq }) => eq(row.key, "pelulus") });
  await addRelyingPartyRole(at.ctx, account, { id: role?.id ?? "" });
  const { secret } = await addTotp(at.ctx, account.id, false);
  approver = { ...(await world.as(account, ["password", "totp"])), origin: at.origin };
  code = () => totpCode(secret, world.now());
  let cookie = "";
  visit = async (where, form) => {
    const answer = await fetch(new URL(where, examples.origin), {
      redirect: "manual",
      headers: { cookie },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    const location = answer.headers.get("location");
    return { body: await answer.text(), location: location === null ? null : new URL(location, examples.origin) };
  };
  const begun = await visit("/perakaunan/sign-in");
  await visit((await at.ask(begun.location ?? "", { as: approver })).location ?? "");
});

/** The browser is at the portal's page on which the voucher is decided; `back` is what the system shows after. */
async function atPortal(number: string) {
  const asked = await visit("/perakaunan/approve", { number });
  expect([...(asked.location?.searchParams.keys() ?? [])].toSorted(), "nothing of it is in the address").toEqual([
    "client_id",
    "request_uri",
  ]);
  const landed = await at.ask(asked.location ?? "", { as: approver });
  const uid = landed.location?.pathname.split("/").at(-1) ?? "";
  const [row] = (await world.db.select().from(transactionApproval)).filter(({ state }) => state === "open");
  const shown = await showApproval(approver, row?.id ?? "");
  if (!shown.ok) throw new Error(shown.error);
  const { id: approvalId, digest, detail } = shown.value;
  const back = async () => {
    const led = await at.ask(`/oidc/auth/${uid}`, { as: approver, cookies: landed.cookies });
    return (await visit((await visit(led.location ?? "")).location ?? "")).body;
  };
  return { given: { approvalId, digest, tellsName: true }, detail, back };
}

test("a voucher that is approved comes back with a statement that an independent library takes, and none that is altered", async () => {
  const { given, detail, back } = await atPortal("1");
  expect(detail).toMatchObject({ amount: "12500.00", currency: "MYR", role: "pelulus" });
  expect(await approveTransaction(approver, { ...given, given: { code: code() } })).toMatchObject({ ok: true });
  const body = await back();
  expect(body).toContain("Disahkan oleh pustaka jose");
  expect(body.match(/<td>Ditolak<\/td>/g), "each of the six that were altered").toHaveLength(6);
  expect(body).not.toContain("<td>Diterima</td>");
  for (const why of [
    "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
    "ERR_JWT_CLAIM_VALIDATION_FAILED",
    "<code>content</code>",
  ])
    expect(body).toContain(why);
  expect((await visit("/perakaunan/vouchers")).body).toContain("<td>Diluluskan</td>");
});

test("of one that is refused the statement is fetched with its reason, and another request may be made", async () => {
  const { given, back } = await atPortal("2");
  const refused = await refuseTransaction(approver, { ...given, reason: "Invois belum dilampirkan" });
  expect(refused).toMatchObject({ ok: true });
  const body = await back();
  expect(body).toContain("Invois belum dilampirkan");
  expect(body).toContain("Luluskan di portal");
  expect((await atPortal("2")).detail.identifier).toMatch(/-2$/);
});

test("one that nobody decided stays open, and is pushed again as it was", async () => {
  const first = await atPortal("3");
  const asked = await visit("/perakaunan/fetch", { number: "3" });
  expect((await visit(asked.location ?? "")).body).toContain("Belum ada keputusan");
  const { detail } = await atPortal("3");
  expect(detail).toEqual(first.detail);
});

test("what does not verify books nothing", () => {
  const book = openBook("ujian");
  book.ask("1", { title: "Bekalan" });
  book.settle("1", "a.b.c", { ok: false, why: "content" });
  expect(book.find("1")).toMatchObject({ state: "waiting", statement: "a.b.c" });
  book.settle("1", "a.b.c", { ok: true, said: { decision: "approved" } });
  expect(book.ask("1", { title: "Bekalan", anew: true }), "approved once").toBeUndefined();
  book.startAgain();
  expect(book.ask("1", { title: "Bekalan" }), "never by a name the portal knows").toMatchObject({
    identifier: "BV-2026-000123-ujian-2",
  });
});
